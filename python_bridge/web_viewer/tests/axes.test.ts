import { describe, expect, it } from "vitest";

import { countTicks, ticksBetween } from "../src/hud/axes";
import { PALETTE, paletteOf } from "../src/scene/palette";

/** All steps of 1, 2, 5 times a power of ten, the finest that gives no more than `most` numbers. */
function slowTicks(low: number, high: number, most: number): number {
  for (let power = -9; power < 9; power++) {
    for (const factor of [1, 2, 5]) {
      const step = factor * 10 ** power;
      if ((high - low) / step > 1e4) continue;
      let count = 0;
      for (let i = Math.floor(low / step) - 1; i * step <= high + 1e-9 * step; i++) {
        if (i * step >= low - 1e-9 * step) count++;
      }
      if (count <= most) return count;
    }
  }
  return 0;
}

describe("numbers along an axis", () => {
  it.each([
    [0, 1, 5], [0, 3.2, 5], [-2.7, 2.7, 5], [-0.004, 0.004, 5], [0, 812, 5], [12.4, 12.6, 5],
    [-1e-6, 3e-6, 6], [0, 99999, 3],
  ])("between %d and %d are round, and as many as fit", (low, high, most) => {
    const ticks = ticksBetween(low, high, most);
    expect(ticks).toHaveLength(slowTicks(low, high, most));
    expect(ticks.length).toBeGreaterThan(1);
    for (const tick of ticks) {
      expect(tick).toBeGreaterThanOrEqual(low);
      expect(tick).toBeLessThanOrEqual(high);
      expect(String(Number(tick.toPrecision(4)))).toBe(String(tick));
    }
  });

  it("are none where there is nothing between the ends", () => {
    expect(ticksBetween(1, 1, 5)).toEqual([]);
    expect(ticksBetween(2, 1, 5)).toEqual([]);
    expect(ticksBetween(0, Infinity, 5)).toEqual([]);
    expect(ticksBetween(NaN, 1, 5)).toEqual([]);
  });

  it("of counts stand apart by square root, the greatest first", () => {
    expect(countTicks(1000, 0.3)).toEqual([1000, 200]);
    for (const most of [1, 3, 17, 256, 12544, 9_999_999]) {
      const ticks = countTicks(most, 0.3);
      const places = [...ticks.map((count) => Math.sqrt(count / most)), 0];
      expect(ticks.length).toBeGreaterThan(0);
      expect(places[0]).toBeGreaterThan(0.6);
      places.slice(1).forEach((place, i) => expect(places[i]! - place).toBeGreaterThan(0.29999));
    }
  });
});

describe("a threshold", () => {
  const half = paletteOf({ map: "room", threshold: 0.5 });

  it("dims what is nearer to zero, on both scales, and nothing else", () => {
    for (let i = 0; i < 256; i++) {
      for (const [row, magnitude] of [[0, i / 255], [1, Math.abs((2 * i) / 255 - 1)]] as const) {
        const at = 4 * (256 * row + i);
        for (let c = 0; c < 3; c++) {
          const full = PALETTE[at + c]!;
          const expected = magnitude < 0.5 ? Math.round(0.22 * full) : full;
          expect(half[at + c]).toBe(expected);
        }
      }
    }
  });

  it("leaves the greatest values bright however high it is", () => {
    const all = paletteOf({ map: "dusk", threshold: 1 });
    const usual = paletteOf({ map: "dusk", threshold: 0 });
    for (const i of [255, 256, 511]) {
      expect(all.subarray(4 * i, 4 * i + 4)).toEqual(usual.subarray(4 * i, 4 * i + 4));
    }
  });
});
