/** Where labels stand as seen from above: each in a row of its own, and none over another. */

/** Where a label would begin. Tangents of angles off the middle: x to the right, y up. */
export interface Wanted {
  x: number;
  y: number;
  wide: number;
  /** Lower ones stay where there is no room for all. */
  rank: number;
}

export interface Row {
  /** Index of the label that was wanted. */
  label: number;
  x: number;
  y: number;
  /** It does not stand beside what it names: a line leads there. */
  led: boolean;
}

interface Space {
  right: number;
  top: number;
  bottom: number;
  /** Rows this far apart do not touch. */
  row: number;
  /** So far to the right a label goes that makes way, which leaves room for its line. */
  aside: number;
}

/**
 * The rows of labels from the top. A label that has no room makes way downwards, where the floor is
 * free: what is nearer stands lower and to the left, so no line crosses another label.
 */
export function rowsOf(wanted: readonly Wanted[], { right, top, bottom, row, aside }: Space): Row[] {
  const most = Math.max(0, Math.floor((top - bottom) / row) + 1);
  const kept = wanted
    .map((one, label) => ({ ...one, label }))
    .sort((a, b) => a.rank - b.rank || a.label - b.label)
    .slice(0, most)
    .sort((a, b) => b.y - a.y || b.x - a.x);
  let above = Infinity;
  return kept.map(({ label, x, y, wide }, i) => {
    const lowest = bottom + (kept.length - 1 - i) * row; // the others still fit below
    const at = Math.max(lowest, Math.min(y, top, above - row));
    above = at;
    const led = Math.abs(at - y) > row / 3;
    return { label, x: Math.min(x + (led ? aside : 0), right - wide), y: at, led };
  });
}
