/** In which order channels stand on their wall: which tile each cell shows. */
import type { Pages } from "../generated/protocol";
import type { Activation } from "./activation";
import { LAST_CODE, pixelIndex } from "./page";

export type Order = "index" | "mean" | "maximum" | "similarity";

/** Tiles are compared at the coarsest level that has as many pixels across as this. */
const COMPARED_EDGE = 8;

/** Tiles by cell, the greatest first; those of no number last, equal ones by index. */
export function sorted(keys: ArrayLike<number>): Int32Array {
  const key = (tile: number): number => (Number.isNaN(keys[tile]) ? -Infinity : keys[tile]!);
  const tiles = Array.from({ length: keys.length }, (_, tile) => tile);
  return Int32Array.from(tiles.sort((a, b) => (key(a) === key(b) ? a - b : key(b) > key(a) ? 1 : -1)));
}

/** What tiles are ordered by; `like`: the tile that others are compared with. */
export function keysOf(activation: Activation, order: Order, like: number): Float64Array {
  const key = {
    index: (tile: number) => -tile,
    mean: (tile: number) => meanOf(activation, tile),
    maximum: (tile: number) => activation.tileRange(tile).high,
    similarity: correlationWith(activation, like),
  }[order];
  return Float64Array.from({ length: activation.tiles }, (_, tile) => key(tile));
}

/**
 * Tiles by cell. With `strongest`, the first so many cells are those of the greatest keys (of the
 * greatest maxima where the order is that of the index), and no other is to be shown.
 */
export function orderOf(
  activation: Activation, order: Order, like: number, strongest: number | null,
): Int32Array {
  if (order !== "index" || strongest === null) return sorted(keysOf(activation, order, like));
  const first = sorted(keysOf(activation, "maximum", like));
  const kept = first.subarray(0, strongest).sort();
  return Int32Array.from([...kept, ...first.subarray(strongest).sort()]);
}

function meanOf(activation: Activation, tile: number): number {
  const codes = activation.codeCounts(tile);
  let [sum, count] = [0, 0];
  for (let code = 0; code <= LAST_CODE; code++) {
    sum += codes[code]! * code;
    count += codes[code]!;
  }
  return count > 0 ? activation.value(tile, sum / count) : NaN;
}

/** Pearson's correlation with a tile; NaN where either has one value only. */
function correlationWith(activation: Activation, like: number): (tile: number) => number {
  const enough = (level: Activation["finest"]): boolean =>
    Math.min(level.packing.tile_width, level.packing.tile_height) >= COMPARED_EDGE;
  const level = [...activation.levels].reverse().find(enough) ?? activation.finest;
  const wanted = codesOf(level, like);
  return (tile) => (tile === like ? Infinity : correlation(wanted, codesOf(level, tile)));
}

/** A tile's codes, which correlate as its values do: these are an offset and a step times them. */
function codesOf({ packing, pixels }: Activation["finest"], tile: number): Uint8Array {
  const { tile_width: width, tile_height: height } = packing;
  const codes = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = pixelIndex(packing, tile, row, 0);
    codes.set(pixels.subarray(start, start + width), row * width);
  }
  return codes;
}

function correlation(a: Uint8Array, b: Uint8Array): number {
  let [n, sumA, sumB, squareA, squareB, both] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x > LAST_CODE || y > LAST_CODE) continue;
    n++;
    sumA += x;
    sumB += y;
    squareA += x * x;
    squareB += y * y;
    both += x * y;
  }
  const spread = (n * squareA - sumA * sumA) * (n * squareB - sumB * sumB);
  return spread > 0 ? (n * both - sumA * sumB) / Math.sqrt(spread) : NaN;
}

/** A level's packed image with tile order[cell] in each cell. */
export function repacked(
  packing: Pages["levels"][number], pixels: Uint8Array, order: Int32Array,
): Uint8Array {
  const into = new Uint8Array(pixels.length);
  const { tile_width: width, tile_height: height } = packing;
  order.forEach((tile, cell) => {
    for (let row = 0; row < height; row++) {
      const start = pixelIndex(packing, tile, row, 0);
      into.set(pixels.subarray(start, start + width), pixelIndex(packing, cell, row, 0));
    }
  });
  return into;
}
