/** One layer: what is wanted of it, what is here, and what is on the GPU or on its way there. */
import type { Activation } from "./activation";
import { MOST_LEVELS, type Before, type Placed, type Shown } from "./layertables";
import type { Want } from "./types";

export const LONG_AGO = -1e3;
export const UNWANTED: Want = { rank: Infinity, finest: MOST_LEVELS, coarse: MOST_LEVELS };

/** Levels on their way to the GPU. */
export interface Upload {
  /** What they are for: on show already, or not yet. */
  target: Shown;
  added: (Placed | undefined)[];
  /** Pages, coarse levels first. */
  parts: { level: number; page: number }[];
  begun: boolean;
  notBefore: number;
  /** Images of levels whose tiles stand in the target's order, by level. */
  repacked: Map<number, Uint8Array>;
}

export interface Layer {
  name: string;
  row: number;
  /** Stands on a wall, so many stations along the corridor; null: on none. */
  place: number | null;
  want: Want;
  /** Counts runs and revisions of the network: what differs in it is not the same picture. */
  generation: number;
  activation: Activation | null;
  /** Tiles by cell, as its walls are to show them; null: by index. */
  order: Int32Array | null;
  /** Levels of this generation that came at any time, one bit each. */
  received: number;
  shown: Shown | null;
  former: Shown | null;
  upload: Upload | null;
  /** Seconds, when its newest run began to show. */
  since: number;
  before: Before;
}

export function newLayer(name: string, row: number): Layer {
  return {
    name, row, place: null, want: UNWANTED, generation: 0, activation: null, order: null, received: 0,
    shown: null, former: null, upload: null, since: LONG_AGO,
    before: { low: 0, high: 0, finest: 0, since: LONG_AGO },
  };
}

export function sameShape({ shape: a }: Shown, { shape: b }: Shown): boolean {
  return a.width === b.width && a.height === b.height && a.tiles === b.tiles;
}

export function levelOf(activation: Activation, level: number): Activation["levels"][number] {
  return activation.levels.find((one) => one.packing.level === level)!;
}

/** The coarsest level that is here and can be shown. */
export function coarsestOf({ levels }: Activation): number {
  const shown = levels.map(({ packing }) => packing.level).filter((level) => level < MOST_LEVELS);
  return Math.max(-1, ...shown);
}

/** Pages of these levels, coarse levels first. */
export function partsOf(
  activation: Activation, added: readonly (Placed | undefined)[],
): Upload["parts"] {
  const parts: Upload["parts"] = [];
  for (let level = added.length - 1; level >= 0; level--) {
    if (!added[level]) continue;
    const { pages } = levelOf(activation, level).packing;
    for (let page = 0; page < pages; page++) parts.push({ level, page });
  }
  return parts;
}
