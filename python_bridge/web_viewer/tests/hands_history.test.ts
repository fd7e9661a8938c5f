import { describe, expect, it } from "vitest";

import { type Deed, History, sameValue, standing, STEPS } from "../src/hands/history";

const deed = (n: number): Deed => ({
  what: `step ${n}`, changes: [{ path: ["stations", "main", "a"], before: n - 1, after: n }],
});

/** A document of one place, and a slow, obvious history of it. */
function play(steps: readonly ("do" | "undo" | "redo")[]): { value: number; slow: number } {
  const history = new History();
  let value = 0;
  let [done, at, next] = [[0], 0, 0];
  for (const step of steps) {
    if (step === "do") {
      next += 1;
      history.add({ what: "", changes: [{ path: [], before: value, after: next }] });
      value = next;
      done = [...done.slice(0, at + 1), next];
      at += 1;
    } else {
      const found = step === "undo" ? history.back() : history.again();
      value = (found?.changes[0]?.after as number | undefined) ?? value;
      at = Math.min(done.length - 1, Math.max(0, at + (step === "undo" ? -1 : 1)));
    }
  }
  return { value, slow: done[at]! };
}

describe("history", () => {
  it("goes back and forth like a list with a cursor", () => {
    const kinds = ["do", "undo", "redo"] as const;
    for (let seed = 0; seed < 200; seed++) {
      const steps = Array.from({ length: 30 }, (_, i) => kinds[(seed * 7 + i * i * (seed % 5 + 1)) % 3]!);
      const { value, slow } = play(steps);
      expect(value, steps.join(" ")).toBe(slow);
    }
  });

  it("keeps at least a hundred steps, and not all there ever were", () => {
    const history = new History();
    for (let n = 1; n <= 2 * STEPS; n++) history.add(deed(n));
    let back = 0;
    while (history.back()) back++;
    expect(back).toBeGreaterThanOrEqual(100);
    expect(back).toBe(STEPS);
  });

  it("undoes several changes in the opposite order", () => {
    const history = new History();
    const [a, b] = [
      { path: ["a"], before: null, after: 1 }, { path: ["a"], before: 1, after: 2 },
    ];
    history.add({ what: "both", changes: [a, b] });
    expect(history.back()?.changes).toEqual([
      { path: ["a"], before: 2, after: 1 }, { path: ["a"], before: 1, after: null },
    ]);
  });

  it("leaves alone what somebody else changed since", () => {
    const changes = [
      { path: ["a"], before: 1, after: 0 }, { path: ["b"], before: 1, after: 0 },
    ];
    const now: Record<string, number> = { a: 1, b: 7 };
    expect(standing(changes, ([name]) => now[name ?? ""])).toEqual([changes[0]]);
  });

  it("compares what the bridge rounds", () => {
    const at = { position_m: [1, 2, 3], rotation: [0, 0.6, 0, 0.8], scale: 1 };
    const back = { scale: 1, rotation: [0, 0.6000000000000001, 0, 0.8], position_m: [1, 2, 3] };
    expect(sameValue(at, back)).toBe(true);
    expect(sameValue(at, { ...back, scale: 1.1 })).toBe(false);
    expect(sameValue(null, undefined)).toBe(false);
    expect(sameValue({ a: 1 }, {})).toBe(false);
  });
});
