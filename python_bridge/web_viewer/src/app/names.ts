/** Names as people write them: finding what was meant, and saying what is near. */

import type { Axis } from "../generated/protocol";

export { numberText, percentText } from "../scene/numbers";
export { capital, doubtText, opsText, predictionTitle, tileName, tileTitle } from "../scene/words";

/** How many letters must be changed, added or left out to turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The name with the fewest changes to `name`, "" if there are no names. */
export function nearestName(name: string, names: readonly string[]): string {
  let best = "";
  let least = Infinity;
  for (const candidate of names) {
    const changes = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (changes < least) [best, least] = [candidate, changes];
  }
  return best;
}

/** A kind in few letters: Conv2d -> conv, BatchNorm2d -> norm, ReLU6 -> relu6. */
export function shortKind(kind: string): string {
  const plain = kind.replace(/[123]d$/, "").toLowerCase();
  if (/norm$/.test(plain)) return "norm";
  return plain.replace(/^adaptive/, "").replace(/^linear$/, "linear");
}

/** As walls say it: 96 × 112 × 112; of a matrix 197 × 768; of a vector its length. */
export function shapeText(axes: readonly Axis[]): string {
  const size = (role: Axis["role"]): number => axes.find((axis) => axis.role === role)?.size ?? 1;
  const [tiles, height, width] = [size("tile"), size("row"), size("column")];
  const isMap = height * width > 1;
  return [...(tiles > 1 || !isMap ? [tiles] : []), ...(isMap ? [height, width] : [])].join(" × ");
}

/** 4.7 million, 12,608, ... */
export function countText(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} million`;
  return value.toLocaleString("en");
}

/** "1 block", "12 blocks". */
export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** A text of at most `most` letters; of a longer one the middle is left out, as its end tells. */
export function middleText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${text.slice(0, most - 1 - end)}…${text.slice(text.length - end)}`;
}
