import { describe, expect, it } from "vitest";

import { rowsOf, type Wanted } from "../src/scene/labelrows";

const SPACE = { right: 1, top: 0.5, bottom: -0.5, row: 0.1, aside: 0.05 };

/** Blocks along the aisle as seen from above: what is farther stands higher and to the right. */
function aisle(count: number, apart: number): Wanted[] {
  return Array.from({ length: count }, (_, i) => {
    return { x: i * apart, y: 0.1 + i * apart, wide: 0.2, rank: 2 };
  });
}

describe("rows of labels", () => {
  it("leaves labels that have room beside what they name", () => {
    const rows = rowsOf(aisle(3, 0.12), SPACE);
    expect(rows.map(({ label }) => label)).toEqual([2, 1, 0]);
    expect(rows.every(({ led }) => !led)).toBe(true);
    expect(rows[2]).toMatchObject({ x: 0, y: 0.1 });
  });

  it("writes every label, each in a row of its own, in the order of the blocks", () => {
    const rows = rowsOf(aisle(5, 0.02), SPACE);
    expect(rows.map(({ label }) => label)).toEqual([4, 3, 2, 1, 0]);
    for (const [i, row] of rows.slice(1).entries()) {
      expect(rows[i]!.y - row.y).toBeGreaterThanOrEqual(0.1 - 1e-9);
    }
    expect(rows[0]!.led).toBe(false);
    expect(rows.slice(1).every(({ led }) => led)).toBe(true);
    expect(rows.at(-1)!.y).toBeGreaterThanOrEqual(-0.5 - 1e-9);
  });

  it("draws no line across another label", () => {
    const wanted = aisle(7, 0.03);
    const rows = rowsOf(wanted, SPACE);
    for (const { label, x, y } of rows.filter(({ led }) => led)) {
      const from = wanted[label]!;
      const between = rows.filter((one) => one.y < from.y - 1e-9 && one.y > y + 1e-9);
      for (const one of between) expect(one.x).toBeGreaterThanOrEqual(x);
    }
  });

  it("keeps the most important where there are too many, and all left of the panel", () => {
    const wanted = aisle(40, 0.01);
    wanted[30]!.rank = 0;
    const rows = rowsOf(wanted, { ...SPACE, right: 0.3 });
    expect(rows).toHaveLength(11);
    expect(rows.map(({ label }) => label)).toContain(30);
    for (const { x, y } of rows) {
      expect(x + 0.2).toBeLessThanOrEqual(0.3 + 1e-9);
      expect(Math.abs(y)).toBeLessThanOrEqual(0.5 + 1e-9);
    }
  });
});
