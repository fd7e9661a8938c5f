/** Frames around walls, and the chosen tile that lifts off its wall with its channel's number. */
import * as THREE from "three";
import type { Span } from "../generated/protocol";
import { box, type Solid, Solids, unitBox } from "./boxes";
import type { Layers } from "./layers";
import { numberText } from "./numbers";
import { COLOUR } from "./palette";
import { onWall, tileRect } from "./picking";
import { type Frame, pointOf } from "./placement";
import type { Uniforms } from "./shaders";
import { PITCH } from "./page";
import { Lettering } from "./text";
import type { Uploader } from "./textures";
import type { Wall, Walls } from "./walls";
import { capital } from "./words";

const FRAME_M = 0.022;
const LIFT_M = 0.34;
const LIFT_S = 0.22;
const LIFTED_SIZE = 3.2;
const MOST_LIFTED_M = 2;
const LABEL_CAP_M = 0.05;
const FRAME_FOG = 0.006;

interface Chosen {
  walls: Wall[];
  wall: Wall;
  tile: number | null;
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
  #failed = false;
  /** What a tile of a layer is called: "channel 3". */
  tileName: (layer: string, tile: number) => string = (_layer, tile) => `tile ${tile}`;

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

  /** Frames the whole station, and lifts a tile of one of its walls. */
  choose(wall: Wall | null, tile: number | null, now: number): void {
    const same = this.#chosen?.wall === wall && this.#chosen?.tile === tile;
    if (same) return;
    this.#chosen = wall && { walls: [wall], wall, tile, since: now };
    this.#walls.chooseNone();
    if (!wall || tile === null) return;
    const panel = wall.panels.findIndex((one) => tile >= one.first && tile < one.first + one.count);
    if (panel < 0) {
      this.#chosen!.tile = null;
      return;
    }
    this.#walls.choose(wall, panel, tile - wall.panels[panel]!.first);
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
    for (const wall of chosen?.walls ?? []) solids.push(...frameAround(wall, COLOUR.accent));
    if (chosen && chosen.tile !== null) solids.push(this.#lift(chosen, chosen.tile, now));
    else this.#label.mesh.visible = false;
    this.#solids.set(solids);
  }

  #lift({ wall, since }: Chosen, tile: number, now: number): Solid {
    const t = Math.min(1, (now - since) / LIFT_S);
    const share = 1 - (1 - t) ** 3;
    const panel = wall.panels.find((one) => tile >= one.first && tile < one.first + one.count)!;
    const [left, bottom, right, top] = tileRect(panel, tile);
    // A large tile, a matrix of tokens for instance, is read where it is: it only steps forward.
    const room = Math.min(MOST_LIFTED_M / (right - left), MOST_LIFTED_M / (top - bottom)) / PITCH;
    const factor = 1 + (Math.min(LIFTED_SIZE, Math.max(1, room)) - 1) * share;
    const edge: [number, number] = [
      (right - left) * PITCH * factor, (top - bottom) * PITCH * factor,
    ];
    const middle = this.#kept(wall, (left + right) / 2, (bottom + top) / 2, edge, share);
    const centre = onWall(wall, ...middle, LIFT_M * share);
    this.#walls.lift({ wall, panel, tile, centre, edge });
    const frame: Frame = { ...wall.frame, origin: centre };
    this.#write(wall, tile, frame, edge, t >= 1);
    const below = this.#label.mesh.visible ? 0.2 : 0;
    return box(
      { ...frame, origin: pointOf(frame, 0, -below / 2, -0.018) },
      [Math.max(edge[0] + 0.03, below && this.#labelWidth + 0.1), edge[1] + 0.03 + below, 0.02],
      "#0a0d16", FRAME_FOG,
    );
  }

  /** Keeps the lifted tile above the floor and below the wall's top. */
  #kept(wall: Wall, x: number, y: number, edge: [number, number], share: number): [number, number] {
    const lowest = edge[1] / 2 + 0.35;
    const highest = wall.height - edge[1] / 2 - 0.05;
    const wanted = Math.max(lowest, Math.min(highest, y));
    return [x, y + (wanted - y) * share];
  }

  #labelWidth = 0;
  #written = "";

  #write(wall: Wall, tile: number, frame: Frame, edge: [number, number], there: boolean): void {
    this.#label.mesh.visible = there;
    const activation = this.#layers.activation(wall.layer);
    const name = capital(this.tileName(wall.layer, tile));
    const spans: Span[] = [{ text: name, colour: COLOUR.text, weight: 600 }];
    if (activation && tile < activation.tiles) {
      const high = activation.tileRange(tile).high;
      const what = activation.width * activation.height === 1 ? "" : "max ";
      spans.push({ text: `   ${what}${numberText(high)}`, colour: COLOUR.second, weight: 400 });
    }
    const key = JSON.stringify([spans, frame, edge]);
    if (!there || key === this.#written) return;
    this.#written = key;
    this.#label.atlas.clear();
    this.#labelWidth = this.#label.width(spans, LABEL_CAP_M);
    const x = Math.max(edge[0] / 2 - 0.03, this.#labelWidth / 2);
    this.#label.set([{
      spans, frame: { ...frame, origin: pointOf(frame, -x, -edge[1] / 2 - 0.1) },
      cap_m: LABEL_CAP_M, align: "left", fog: 0, farthest: 0, seen: "always",
    }]);
  }
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
