/**
 * The walls as data: which stand where, what they show, and the rows of the data textures that
 * the shaders of faces, canvases and reflections read.
 */
import type { Panel, Picture3D, Room } from "../generated/protocol";
import { spread } from "./filtering";
import type { Layers } from "./layers";
import { LIFTED_GAP, type Raised } from "./lifting";
import { freePart } from "./page";
import { dot, type Frame, minus, type Placement, pointOf, scaled, upright, type Vec3 } from "./placement";
import { Table, type Uploader } from "./textures";

/** A grid of tiles, of whose cells this part stays free in each direction. */
export type ShownPanel = Panel & { free: number };

/** A rectangle on a wall, in metres from the middle of its foot. */
interface Rect {
  left: number;
  bottom: number;
  width: number;
  height: number;
}

export interface Wall {
  /** '' for the walls of photograph and shelf. */
  station: string;
  /** Index into the station's walls. */
  index: number;
  kind: "layer" | "photograph" | "shelf";
  layer: string;
  panels: readonly ShownPanel[];
  width: number;
  height: number;
  /** The frame before any transform of its station. */
  home: Frame;
  frame: Frame;
  /** All that shows tiles or a picture. */
  field: Rect;
  firstPanel: number;
}

export const PHOTOGRAPH_EDGE = 1.72;
const COLUMNS = 8;
/** Rows of walls and panels that stand side by side; shaders/web~/tables.glsl reads them. */
const ACROSS = 64;
/**
 * So far do tiles stand before their wall. Places are rounded to 32 bits, hundreds of metres from
 * the start to 0.03 mm: tiles in the wall's own plane would lie behind it here and there.
 */
const BEFORE_FACE_M = 0.0002;
const NO_FIELD: Rect = { left: 0, bottom: 1.5, width: 0, height: 0 };

/** The rectangle that a panel covers on its wall. */
export function panelRect(panel: Panel): Rect {
  const width = panel.columns * panel.pitch_m[0];
  const height = panel.rows * panel.pitch_m[1];
  const [x, y] = panel.centre_m;
  return { left: x - width / 2, bottom: y - height / 2, width, height };
}

export class Walls {
  readonly table: Table<Float32Array>;
  readonly panels: Table<Float32Array>;
  all: Wall[] = [];
  /** One more than the walls' own: the last stands for the lifted tile. */
  panelCount = 0;
  /** Walls turn their fronts to whoever looks from there; null: they stand as they stand. */
  facing: Vec3 | null = null;
  #layers: Layers;
  #placement: Placement;
  #rows = new Map<Wall, number>();
  /** Panels as the room has them, and how many tiles of a layer its walls show. */
  #whole = new Map<Wall, readonly ShownPanel[]>();
  #kept = new Map<string, number>();
  #means = new Map<Wall, { since: number; mean: number[]; before: number[] }>();

  constructor(uploader: Uploader, layers: Layers, placement: Placement) {
    this.#layers = layers;
    this.#placement = placement;
    this.table = new Table(uploader, COLUMNS, ACROSS, "row", new Float32Array());
    this.panels = new Table(uploader, COLUMNS, ACROSS, "row", new Float32Array());
    this.table.reserve(16);
    this.panels.reserve(16);
  }

  build(room: Room, shown: (station: string) => string | undefined): void {
    this.all = [];
    this.#whole.clear();
    this.#means.clear();
    let panels = 0;
    const free = freePart(room.tile_gap);
    for (const station of room.stations) {
      station.walls.forEach((wall, index) => {
        const home = upright(wall.position_m, wall.yaw_rad);
        this.all.push({
          station: station.key, index, kind: "layer", layer: shown(station.key) ?? wall.layer,
          panels: wall.panels.map((panel) => ({ ...panel, free })), width: wall.width_m, height: wall.height_m, home, frame: home,
          field: hull(wall.panels.map(panelRect)), firstPanel: panels,
        });
        panels += wall.panels.length;
      });
    }
    this.#addPicture("photograph", room.photograph, panels);
    this.#addPicture("shelf", room.shelf, panels);
    this.panelCount = panels;
    for (const wall of this.all) this.#whole.set(wall, wall.panels);
    if (this.#kept.size > 0) for (const { key } of room.stations) this.#filter(key);
    this.#rows = new Map(this.all.map((wall, row) => [wall, row]));
    this.table.reserve(this.all.length);
    this.panels.reserve(panels + 1);
    this.place();
  }

  #addPicture(kind: "photograph" | "shelf", at: Picture3D, firstPanel: number): void {
    const home = upright(at.position_m, at.yaw_rad);
    this.all.push({
      station: "", index: 0, kind, layer: "", panels: [], width: at.width_m,
      height: at.height_m, home, frame: home, field: NO_FIELD, firstPanel,
    });
  }

  /** Writes every row anew, after the room or a transform changed; `on` the way there, if given. */
  place(on: (wall: Wall, there: Frame) => Frame = (_, there) => there): void {
    this.all.forEach((wall, row) => this.#placeWall(wall, row, on));
    this.table.touch(0, Math.max(0, this.all.length - 1));
    this.panels.touch(0, Math.max(0, this.panelCount));
  }

  /** The same for the walls of these stations only. */
  placeOf(stations: readonly string[]): void {
    this.all.forEach((wall, row) => {
      if (!stations.includes(wall.station)) return;
      this.#placeWall(wall, row, (_, there) => there);
      this.table.touch(row);
      if (wall.panels.length === 0) return;
      this.panels.touch(wall.firstPanel, wall.firstPanel + wall.panels.length - 1);
    });
  }

  #placeWall(wall: Wall, row: number, on: (wall: Wall, there: Frame) => Frame): void {
    wall.frame = on(wall, this.#turned(this.#placement.moved(wall.home, wall.station)));
    this.#writeWall(wall, row);
    wall.panels.forEach((panel, i) => this.#writePanel(wall, panel, wall.firstPanel + i));
  }

  /** What stands behind a wall stays there when the wall has turned around. */
  behind(station: string, frame: Frame): Frame {
    if (!this.facing) return frame;
    const far = ({ frame: { origin } }: Wall): number => Math.hypot(...minus(origin, frame.origin));
    const [wall] = this.all.filter((one) => one.station === station).sort((a, b) => far(a) - far(b));
    if (!wall || !this.#turns(this.#placement.moved(wall.home, station))) return frame;
    const [x, y, z] = frame.origin;
    const [footX, , footZ] = wall.frame.origin;
    return { ...frame, origin: [2 * footX - x, y, 2 * footZ - z] };
  }

  #turned(frame: Frame): Frame {
    return this.#turns(frame) ? { ...frame, x: scaled(frame.x, -1), z: scaled(frame.z, -1) } : frame;
  }

  #turns({ origin, z }: Frame): boolean {
    return this.facing !== null && dot(minus(this.facing, origin), z) < 0;
  }

  /** Shows another of a station's layers on its walls. */
  show(station: string, layer: string): void {
    for (const wall of this.all) {
      if (wall.station !== station) continue;
      wall.layer = layer;
    }
    this.#filter(station);
    this.place();
    for (const wall of this.all) if (wall.station === station) this.light(wall, -1e3);
  }

  /** Only the first `count` cells of a layer are shown, on all of its walls and larger; null: all. */
  keep(layer: string, count: number | null): void {
    if ((this.#kept.get(layer) ?? null) === count) return;
    if (count === null) this.#kept.delete(layer);
    else this.#kept.set(layer, count);
    const showing = this.all.filter((wall) => wall.layer === layer);
    for (const station of new Set(showing.map((wall) => wall.station))) this.#filter(station);
    this.place();
    for (const wall of this.all) if (wall.layer === layer) this.light(wall, -1e3);
  }

  /** A wall's panels with all their tiles. */
  wholeOf(wall: Wall): readonly ShownPanel[] {
    return this.#whole.get(wall) ?? wall.panels;
  }

  #filter(station: string): void {
    const walls = this.all.filter((wall) => wall.station === station);
    const kept = this.#kept.get(walls[0]?.layer ?? "") ?? Infinity;
    const panels = spread(walls.flatMap((wall) => this.wholeOf(wall)), kept);
    for (const wall of walls) {
      wall.panels = panels.splice(0, this.wholeOf(wall).length);
      wall.field = hull(wall.panels.map(panelRect));
    }
  }

  /** Takes the mean colour of the tiles of a wall anew; it fades in from `since` (seconds). */
  light(wall: Wall, since: number): void {
    const sum = [0, 0, 0];
    let tiles = 0;
    for (const panel of wall.panels) {
      const mean = this.#layers.meanColour(wall.layer, panel.first, panel.count);
      mean?.forEach((part, c) => (sum[c]! += part * panel.count));
      if (mean) tiles += panel.count;
    }
    this.glow(wall, sum.map((part) => part / Math.max(1, tiles)), since);
  }

  glow(wall: Wall, mean: number[], since: number): void {
    const before = this.#means.get(wall)?.mean ?? [0, 0, 0];
    this.#means.set(wall, { since, mean, before });
    const row = this.#rows.get(wall) ?? 0;
    this.#writeWall(wall, row);
    this.table.touch(row);
  }

  /** Which cell of a panel is chosen (-1: none). */
  choose(wall: Wall, panel: number, cell: number): void {
    const row = wall.firstPanel + panel;
    this.panels.data[row * COLUMNS * 4 + 11] = cell;
    this.panels.touch(row);
  }

  /** The lifted tile, as a panel of one tile; null for none. */
  lift(lifted: Raised | null): void {
    const row = this.panelCount;
    if (!lifted) return;
    const { wall, tile, frame, edge } = lifted;
    this.#writeRow(row, [
      [...frame.origin, this.#layers.get(wall.layer).row],
      [...scaled(frame.x, edge[0]), LIFTED_GAP],
      [...scaled(frame.y, edge[1]), 0],
      [1, 1, 1, this.#layers.cellOf(wall.layer, tile)],
      [0, -10, 0.01, 0.01],
    ]);
    this.panels.touch(row);
  }

  #writePanel(wall: Wall, panel: ShownPanel, row: number): void {
    const rect = panelRect(panel);
    const centre = pointOf(wall.frame, panel.centre_m[0], panel.centre_m[1], BEFORE_FACE_M);
    const chosen = this.panels.data[row * COLUMNS * 4 + 11] ?? -1;
    this.#writeRow(row, [
      [...centre, this.#layers.get(wall.layer).row],
      [...scaled(wall.frame.x, rect.width), panel.free],
      [...scaled(wall.frame.y, rect.height), chosen],
      [panel.columns, panel.rows, panel.count, panel.first],
      [rect.left, rect.bottom, rect.width, rect.height],
    ]);
  }

  #writeRow(row: number, texels: number[][]): void {
    texels.forEach((texel, i) => this.panels.data.set(texel, (row * COLUMNS + i) * 4));
  }

  #writeWall(wall: Wall, row: number): void {
    const { frame, field } = wall;
    const light = this.#means.get(wall);
    const texels = [
      [...frame.origin, wall.width],
      [...frame.x, wall.height],
      [...frame.y, wall.firstPanel],
      [field.left, field.bottom, field.width, field.height],
      [...(light?.mean ?? [0, 0, 0]), light?.since ?? -1e3],
      [...(light?.before ?? [0, 0, 0]), wall.panels.length],
    ];
    texels.forEach((texel, i) => this.table.data.set(texel, (row * COLUMNS + i) * 4));
  }

  /** No cell of any panel is chosen. */
  chooseNone(): void {
    for (let row = 0; row <= this.panelCount; row++) {
      this.panels.data[row * COLUMNS * 4 + 11] = -1;
    }
    this.panels.touch(0, this.panelCount);
  }
}

function hull(rects: Rect[]): Rect {
  if (rects.length === 0) return NO_FIELD;
  const left = Math.min(...rects.map((rect) => rect.left));
  const bottom = Math.min(...rects.map((rect) => rect.bottom));
  return {
    left,
    bottom,
    width: Math.max(...rects.map((rect) => rect.left + rect.width)) - left,
    height: Math.max(...rects.map((rect) => rect.bottom + rect.height)) - bottom,
  };
}
