/**
 * All layers: their activations here, and their pages, ranges and colours on the GPU.
 *
 * A new run's pages are written beside those on show; when a layer is complete it fades over
 * from the old ones in 300 ms, later layers 12 ms a station later.
 */
import type { PageLevel, Pages } from "../generated/protocol";
import { Activation } from "./activation";
import type { Place } from "./allocator";
import { Atlas, heightInSlices } from "./atlas";
import { packLevels, PAGE_EDGE, type TileShape } from "./page";
import { Table, type Uploader } from "./textures";
import type { Normalization } from "./types";

export const FADE_S = 0.3;
const STAGGER_S = 0.012;
/** From this station on all layers begin together: a long network is not kept waiting. */
const MOST_STAGGERED = 150;
const ENTRIES_ACROSS = 1024;

/** Columns of a layer's row; shaders/web~/tables.glsl reads them. */
const ROW = { scale: 0, tile: 1, levels: 2, oldScale: 3, oldLevels: 4, level0: 8, oldLevel0: 20 };
const ROW_COLUMNS = 32;
const MOST_LEVELS = 12;

interface Shown {
  activation: Activation;
  /** By level; holes where a level is not there. */
  places: (Place | undefined)[];
  finest: number;
  coarsest: number;
  entries: number;
}

interface Upload {
  next: Shown;
  parts: { level: number; page: number }[];
  notBefore: number;
}

export interface Layer {
  name: string;
  row: number;
  activation: Activation | null;
  shown: Shown | null;
  former: Shown | null;
  upload: Upload | null;
  /** Seconds, when its newest pages began to show. */
  since: number;
}

export class Layers {
  readonly atlas: Atlas;
  readonly rows: Table<Float32Array>;
  readonly ranges: Table<Float32Array>;
  readonly colours: Table<Uint8Array>;
  normalization: Normalization = "layer";
  #byName = new Map<string, Layer>();
  #entries = 0;
  #freeEntries = new Map<number, number[]>();
  #displayed = new Map<string, number>();
  #fading: Layer[] = [];
  #run = -1;
  #runBegan = 0;

  constructor(uploader: Uploader) {
    this.atlas = new Atlas(uploader);
    this.rows = new Table(uploader, ROW_COLUMNS, "row", new Float32Array());
    this.ranges = new Table(uploader, ENTRIES_ACROSS, "pair", new Float32Array());
    this.colours = new Table(uploader, ENTRIES_ACROSS, "colour", new Uint8Array());
    this.rows.reserve(64);
    this.ranges.reserve(8);
    this.colours.reserve(8);
    this.atlas.slices.reserve(1);
  }

  get(name: string): Layer {
    let layer = this.#byName.get(name);
    if (!layer) {
      const row = this.#byName.size;
      layer = {
        name, row, activation: null, shown: null, former: null, upload: null, since: -1e3,
      };
      this.#byName.set(name, layer);
      if (row >= this.rows.rows) this.rows.reserve(2 * this.rows.rows);
    }
    return layer;
  }

  activation(name: string): Activation | null {
    return this.#byName.get(name)?.activation ?? null;
  }

  get lit(): number {
    let count = 0;
    for (const name of this.#displayed.keys()) if (this.#byName.get(name)?.shown) count++;
    return count;
  }

  /** Layers on walls, each with the place of its station along the corridor. */
  display(names: Map<string, number>): void {
    this.#displayed = names;
    for (const name of names.keys()) {
      const layer = this.get(name);
      if (layer.activation && layer.shown?.activation !== layer.activation && !layer.upload) {
        this.#prepare(layer, 0);
      }
    }
  }

  /** Makes room at once for layers of these shapes, so that it need not grow piece by piece. */
  expect(shapes: TileShape[]): void {
    const places: Place[] = [];
    for (const shape of shapes) {
      for (const level of packLevels(shape)) {
        const place = this.atlas.places.take(level.width, heightInSlices(shape.tiles, level));
        if (place) places.push(place);
      }
    }
    for (const place of places) this.atlas.places.giveBack(place);
    this.atlas.grow();
  }

  /** Another network: nothing of the former one stays. */
  clear(): void {
    this.#byName.clear();
    this.#displayed.clear();
    this.#freeEntries.clear();
    this.#fading = [];
    this.#entries = 0;
    this.#run = -1;
    this.atlas.places.clear();
    this.rows.data.fill(0);
    this.rows.touch(0, this.rows.rows - 1);
  }

  receive(message: Pages, ranges: Float32Array, pixels: Uint8Array[], now: number): void {
    if (message.run !== this.#run) {
      this.#run = message.run;
      this.#runBegan = now;
    }
    if (message.levels.length === 0 || message.tiles === 0) return;
    this.#endFades(now); // what has faded out makes room for what comes
    const layer = this.get(message.layer);
    layer.activation = new Activation(message, ranges, pixels, layer.activation ?? undefined);
    const place = this.#displayed.get(message.layer);
    if (place === undefined) return;
    this.#prepare(layer, this.#runBegan + STAGGER_S * Math.min(place, MOST_STAGGERED));
  }

  /**
   * Uploads up to about `budget` bytes, layers nearest first (`distance`, metres by name).
   * Returns the layers whose newest pages began to show.
   */
  pump(now: number, budget: number, distance: (name: string) => number): Layer[] {
    this.#endFades(now);
    const waiting = [...this.#byName.values()].filter((one) => one.upload);
    if (waiting.length === 0) return [];
    waiting.sort((a, b) => distance(a.name) - distance(b.name));
    this.atlas.grow();
    const begun: Layer[] = [];
    for (const layer of waiting) {
      const upload = layer.upload!;
      if (upload.notBefore > now) continue;
      while (upload.parts.length > 0 && budget > 0) budget -= this.#uploadPart(upload);
      if (upload.parts.length === 0) begun.push(this.#begin(layer, now));
      if (budget <= 0) break;
    }
    return begun;
  }

  get waiting(): boolean {
    for (const layer of this.#byName.values()) if (layer.upload) return true;
    return false;
  }

  flush(): void {
    this.rows.flush();
    this.ranges.flush();
    this.colours.flush();
  }

  /** Colours of all tiles anew, for another normalization. */
  recolour(normalization: Normalization): Layer[] {
    this.normalization = normalization;
    const layers = [...this.#byName.values()].filter((layer) => layer.shown);
    for (const layer of layers) this.#writeColours(layer.shown!);
    return layers;
  }

  /** After a lost context: everything travels again. */
  restore(): void {
    this.rows.restore();
    this.ranges.restore();
    this.colours.restore();
    const depth = this.atlas.slices.depth;
    this.atlas.slices.forget();
    this.atlas.slices.reserve(depth);
    for (const layer of this.#byName.values()) {
      if (layer.shown) layer.upload = { next: layer.shown, parts: partsOf(layer.shown), notBefore: 0 };
    }
  }

  /** Mean colour (0 .. 1) of tiles first .. first + count - 1 of what is shown, or null. */
  meanColour(name: string, first: number, count: number): [number, number, number] | null {
    const shown = this.#byName.get(name)?.shown;
    if (!shown || count === 0) return null;
    const sum: [number, number, number] = [0, 0, 0];
    const start = 4 * (shown.entries + first);
    const end = 4 * (shown.entries + Math.min(first + count, shown.activation.tiles));
    for (let i = start; i < end; i += 4) {
      for (let c = 0; c < 3; c++) sum[c]! += this.colours.data[i + c]!;
    }
    const scale = 4 / (255 * Math.max(4, end - start));
    return [sum[0] * scale, sum[1] * scale, sum[2] * scale];
  }

  #prepare(layer: Layer, notBefore: number): void {
    if (layer.upload && layer.upload.next !== layer.shown) this.#release(layer.upload.next);
    layer.upload = null;
    let next = this.#makeRoom(layer.activation!);
    if (!next) {
      this.#takeDown(layer); // rather nothing for a moment than a former run for good
      next = this.#makeRoom(layer.activation!);
    }
    if (!next) return;
    layer.upload = { next, parts: partsOf(next), notBefore };
  }

  /** Nothing of a layer is on show any more. */
  #takeDown(layer: Layer): void {
    for (const one of [layer.shown, layer.former]) if (one) this.#release(one);
    layer.shown = layer.former = null;
    this.rows.data[4 * (layer.row * ROW_COLUMNS + ROW.levels) + 3] = 0;
    this.rows.touch(layer.row);
  }

  #makeRoom(activation: Activation): Shown | null {
    const places: (Place | undefined)[] = [];
    let finest = -1;
    let coarsest = -1;
    for (const { packing } of activation.levels) {
      if (packing.width > PAGE_EDGE || packing.tile_height > PAGE_EDGE) continue;
      if (packing.level >= MOST_LEVELS) continue;
      if (finest >= 0 && packing.level !== coarsest + 1) break; // only levels without a gap
      const place = this.atlas.places.take(packing.width, heightInSlices(activation.tiles, packing));
      if (!place) continue;
      places[packing.level] = place;
      if (finest < 0) finest = packing.level;
      coarsest = packing.level;
    }
    if (finest < 0) return null;
    return { activation, places, finest, coarsest, entries: this.#takeEntries(activation.tiles) };
  }

  #takeEntries(tiles: number): number {
    const kept = this.#freeEntries.get(tiles)?.pop();
    if (kept !== undefined) return kept;
    const first = this.#entries;
    this.#entries += tiles;
    const rows = Math.ceil(this.#entries / ENTRIES_ACROSS);
    if (rows > this.ranges.rows) {
      this.ranges.reserve(Math.ceil(1.5 * rows));
      this.colours.reserve(Math.ceil(1.5 * rows));
    }
    return first;
  }

  #release(shown: Shown): void {
    for (const place of shown.places) if (place) this.atlas.places.giveBack(place);
    const { tiles } = shown.activation;
    const kept = this.#freeEntries.get(tiles);
    if (kept) kept.push(shown.entries);
    else this.#freeEntries.set(tiles, [shown.entries]);
  }

  #uploadPart(upload: Upload): number {
    const { level, page } = upload.parts.shift()!;
    const { packing, pixels } = levelOf(upload.next.activation, level);
    this.atlas.upload(upload.next.places[level]!, packing, page, pixels);
    return Math.min(pixels.length, packing.width * PAGE_EDGE);
  }

  #begin(layer: Layer, now: number): Layer {
    const { next } = layer.upload!;
    layer.upload = null;
    const again = layer.shown === next;
    if (layer.former) this.#release(layer.former);
    layer.former = again || !sameShape(layer.shown, next) ? null : layer.shown;
    if (!again && !layer.former && layer.shown) this.#release(layer.shown);
    layer.shown = next;
    layer.since = again ? -1e3 : now;
    const { ranges, tiles } = next.activation;
    this.ranges.data.set(ranges, 2 * next.entries);
    this.ranges.touch(rowOf(next.entries), rowOf(next.entries + tiles - 1));
    this.#writeColours(next);
    this.#writeRow(layer);
    if (layer.former) this.#fading.push(layer);
    return layer;
  }

  #writeColours(shown: Shown): void {
    const { activation, entries } = shown;
    activation.tileColours(this.normalization, this.colours.data, 4 * entries);
    this.colours.touch(rowOf(entries), rowOf(entries + activation.tiles - 1));
  }

  #endFades(now: number): void {
    this.#fading = this.#fading.filter((layer) => {
      if (now < layer.since + FADE_S) return true;
      if (layer.former) this.#release(layer.former);
      layer.former = null;
      return false;
    });
  }

  #writeRow(layer: Layer): void {
    const { data } = this.rows;
    const start = layer.row * ROW_COLUMNS * 4;
    const put = (column: number, values: number[]) => data.set(values, start + 4 * column);
    const { shown, former } = layer;
    if (!shown) return;
    const { width, height, tiles, scale, hasSpecials } = shown.activation;
    put(ROW.scale, [scale.low, scale.high, Number(scale.signed), layer.since]);
    put(ROW.tile, [width, height, tiles, shown.entries]);
    put(ROW.levels, [shown.finest, shown.coarsest, Number(hasSpecials), 1]);
    putLevels(put, ROW.level0, shown);
    if (former) {
      const old = former.activation;
      put(ROW.oldScale, [old.scale.low, old.scale.high, Number(old.scale.signed), 1]);
      put(ROW.oldLevels, [
        former.finest, former.coarsest, Number(old.hasSpecials), former.entries,
      ]);
      putLevels(put, ROW.oldLevel0, former);
    } else {
      put(ROW.oldScale, [0, 0, 0, 0]);
    }
    this.rows.touch(layer.row);
  }
}

function sameShape(a: Shown | null, b: Shown): boolean {
  if (!a) return false;
  const [one, other] = [a.activation, b.activation];
  return (
    one.width === other.width && one.height === other.height && one.tiles === other.tiles
  );
}

function putLevels(
  put: (column: number, values: number[]) => void, first: number, shown: Shown,
): void {
  shown.places.forEach((place, level) => {
    if (!place) return;
    const { columns } = levelOf(shown.activation, level).packing;
    put(first + level, [place.x, place.y, place.slice, columns]);
  });
}

function levelOf(activation: Activation, level: number): { packing: PageLevel; pixels: Uint8Array } {
  return activation.levels.find((one) => one.packing.level === level)!;
}

/** Pages to upload, coarse levels first. */
function partsOf(shown: Shown): { level: number; page: number }[] {
  const parts: { level: number; page: number }[] = [];
  for (let level = shown.coarsest; level >= shown.finest; level--) {
    const { pages } = levelOf(shown.activation, level).packing;
    for (let page = 0; page < pages; page++) parts.push({ level, page });
  }
  return parts;
}

function rowOf(entry: number): number {
  return Math.floor(entry / ENTRIES_ACROSS);
}
