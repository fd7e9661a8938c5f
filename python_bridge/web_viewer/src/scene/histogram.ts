/** How a tile's values are spread over a scale of colours. */
import type { Activation } from "./activation";
import { LAST_CODE } from "./page";

const MOST_TILES = 512;

/** Values at the left and the right end of the scale. */
export type Ends = readonly [low: number, high: number];

/** Counts by place on the scale; what lies beyond an end counts there. */
export function histogramOf(
  activation: Activation, tile: number, bins: number, ends: Ends,
): Uint32Array {
  const counts = new Uint32Array(bins);
  if (tile >= activation.tiles) return counts;
  if (tile >= 0) {
    addTile(activation, tile, counts, ends);
    return counts;
  }
  const step = Math.max(1, Math.floor(activation.tiles / MOST_TILES));
  for (let one = 0; one < activation.tiles; one += step) {
    addTile(activation, one, counts, ends);
  }
  return counts;
}

function addTile(
  activation: Activation, tile: number, counts: Uint32Array, [low, high]: Ends,
): void {
  const codes = activation.codeCounts(tile);
  for (let code = 0; code <= LAST_CODE; code++) {
    if (codes[code] === 0) continue;
    const place = high > low ? (activation.value(tile, code) - low) / (high - low) : 0;
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor(place * counts.length)));
    counts[bin]! += codes[code]!;
  }
}
