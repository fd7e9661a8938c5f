/** Which pages are given back when there is no room: what is worth least goes first. */
import type { Layer } from "./layer";
import { MOST_LEVELS } from "./layertables";

export interface Victim {
  layer: Layer;
  /** Levels finer than this go. */
  finest: number;
  /** They are of the newest run and worth having: only another wall is nearer. */
  missed: boolean;
}

/** What can be given back: the lower, the sooner. */
const BEYOND_WORTH = 0;
const OF_AN_EARLIER_RUN = 1;
const FARTHER = 2;
/** Only of what is kept here: that can be fetched again, and what came last is not worth more. */
const NEARER_OR_ITS_OWN = 3;

/** Bytes of all pages that are kept here. */
export function keptBytes(layers: Iterable<Layer>): number {
  let sum = 0;
  for (const { activation } of layers) sum += activation?.bytes ?? 0;
  return sum;
}

/** Lets go of levels that are kept here, finer than `finest`; how many bytes that were. */
export function dropLevels({ activation }: Layer, finest: number): number {
  if (!activation) return 0;
  const before = activation.bytes;
  activation.drop(finest);
  return before - activation.bytes;
}

/** Levels of a layer that are wanted, and came, but are not here any more, coarse ones first. */
export function givenBack({ want, received, activation }: Layer): number[] {
  const here = new Set(activation?.levels.map(({ packing }) => packing.level));
  const levels: number[] = [];
  for (let level = MOST_LEVELS - 1; level >= want.finest; level--) {
    if (received & (1 << level) && !here.has(level)) levels.push(level);
  }
  return levels;
}

/**
 * Whose fine levels make room for `wanted`, on the GPU or here: first those that nobody can see,
 * then those of an earlier run, then those that are farther in order of sight, and at last, here
 * only, the farthest of the others, be it `wanted` itself; null for nobody's.
 */
export function victimOf(
  layers: Iterable<Layer>, wanted: Layer, where: "gpu" | "here",
): Victim | null {
  let victim: Victim | null = null;
  let kind = Infinity;
  for (const layer of layers) {
    const found = kindOf(layer, wanted, where);
    if (found === null || found > kind) continue;
    if (found === kind && victim && layer.want.rank <= victim.layer.want.rank) continue;
    const finest = found === BEYOND_WORTH ? layer.want.finest : layer.want.coarse;
    [victim, kind] = [{ layer, finest, missed: found >= FARTHER }, found];
  }
  return victim;
}

function kindOf(layer: Layer, wanted: Layer, where: "gpu" | "here"): number | null {
  const finest = finestOf(layer, where);
  if (finest === null) return null;
  if (finest < layer.want.finest) return BEYOND_WORTH;
  if (finest >= layer.want.coarse) return null;
  const generation = where === "gpu" ? layer.shown!.generation : layer.generation;
  if (generation < wanted.generation) return OF_AN_EARLIER_RUN;
  if (layer.want.rank > wanted.want.rank) return FARTHER;
  return where === "here" ? NEARER_OR_ITS_OWN : null;
}

/** The finest level that is there, if it is not the only one. */
function finestOf({ shown, activation }: Layer, where: "gpu" | "here"): number | null {
  if (where === "gpu") return shown && shown.finest < shown.coarsest ? shown.finest : null;
  if (!activation || activation.levels.length < 2) return null;
  return activation.finest.packing.level;
}
