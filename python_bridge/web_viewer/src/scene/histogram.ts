/** How a tile's values are spread over its layer's colour scale. */
import type { Activation } from "./activation";
import { LAST_CODE } from "./page";

const MOST_TILES = 512;

/** Counts by place on the layer's scale: signed from -high to high, others from 0 to high. */
export function histogramOf(activation: Activation, tile: number, bins: number): Uint32Array {
  const counts = new Uint32Array(bins);
  if (tile >= activation.tiles) return counts;
  if (tile >= 0) {
    addTile(activation, tile, counts);
    return counts;
  }
  const step = Math.max(1, Math.floor(activation.tiles / MOST_TILES));
  for (let one = 0; one < activation.tiles; one += step) addTile(activation, one, counts);
  return counts;
}

function addTile(activation: Activation, tile: number, counts: Uint32Array): void {
  const { low, high } = activation.scale;
  const codes = activation.codeCounts(tile);
  for (let code = 0; code <= LAST_CODE; code++) {
    if (codes[code] === 0) continue;
    const place = high > low ? (activation.value(tile, code) - low) / (high - low) : 0;
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor(place * counts.length)));
    counts[bin]! += codes[code]!;
  }
}
