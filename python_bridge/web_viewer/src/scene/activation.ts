/** One layer's activation as it arrived: codes and ranges, and what can be read from them. */
import type { Pages } from "../generated/protocol";
import { LAST_CODE, pixelIndex, tileShape } from "./page";
import { PALETTE_SIZE } from "./palette";
import type { Colours, DisplayRange, Normalization } from "./types";

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

  /** Lets go of levels finer than `finest`, but for the coarsest. */
  drop(finest: number): void {
    const kept = this.levels.filter(
      ({ packing }, i) => packing.level >= finest || i === this.levels.length - 1,
    );
    if (kept.length === this.levels.length) return;
    const gone = new Set(this.levels.slice(0, -kept.length).map((one) => one.pixels.buffer));
    this.levels = kept.map((one) =>
      gone.has(one.pixels.buffer) ? { ...one, pixels: one.pixels.slice() } : one,
    );
    if (gone.has(this.ranges.buffer)) this.ranges = this.ranges.slice();
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

  /** Least and greatest value that the layer's colours tell apart. */
  get span(): readonly [number, number] {
    const { low, high, signed } = this.scale;
    let [least, greatest] = [Infinity, -Infinity];
    for (let tile = 0; tile < this.tiles; tile++) {
      least = Math.min(least, this.value(tile, 0));
      greatest = Math.max(greatest, this.value(tile, LAST_CODE));
    }
    return signed ? [Math.max(low, least), Math.min(high, greatest)] : [low, high];
  }

  /** What shaders are told that colours span: not around zero, values are counted from the least. */
  drawnScale({ symmetric }: Colours): DisplayRange {
    if (symmetric || !this.scale.signed) return this.scale;
    const [least, greatest] = this.span;
    return { low: 0, high: greatest - least, signed: false };
  }

  /** Offsets and steps of all tiles as shaders are told them. */
  drawnRanges({ normalization, symmetric }: Colours): Float32Array {
    if (symmetric || !this.scale.signed) return this.ranges;
    const own = normalization === "channel" && this.width * this.height > 1;
    const [least] = this.span;
    return this.ranges.map((part, i) => (i % 2 ? part : own ? 0 : part - least));
  }

  /** Mean colour of every tile, RGBA, as these colours draw it. */
  tileColours(colours: Colours, into: Uint8Array, offset: number): void {
    const { packing, pixels } = this.#sampled();
    const samples = samplesOf(packing);
    const [scale, ranges, { palette }] = [this.drawnScale(colours), this.drawnRanges(colours), colours];
    const { columns, tile_width: width, tile_height: height } = packing;
    for (let tile = 0; tile < this.tiles; tile++) {
      const { first, step, special } = this.#placing(tile, colours.normalization, scale, ranges);
      const corner = Math.floor(tile / columns) * height * packing.width + (tile % columns) * width;
      let [r, g, b] = [0, 0, 0];
      for (const sample of samples) {
        const code = pixels[corner + sample]!;
        const place = code > LAST_CODE ? special[code - LAST_CODE - 1]! : first + step * code;
        const at = 4 * (scale.signed ? PALETTE_SIZE : 0) + 4 * Math.round(clamped(place));
        r += palette[at]!;
        g += palette[at + 1]!;
        b += palette[at + 2]!;
      }
      const target = offset + 4 * tile;
      into[target] = r / samples.length;
      into[target + 1] = g / samples.length;
      into[target + 2] = b / samples.length;
      into[target + 3] = 255;
    }
  }

  /** The coarsest level with at least as many pixels as are sampled: each is a mean of many. */
  #sampled(): Level {
    const enough = ({ packing }: Level) =>
      Math.min(packing.tile_height, packing.tile_width) >= COLOUR_SAMPLES_EDGE;
    return [...this.levels].reverse().find(enough) ?? this.finest;
  }

  /**
   * Where a tile's codes stand in the palette: code c at first + step * c. This is
   * place_on_scale of shaders/library/codes.hlsl.
   */
  #placing(
    tile: number, normalization: Normalization, scale: DisplayRange, ranges: Float32Array,
  ): Placing {
    const { signed } = scale;
    const ownRange = normalization === "channel" && this.width * this.height > 1;
    const [offset, each] = [ranges[2 * tile]!, ranges[2 * tile + 1]!];
    const [low, high] = ownRange ? [offset, offset + LAST_CODE * each] : [scale.low, scale.high];
    const magnitude = Math.max(Math.abs(low), Math.abs(high));
    const gain = signed ? (magnitude > 0 ? 0.5 / magnitude : 0) : high > 0 ? 1 / high : 0;
    const base = signed ? 0.5 : 0;
    const last = PALETTE_SIZE - 1;
    return {
      first: last * (base + gain * offset),
      step: last * gain * each,
      special: signed ? SIGNED_SPECIALS : SPECIALS,
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
    const reach = endOf(DISPLAYED_SHARE, this.#sampleMagnitudes());
    const end = reach > 0 ? reach : Math.max(Math.abs(low), Math.abs(high));
    return signed ? { low: -end, high: end, signed } : { low: 0, high: end, signed };
  }

  /** Magnitudes of up to SAMPLES values from all over the layer. */
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
    return found.subarray(0, n);
  }
}

/** Places in the palette: of code c, and of -inf, +inf, not a number. */
interface Placing {
  first: number;
  step: number;
  special: readonly number[];
}

// The ends of the scale as on the wall, and dark.
const SPECIALS = [0, PALETTE_SIZE - 1, 0];
const SIGNED_SPECIALS = [0, PALETTE_SIZE - 1, (PALETTE_SIZE - 1) / 2];

function clamped(place: number): number {
  return place <= 0 ? 0 : Math.min(place, PALETTE_SIZE - 1);
}

/** Pixels of a tile whose colours are averaged: indices from that of its corner. */
function samplesOf({ tile_height, tile_width, width }: Level["packing"]): number[] {
  const rows = Math.min(COLOUR_SAMPLES_EDGE, tile_height);
  const columns = Math.min(COLOUR_SAMPLES_EDGE, tile_width);
  return Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(((Math.floor(i / columns) + 0.5) * tile_height) / rows);
    const column = Math.floor((((i % columns) + 0.5) * tile_width) / columns);
    return row * width + column;
  });
}

/** Where this share of the numbers (0 or greater), in ascending order, ends; 0 of none. */
function endOf(share: number, numbers: Float32Array): number {
  const last = numbers.length - 1;
  const kept = last - Math.ceil(share * last) + 1; // few, so that not all have to be sorted
  const greatest = new Float32Array(Math.max(0, kept)).fill(-1); // in ascending order
  for (const number of numbers) {
    if (number <= greatest[0]!) continue;
    let at = 1;
    for (; at < kept && greatest[at]! < number; at++) greatest[at - 1] = greatest[at]!;
    greatest[at - 1] = number;
  }
  return numbers.length > 0 ? greatest[0]! : 0;
}
