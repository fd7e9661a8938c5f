/** Frames around walls, and the chosen tile that lifts off its wall with its channel's number. */
import * as THREE from "three";
import type { Span } from "../generated/protocol";
import { box, type Solid, Solids, unitBox } from "./boxes";
import type { Layers } from "./layers";
import {
  type Caption, captionScale, liftBefore, type Lifted, liftedPlace, type Raised, slabOf, windowOn,
} from "./lifting";
import { markAround } from "./marking";
import { numberText } from "./numbers";
import { PITCH } from "./page";
import { COLOUR } from "./palette";
import { onWall, tileRect } from "./picking";
import { type Frame, pointOf } from "./placement";
import type { Uniforms } from "./shaders";
import { Lettering } from "./text";
import type { Uploader } from "./textures";
import type { Sight } from "./types";
import type { Wall, Walls } from "./walls";

const FRAME_M = 0.022;
const LIFT_S = 0.22;
const LABEL_CAP_M = 0.05;
/** From the tile's lower edge to the label's base line, and to the end of what it stands on. */
const LABEL_DROP_M = 0.1;
const CAPTION_M = 0.2;
const FRAME_FOG = 0.006;

interface Chosen {
  walls: Wall[];
  wall: Wall;
  tile: number | null;
  /** Where on the wall it is. */
  cell: number | null;
  since: number;
}

export class SelectionView {
  readonly group = new THREE.Group();
  #solids: Solids;
  #label: Lettering;
  #walls: Walls;
  #layers: Layers;
  #hovered: Wall | null = null;
  #chosen: Chosen | null = null;
  #sight: Sight | null = null;
  #failed = false;
  /** The lifted tile as it is drawn, null for none. */
  raised: Raised | null = null;
  /** Tiles that the visitor selected, by layer. */
  marked: Readonly<Record<string, readonly number[]>> = {};
  /** What a tile of a layer is called: "Channel 3". */
  tileTitle: (layer: string, tile: number) => string = (_layer, tile) => `Tile ${tile}`;

  constructor(uploader: Uploader, shared: Uniforms, walls: Walls, layers: Layers) {
    this.#walls = walls;
    this.#layers = layers;
    this.#solids = new Solids(unitBox(), shared);
    this.#label = new Lettering(uploader, shared, { width: 1024, height: 128, order: 31 });
    this.group.add(this.#solids.mesh, this.#label.mesh);
  }

  get lifted(): boolean {
    return this.#chosen !== null && this.#chosen.tile !== null;
  }

  hover(wall: Wall | null): boolean {
    if (wall === this.#hovered) return false;
    this.#hovered = wall;
    return true;
  }

  /**
   * Frames the whole station, and lifts a tile of one of its walls so that it is seen whole from
   * `sight`; null: wherever it comes to stand.
   */
  choose(wall: Wall | null, tile: number | null, sight: Sight | null, now: number): void {
    this.#sight = sight;
    const cell = wall && tile !== null ? this.#layers.cellOf(wall.layer, tile) : null;
    const before = this.#chosen;
    const same = before?.wall === wall && before?.tile === tile;
    if (same && before.cell === cell) return;
    const since = same ? before.since : now;
    this.#chosen = wall && { walls: [wall], wall, tile, cell, since };
    this.raised = null;
    this.#walls.chooseNone();
    if (!wall || cell === null) return;
    const panel = wall.panels.findIndex((one) => cell >= one.first && cell < one.first + one.count);
    if (panel < 0) {
      Object.assign(this.#chosen!, { tile: null, cell: null });
      return;
    }
    this.#walls.choose(wall, panel, cell - wall.panels[panel]!.first);
  }

  /** The graphics context came back empty: the label is drawn again. */
  restore(): void {
    const { atlas } = this.#label;
    atlas.slices.forget();
    atlas.slices.reserve(1);
    atlas.clear();
    this.#written = "";
  }

  fail(failed: boolean): void {
    this.#failed = failed;
  }

  /** When the tile has arrived, in seconds; 0 without one. */
  get movingUntil(): number {
    return this.#chosen && this.#chosen.tile !== null ? this.#chosen.since + LIFT_S : 0;
  }

  /** Draws frames and tile as they are at this time. */
  update(now: number): void {
    const solids: Solid[] = [];
    const chosen = this.#chosen;
    if (this.#failed) {
      for (const wall of this.#walls.all) {
        if (wall.kind === "layer") solids.push(...frameAround(wall, COLOUR.error));
      }
    }
    if (this.#hovered && !chosen?.walls.includes(this.#hovered)) {
      solids.push(...frameAround(this.#hovered, COLOUR.second));
    }
    for (const wall of this.#walls.all) {
      for (const tile of this.marked[wall.layer] ?? []) {
        solids.push(...markAround(wall, this.#layers.cellOf(wall.layer, tile)));
      }
    }
    for (const wall of chosen?.walls ?? []) solids.push(...frameAround(wall, COLOUR.accent));
    if (chosen && chosen.tile !== null) solids.push(this.#lift(chosen, chosen.tile, chosen.cell!, now));
    else this.#label.mesh.visible = false;
    this.#solids.set(solids);
  }

  #lift({ wall, since }: Chosen, tile: number, cell: number, now: number): Solid {
    const t = Math.min(1, (now - since) / LIFT_S);
    const share = 1 - (1 - t) ** 3;
    const lift = liftBefore(wall, this.#sight);
    const window = windowOn(wall, lift, this.#sight);
    const spans = this.#caption(wall.layer, tile);
    const cap = LABEL_CAP_M * captionScale(window);
    const caption = this.#sizeOf(spans, cap);
    const there = placeOf(wall, cell, caption, window);
    const home = homeOf(wall, cell);
    const mix = (from: number, to: number) => from + (to - from) * share;
    const edge = [mix(home.edge[0], there.edge[0]), mix(home.edge[1], there.edge[1])] as const;
    const centre = onWall(wall, mix(home.x, there.x), mix(home.y, there.y), lift * share);
    const frame: Frame = { ...wall.frame, origin: centre };
    const shown = t >= 1 ? caption : { width: 0, height: 0 };
    this.raised = { wall, tile, frame, edge, caption: shown };
    this.#walls.lift(this.raised);
    this.#write(spans, cap, this.raised);
    const { width, height } = slabOf(edge, shown);
    return box(
      { ...frame, origin: pointOf(frame, 0, -shown.height / 2, -0.018) },
      [width, height, 0.02], "#0a0d16", FRAME_FOG,
    );
  }

  /** What stands below a lifted tile: its name, and its greatest value. */
  #caption(layer: string, tile: number): Span[] {
    const text = this.tileTitle(layer, tile);
    const spans: Span[] = [{ text, colour: COLOUR.text, weight: 600 }];
    const activation = this.#layers.activation(layer);
    if (!activation || tile >= activation.tiles) return spans;
    const { high } = activation.tileRange(tile);
    const what = activation.width * activation.height === 1 ? "" : "max ";
    spans.push({ text: `   ${what}${numberText(high)}`, colour: COLOUR.second, weight: 400 });
    return spans;
  }

  #sizeOf(spans: readonly Span[], cap: number): Caption {
    const scale = cap / LABEL_CAP_M;
    return { width: this.#label.width(spans, cap) + 0.1 * scale, height: CAPTION_M * scale };
  }

  #written = "";

  #write(spans: Span[], cap: number, { frame, edge, caption }: Raised): void {
    this.#label.mesh.visible = caption.height > 0;
    const key = JSON.stringify([spans, cap, frame, edge]);
    if (caption.height === 0 || key === this.#written) return;
    this.#written = key;
    this.#label.atlas.clear();
    const scale = cap / LABEL_CAP_M;
    const x = Math.max(edge[0] / 2, caption.width / 2 - 0.02 * scale) - 0.03 * scale;
    const y = -edge[1] / 2 - LABEL_DROP_M * scale;
    this.#label.set([{
      spans, frame: { ...frame, origin: pointOf(frame, -x, y) },
      cap_m: cap, align: "left", fog: 0, farthest: 0, seen: "always",
    }]);
  }
}

/** The tile on its wall. */
function homeOf(wall: Wall, cell: number): Lifted {
  const [left, bottom, right, top] = rectOf(wall, cell);
  const edge: Lifted["edge"] = [(right - left) * PITCH, (top - bottom) * PITCH];
  return { x: (left + right) / 2, y: (bottom + top) / 2, edge };
}

function placeOf(
  wall: Wall, cell: number, caption: Caption, window: ReturnType<typeof windowOn>,
): Lifted {
  const [left, bottom, right, top] = rectOf(wall, cell);
  return liftedPlace({ left, bottom, right, top }, wall, caption, window);
}

function rectOf(wall: Wall, cell: number): ReturnType<typeof tileRect> {
  const panel = wall.panels.find((one) => cell >= one.first && cell < one.first + one.count)!;
  return tileRect(panel, cell);
}

function frameAround(wall: Wall, colour: string): Solid[] {
  const { width, height } = wall;
  const [w, h, t] = [width + 0.03, height + 0.03, FRAME_M];
  const part = (x: number, y: number, sx: number, sy: number) =>
    box({ ...wall.frame, origin: pointOf(wall.frame, x, height / 2 + y, 0.01) },
      [sx, sy, 0.02], colour, FRAME_FOG);
  return [
    part(0, h / 2, w + t, t), part(0, -h / 2, w + t, t),
    part(-w / 2, 0, t, h + t), part(w / 2, 0, t, h + t),
  ];
}
