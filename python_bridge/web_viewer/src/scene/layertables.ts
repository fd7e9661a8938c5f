/** What the shaders know of layers: a record of each, and ranges and colours of all their tiles. */
import type { Activation } from "./activation";
import type { Place } from "./allocator";
import type { TileShape } from "./page";
import { Table, type Uploader } from "./textures";
import type { Colours, DisplayRange } from "./types";

/** Records of one entry a tile, and of layers, that stand side by side. */
const ENTRIES_ACROSS = 1024;
const LAYERS_ACROSS = 32;

/** Texels of a layer's record; shaders/web~/tables.glsl reads them. */
const TEXEL = {
  scale: 0, tile: 1, levels: 2, oldScale: 3, oldLevels: 4, before: 5, level0: 8, oldLevel0: 20,
};
const TEXELS = 32;
export const MOST_LEVELS = 12;

/** Where one level stands in the atlas, and how many tiles stand side by side. */
export interface Placed {
  place: Place;
  columns: number;
}

/** What is on the GPU of a layer in one run. */
export interface Shown {
  readonly generation: number;
  readonly shape: TileShape;
  /** By level; holes where a level is not there. */
  readonly levels: (Placed | undefined)[];
  finest: number;
  coarsest: number;
  scale: DisplayRange;
  hasSpecials: boolean;
  /** First of the entries of its tiles. */
  readonly entries: number;
  /** Tiles by cell, null: by index. All that is on the GPU stands in this order. */
  readonly order: Int32Array | null;
}

/** How a layer looked before more detail came, and when it came, in seconds. */
export interface Before {
  low: number;
  high: number;
  finest: number;
  since: number;
}

export class LayerTables {
  readonly rows: Table<Float32Array>;
  readonly ranges: Table<Float32Array>;
  readonly colours: Table<Uint8Array>;
  #entries = 0;
  #free = new Map<number, number[]>();

  constructor(uploader: Uploader) {
    this.rows = new Table(uploader, TEXELS, LAYERS_ACROSS, "row", new Float32Array());
    this.ranges = new Table(uploader, 1, ENTRIES_ACROSS, "pair", new Float32Array());
    this.colours = new Table(uploader, 1, ENTRIES_ACROSS, "colour", new Uint8Array());
    this.reserve(64, 8 * ENTRIES_ACROSS);
  }

  /** Makes room for so many layers and entries. */
  reserve(layers: number, entries: number): void {
    this.rows.reserve(layers);
    this.ranges.reserve(entries);
    this.colours.reserve(entries);
  }

  /** First of `tiles` entries, which are nobody else's. */
  take(tiles: number): number {
    const kept = this.#free.get(tiles)?.pop();
    if (kept !== undefined) return kept;
    const first = this.#entries;
    this.#entries += tiles;
    if (this.#entries > this.ranges.records) this.reserve(0, Math.ceil(1.5 * this.#entries));
    return first;
  }

  /** A picture of this activation that has its entries, but no levels yet. */
  emptyShown(generation: number, activation: Activation, order: Shown["order"] = null): Shown {
    const { width, height, tiles, scale, hasSpecials } = activation;
    return {
      generation, shape: { width, height, tiles }, levels: [], finest: -1, coarsest: -1,
      scale, hasSpecials, entries: this.take(tiles), order,
    };
  }

  giveBack({ entries, shape }: Shown): void {
    const kept = this.#free.get(shape.tiles);
    if (kept) kept.push(entries);
    else this.#free.set(shape.tiles, [entries]);
  }

  /** Forgets all layers. */
  clear(): void {
    this.#entries = 0;
    this.#free.clear();
    this.rows.data.fill(0);
    this.rows.touch(0, this.rows.records - 1);
  }

  flush(): void {
    this.rows.flush();
    this.ranges.flush();
    this.colours.flush();
  }

  /** After a lost context: everything travels again. */
  restore(): void {
    this.rows.restore();
    this.ranges.restore();
    this.colours.restore();
  }

  writeRanges({ entries, shape, order }: Shown, ranges: Float32Array): void {
    this.ranges.data.set(ranges, 2 * entries);
    order?.forEach((tile, cell) => {
      this.ranges.data.set(ranges.subarray(2 * tile, 2 * tile + 2), 2 * (entries + cell));
    });
    this.ranges.touch(entries, entries + shape.tiles - 1);
  }

  writeColours({ entries, shape, order }: Shown, activation: Activation, by: Colours): void {
    activation.tileColours(by, this.colours.data, 4 * entries);
    const own = order && this.colours.data.slice(4 * entries, 4 * (entries + shape.tiles));
    order?.forEach((tile, cell) => {
      this.colours.data.set(own!.subarray(4 * tile, 4 * tile + 4), 4 * (entries + cell));
    });
    this.colours.touch(entries, entries + shape.tiles - 1);
  }

  /** Mean colour (0 .. 1) of cells first .. first + count - 1. */
  meanColour({ entries, shape }: Shown, first: number, count: number): [number, number, number] {
    const sum: [number, number, number] = [0, 0, 0];
    const start = 4 * (entries + first);
    const end = 4 * (entries + Math.min(first + count, shape.tiles));
    for (let i = start; i < end; i += 4) {
      for (let c = 0; c < 3; c++) sum[c]! += this.colours.data[i + c]!;
    }
    const scale = 4 / (255 * Math.max(4, end - start));
    return [sum[0] * scale, sum[1] * scale, sum[2] * scale];
  }

  /** Nothing of a layer is on show. */
  darken(row: number): void {
    this.rows.data[4 * (row * TEXELS + TEXEL.levels) + 3] = 0;
    this.rows.touch(row);
  }

  /** What a layer shows since then (seconds), what it fades from, and how it looked before. */
  write(row: number, shown: Shown, former: Shown | null, since: number, before: Before): void {
    const start = row * TEXELS * 4;
    const put = (texel: number, values: number[]) =>
      this.rows.data.set(values, start + 4 * texel);
    const { scale, shape, finest, coarsest, hasSpecials } = shown;
    put(TEXEL.scale, [scale.low, scale.high, Number(scale.signed), since]);
    put(TEXEL.tile, [shape.width, shape.height, shape.tiles, shown.entries]);
    put(TEXEL.levels, [finest, coarsest, Number(hasSpecials), 1]);
    put(TEXEL.before, [before.low, before.high, before.finest, before.since]);
    putLevels(put, TEXEL.level0, shown);
    put(TEXEL.oldScale, [0, 0, 0, 0]);
    if (former) {
      const old = former.scale;
      put(TEXEL.oldScale, [old.low, old.high, Number(old.signed), 1]);
      put(TEXEL.oldLevels, [
        former.finest, former.coarsest, Number(former.hasSpecials), former.entries,
      ]);
      putLevels(put, TEXEL.oldLevel0, former);
    }
    this.rows.touch(row);
  }

  /** Levels of what a layer shows, and of what it fades from, stand elsewhere now. */
  moved(row: number, shown: Shown, former: Shown | null): void {
    const start = row * TEXELS * 4;
    const put = (texel: number, values: number[]) =>
      this.rows.data.set(values, start + 4 * texel);
    putLevels(put, TEXEL.level0, shown);
    if (former) putLevels(put, TEXEL.oldLevel0, former);
    this.rows.touch(row);
  }
}

function putLevels(
  put: (texel: number, values: number[]) => void, first: number, { levels }: Shown,
): void {
  levels.forEach((placed, level) => {
    if (!placed) return;
    const { x, y, slice } = placed.place;
    put(first + level, [x, y, slice, placed.columns]);
  });
}
