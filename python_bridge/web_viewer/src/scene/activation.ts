/** One layer's activation as it arrived: codes and ranges, and what can be read from them. */
import type { Pages } from "../generated/protocol";
import { LAST_CODE, pixelIndex, tileShape } from "./page";
import { PALETTE, PALETTE_SIZE } from "./palette";
import type { DisplayRange, Normalization } from "./types";

const SAMPLES = 4096;
/** A layer's colours end where this share of its values does: one outlier darkens nothing. */
const DISPLAYED_SHARE = 0.998;
const COLOUR_SAMPLES_EDGE = 4;

interface Level {
  packing: Pages["levels"][number];
  pixels: Uint8Array;
}

export class Activation {
  readonly run: number;
  readonly revision: number;
  readonly tiles: number;
  readonly width: number;
  readonly height: number;
  ranges: Float32Array;
  /** From the finest on. */
  levels: Level[];
  /** Of the finest level that ever was here. */
  readonly scale: DisplayRange;
  readonly hasSpecials: boolean;
  #measured: number;

  /** `former` is what came of this layer before, whose levels count if it is of the same run. */
  constructor(message: Pages, ranges: Float32Array, pixels: Uint8Array[], former?: Activation) {
    const shape = tileShape(message.axes);
    this.run = message.run;
    this.revision = message.revision;
    this.tiles = message.tiles;
    this.width = shape.width;
    this.height = shape.height;
    const levels = message.levels.map((packing, i) => ({ packing, pixels: pixels[i]! }));
    const known = new Set(levels.map((level) => level.packing.level));
    if (former) levels.push(...former.levels.filter(({ packing }) => !known.has(packing.level)));
    this.levels = levels.sort((a, b) => a.packing.level - b.packing.level);
    // A message is freed as a whole: the ranges in a smaller one keep fewer pages alive.
    this.ranges = former && former.ranges.buffer.byteLength < ranges.buffer.byteLength
      ? former.ranges : ranges;
    const { level } = this.finest.packing;
    const finer = !former || level < former.#measured;
    this.#measured = finer ? level : former.#measured;
    this.hasSpecials = finer ? this.#findSpecials() : former.hasSpecials;
    this.scale = finer ? this.#displayRange() : former.scale;
  }

  /** Bytes of pages and ranges. */
  get bytes(): number {
    return this.levels.reduce((sum, one) => sum + one.pixels.length, this.ranges.byteLength);
  }

  /** The values are the layer's own, and not means of several. */
  get exact(): boolean {
    return this.finest.packing.level === 0;
  }

  /** What the colours span was measured at full detail. */
  get exactScale(): boolean {
    return this.#measured === 0;
  }

  /** Lets go of levels finer than `finest`, but for the coarsest; true if there were any. */
  drop(finest: number): boolean {
    const kept = this.levels.filter(
      ({ packing }, i) => packing.level >= finest || i === this.levels.length - 1,
    );
    if (kept.length === this.levels.length) return false;
    const gone = new Set(this.levels.slice(0, -kept.length).map((one) => one.pixels.buffer));
    this.levels = kept.map((one) =>
      gone.has(one.pixels.buffer) ? { ...one, pixels: one.pixels.slice() } : one,
    );
    if (gone.has(this.ranges.buffer)) this.ranges = this.ranges.slice();
    return true;
  }

  get finest(): Level {
    return this.levels[0]!;
  }

  /** Value at a place (0 .. 1 from the left and the top) of a tile. */
  valueAt(tile: number, u: number, v: number): number {
    const { packing, pixels } = this.finest;
    const column = Math.min(packing.tile_width - 1, Math.max(0, Math.floor(u * packing.tile_width)));
    const row = Math.min(packing.tile_height - 1, Math.max(0, Math.floor(v * packing.tile_height)));
    return this.value(tile, pixels[pixelIndex(packing, tile, row, column)]!);
  }

  value(tile: number, code: number): number {
    if (code > LAST_CODE) return [-Infinity, Infinity, NaN][code - LAST_CODE - 1]!;
    return this.ranges[2 * tile]! + this.ranges[2 * tile + 1]! * code;
  }

  /** What the codes of a tile can say at most: for a tile of numbers, its extremes. */
  tileRange(tile: number): DisplayRange {
    return { low: this.value(tile, 0), high: this.value(tile, LAST_CODE), signed: this.scale.signed };
  }

  /** How often each code (0 .. 255) stands in a tile. */
  codeCounts(tile: number): Uint32Array {
    const counts = new Uint32Array(256);
    const { packing, pixels } = this.finest;
    for (let row = 0; row < packing.tile_height; row++) {
      const start = pixelIndex(packing, tile, row, 0);
      for (let i = start; i < start + packing.tile_width; i++) counts[pixels[i]!]!++;
    }
    return counts;
  }

  /** Mean colour of every tile, RGBA, as the colours of this normalization draw it. */
  tileColours(normalization: Normalization, into: Uint8Array, offset: number): void {
    const { packing, pixels } = this.#sampled();
    const rows = Math.min(COLOUR_SAMPLES_EDGE, packing.tile_height);
    const columns = Math.min(COLOUR_SAMPLES_EDGE, packing.tile_width);
    for (let tile = 0; tile < this.tiles; tile++) {
      const place = this.#placer(tile, normalization);
      let [r, g, b] = [0, 0, 0];
      for (let i = 0; i < rows * columns; i++) {
        const row = Math.floor(((Math.floor(i / columns) + 0.5) * packing.tile_height) / rows);
        const column = Math.floor((((i % columns) + 0.5) * packing.tile_width) / columns);
        const at = place(pixels[pixelIndex(packing, tile, row, column)]!);
        r += PALETTE[at]!;
        g += PALETTE[at + 1]!;
        b += PALETTE[at + 2]!;
      }
      const target = offset + 4 * tile;
      into[target] = r / (rows * columns);
      into[target + 1] = g / (rows * columns);
      into[target + 2] = b / (rows * columns);
      into[target + 3] = 255;
    }
  }

  /** The coarsest level with at least as many pixels as are sampled: each is a mean of many. */
  #sampled(): Level {
    const enough = ({ packing }: Level) =>
      Math.min(packing.tile_height, packing.tile_width) >= COLOUR_SAMPLES_EDGE;
    return [...this.levels].reverse().find(enough) ?? this.finest;
  }

  /** Index into the palette of a code: place_on_scale of shaders/library/codes.hlsl. */
  #placer(tile: number, normalization: Normalization): (code: number) => number {
    const { signed } = this.scale;
    const ownRange = normalization === "channel" && this.width * this.height > 1;
    const { low, high } = ownRange ? this.tileRange(tile) : this.scale;
    const offset = this.ranges[2 * tile]!;
    const step = this.ranges[2 * tile + 1]!;
    const magnitude = Math.max(Math.abs(low), Math.abs(high));
    const gain = signed ? (magnitude > 0 ? 0.5 / magnitude : 0) : high > 0 ? 1 / high : 0;
    const base = signed ? 0.5 : 0;
    const row = signed ? PALETTE_SIZE : 0;
    return (code) => {
      const value = offset + step * code;
      // -inf, +inf, not a number: the ends of the scale as on the wall, and dark
      const special = [0, 1, base][code - LAST_CODE - 1];
      const at = special ?? Math.min(1, Math.max(0, base + gain * value));
      return 4 * (row + Math.round(at * (PALETTE_SIZE - 1)));
    };
  }

  #findSpecials(): boolean {
    const { pixels } = this.finest;
    for (let i = 0; i < pixels.length; i++) if (pixels[i]! > LAST_CODE) return true;
    return false;
  }

  #displayRange(): DisplayRange {
    let low = Infinity;
    let high = -Infinity;
    for (let tile = 0; tile < this.tiles; tile++) {
      low = Math.min(low, this.value(tile, 0));
      high = Math.max(high, this.value(tile, LAST_CODE));
    }
    if (low > high) return { low: 0, high: 0, signed: false };
    const signed = low < 0;
    const magnitudes = this.#sampleMagnitudes();
    const last = magnitudes.length - 1;
    const reach = magnitudes[Math.ceil(DISPLAYED_SHARE * last)] ?? 0;
    const end = reach > 0 ? reach : Math.max(Math.abs(low), Math.abs(high));
    return signed ? { low: -end, high: end, signed } : { low: 0, high: end, signed };
  }

  /** Magnitudes of up to SAMPLES values from all over the layer, in ascending order. */
  #sampleMagnitudes(): Float32Array {
    const { packing, pixels } = this.finest;
    const area = packing.tile_width * packing.tile_height;
    const total = area * this.tiles;
    const count = Math.min(SAMPLES, total);
    const found = new Float32Array(count);
    let n = 0;
    for (let i = 0; i < count; i++) {
      // A stride that is no multiple of a tile's width walks over its columns as well.
      const at = count === total ? i : Math.floor(((i * 0.61803398875) % 1) * total);
      const tile = Math.floor(at / area);
      const row = Math.floor((at % area) / packing.tile_width);
      const code = pixels[pixelIndex(packing, tile, row, at % packing.tile_width)]!;
      if (code <= LAST_CODE) found[n++] = Math.abs(this.value(tile, code));
    }
    return found.subarray(0, n).sort();
  }
}
