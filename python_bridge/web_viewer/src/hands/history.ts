/** What this visitor changed in the shared document, to be undone and done again. */

/** One place of the shared document, before and after; null where nothing stands. */
export interface Change {
  path: readonly string[];
  before: unknown;
  after: unknown;
}

/** What was done at once, and how it is called: "moved layer1.0". */
export interface Deed {
  what: string;
  changes: readonly Change[];
}

/** So many steps go back. */
export const STEPS = 500;

export class History {
  private readonly done: Deed[] = [];
  private undone: Deed[] = [];

  /** What was undone before cannot be done again after it. */
  add(deed: Deed): void {
    this.done.push(deed);
    if (this.done.length > STEPS) this.done.shift();
    this.undone = [];
  }

  /** The last deed, turned round; null if there is none. */
  back(): Deed | null {
    const deed = this.done.pop();
    if (!deed) return null;
    this.undone.push(deed);
    return reversed(deed);
  }

  /** The deed undone last; null if there is none. */
  again(): Deed | null {
    const deed = this.undone.pop();
    if (!deed) return null;
    this.done.push(deed);
    return deed;
  }

  /** Another session: its document has none of it. */
  clear(): void {
    this.done.length = 0;
    this.undone = [];
  }
}

function reversed({ what, changes }: Deed): Deed {
  const back = changes.map(({ path, before, after }) => ({ path, before: after, after: before }));
  return { what, changes: back.reverse() };
}

/** The changes that still find what they start from; others have been overtaken by somebody. */
export function standing(
  changes: readonly Change[],
  now: (path: readonly string[]) => unknown,
): readonly Change[] {
  return changes.filter(({ path, before }) => sameValue(now(path) ?? null, before));
}

/** Do two values of the document say the same, but for how numbers are rounded? */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= 1e-6;
  if (!isMap(a) || !isMap(b)) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameValue(a[key], b[key]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
