import { describe, expect, it } from "vitest";

import { Activation } from "../src/scene/activation";
import { filtered, spread } from "../src/scene/filtering";
import { keysOf, orderOf, repacked, sorted } from "../src/scene/ordering";
import { imageHeight, LAST_CODE, packLevels, pixelIndex, type TileShape } from "../src/scene/page";
import { tileRect } from "../src/scene/picking";
import { panelRect } from "../src/scene/walls";
import { FRAME_S, pagesOf, Walls } from "./layers";

const SHAPE: TileShape = { tiles: 37, height: 12, width: 20 };

/** Numbers 0 .. 1 that are the same every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** A layer of numbers with some that are none; tile 5 has one value, tile 6 no number at all. */
function made(): { activation: Activation; values: number[][] } {
  const next = random(7);
  const [message, ranges, [image]] = pagesOf("layer", 1, SHAPE, [0]);
  const [packing] = message.levels;
  const values = Array.from({ length: SHAPE.tiles }, (_, tile) => {
    ranges.set([next() - 0.7, 0.001 + next() / 100], 2 * tile);
    return Array.from({ length: 240 }, (_, i) => {
      let code = Math.floor((LAST_CODE + 1) * next());
      if (i % 29 === 3) code = 255;
      if (tile === 5) code = 9;
      if (tile === 6) code = 255;
      image![pixelIndex(packing!, tile, Math.floor(i / 20), i % 20)] = code;
      return code > LAST_CODE ? NaN : ranges[2 * tile]! + ranges[2 * tile + 1]! * code;
    });
  });
  return { activation: new Activation(message, ranges, [image!]), values };
}

const numbers = (values: number[]) => values.filter((one) => !Number.isNaN(one));
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function slowCorrelation(a: number[], b: number[]): number {
  const both = a.map((x, i) => [x, b[i]!]).filter(([x, y]) => !Number.isNaN(x! + y!));
  const [x, y] = [both.map((one) => one[0]!), both.map((one) => one[1]!)];
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((one, i) => (one - mx) * (y[i]! - my)));
  return covariance / Math.sqrt(mean(x.map((v) => (v - mx) ** 2)) * mean(y.map((v) => (v - my) ** 2)));
}

describe("the order of channels", () => {
  const { activation, values } = made();

  it("is by mean of what are numbers", () => {
    const keys = keysOf(activation, "mean", 0);
    values.forEach((one, tile) => {
      if (tile === 6) expect(keys[tile]).toBeNaN();
      else expect(keys[tile]).toBeCloseTo(mean(numbers(one)), 5);
    });
    const order = orderOf(activation, "mean", 0, null);
    expect(order.at(-1)).toBe(6);
    const means = [...order].slice(0, -1).map((tile) => mean(numbers(values[tile]!)));
    expect(means).toEqual([...means].sort((a, b) => b - a));
  });

  it("is by similarity to a channel, which comes first; what never changes is like nothing", () => {
    const keys = keysOf(activation, "similarity", 3);
    values.forEach((one, tile) => {
      if (tile === 3) expect(keys[tile]).toBe(Infinity);
      else if (tile === 5 || tile === 6) expect(keys[tile]).toBeNaN();
      else expect(keys[tile]).toBeCloseTo(slowCorrelation(one, values[3]!), 4);
    });
    const order = [...orderOf(activation, "similarity", 3, null)];
    expect(order[0]).toBe(3);
    expect(order.slice(-2)).toEqual([5, 6]);
  });

  it("puts equal ones in the order of their index", () => {
    expect([...sorted([1, NaN, 3, 1, 3, -Infinity])]).toEqual([2, 4, 0, 3, 1, 5]);
    expect([...orderOf(activation, "index", 0, null)]).toEqual(values.map((_, tile) => tile));
  });

  it("has the greatest maxima among the first of those by index", () => {
    const greatest = values.map((_, tile) => activation.tileRange(tile).high);
    const strongest = [...greatest].sort((a, b) => b - a).slice(0, 4);
    const order = [...orderOf(activation, "index", 0, 4)];
    expect(order.slice(0, 4).map((tile) => greatest[tile]!).sort((a, b) => b - a)).toEqual(strongest);
    expect(order.slice(0, 4)).toEqual(order.slice(0, 4).sort((a, b) => a - b));
    expect(order.slice(4)).toEqual(order.slice(4).sort((a, b) => a - b));
    expect(new Set(order).size).toBe(SHAPE.tiles);
  });

  it("is that of the packed image, pixel by pixel", () => {
    const shape: TileShape = { tiles: 70, height: 100, width: 300 };
    const order = sorted(Array.from({ length: 70 }, random(3)));
    for (const packing of packLevels(shape).slice(0, 3)) {
      const next = random(11);
      const image = Uint8Array.from({ length: imageHeight(70, packing) * packing.width }, () => 250 * next());
      const moved = repacked(packing, image, order);
      const different = [...order].filter((tile, cell) => {
        for (let row = 0; row < packing.tile_height; row++) {
          for (let column = 0; column < packing.tile_width; column++) {
            const from = image[pixelIndex(packing, tile, row, column)];
            if (moved[pixelIndex(packing, cell, row, column)] !== from) return true;
          }
        }
        return false;
      });
      expect(different).toEqual([]);
    }
  });
});

describe("a panel of which some tiles are shown", () => {
  const panel = {
    first: 8, count: 60, columns: 10, rows: 6, centre_m: [0.5, 1.4], pitch_m: [0.2, 0.3], free: 0.08,
  } as Parameters<typeof filtered>[0];

  it("has as large tiles as its place lets them be, inside it", () => {
    const before = panelRect(panel);
    for (let kept = 9; kept < 68; kept++) {
      const now = filtered(panel, kept - 8);
      expect(now.count).toBe(kept - 8);
      expect(now.columns * now.rows).toBeGreaterThanOrEqual(now.count);
      expect(now.pitch_m[0] / now.pitch_m[1]).toBeCloseTo(2 / 3);
      const rect = panelRect(now);
      expect(rect.left).toBeGreaterThanOrEqual(before.left - 1e-9);
      expect(rect.bottom).toBeGreaterThanOrEqual(before.bottom - 1e-9);
      expect(rect.left + rect.width).toBeLessThanOrEqual(before.left + before.width + 1e-9);
      expect(rect.bottom + rect.height).toBeLessThanOrEqual(before.bottom + before.height + 1e-9);
      for (let columns = 1; columns <= 60; columns++) {
        const rows = Math.ceil(now.count / columns);
        expect(Math.min(2 / (columns * 0.2), 1.8 / (rows * 0.3)) * 0.2)
          .toBeLessThanOrEqual(now.pitch_m[0] + 1e-9);
      }
      expect(tileRect(now, 8)[0]).toBeGreaterThan(before.left);
    }
  });

  it("is the same with all of them, and shows none that are not kept", () => {
    expect(filtered(panel, 60)).toEqual(panel);
    expect(filtered(panel, 1000)).toEqual(panel);
    expect(filtered(panel, 0).count).toBe(0);
  });

  it("shares what is kept with those beside it: each cell is on one, and none is left empty", () => {
    const walls = [40, 40, 20].map((count, i) => ({ ...panel, first: [0, 40, 80][i]!, count }));
    for (const kept of [1, 2, 3, 7, 50, 99, 100, 200]) {
      const now = spread(walls, kept);
      const cells = now.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));
      expect(cells).toEqual(Array.from({ length: Math.min(kept, 100) }, (_, cell) => cell));
      expect(now[0]!.count).toBeGreaterThan(0);
      if (kept >= 5) expect(Math.min(...now.map(({ count }) => count))).toBeGreaterThan(0);
    }
    expect(spread(walls, 50).map(({ count }) => count)).toEqual([20, 20, 10]);
  });
});

describe("layers in another order", () => {
  const shape: TileShape = { tiles: 8, height: 16, width: 16 };
  const backwards = Int32Array.from([7, 6, 5, 4, 3, 2, 1, 0]);

  it("show it once it is there, with its ranges, and go on doing so in the next run", () => {
    const walls = new Walls(8 << 20, shape, 1);
    const { layers } = walls;
    walls.want(0, 2);
    const receive = (run: number): void => {
      const [message, ranges, pixels] = pagesOf("layer0", run, shape, [0, 1, 2, 3, 4]);
      ranges.forEach((_, i) => (ranges[i] = 100 * run + i));
      layers.receive(message, ranges, pixels, walls.now);
    };
    const offsets = (): number[] => {
      const { entries } = layers.get("layer0").shown!;
      return [...layers.tables.ranges.data.subarray(2 * entries, 2 * entries + 16)].filter((_, i) => i % 2 === 0);
    };
    const colours = (): string[] => {
      const { entries } = layers.get("layer0").shown!;
      return offsets().map((_, cell) => {
        const at = 4 * (entries + cell);
        return [...layers.tables.colours.data.subarray(at, at + 3)].join();
      });
    };
    receive(1);
    walls.draw(1);
    const before = colours();
    expect(new Set(before).size).toBe(8);
    layers.reorder("layer0", backwards);
    expect(layers.isOrdered("layer0", backwards)).toBe(false);
    expect([layers.tileAt("layer0", 0), layers.cellOf("layer0", 2)]).toEqual([0, 2]);
    walls.draw(FRAME_S);
    expect(layers.isOrdered("layer0", backwards)).toBe(true);
    expect([layers.tileAt("layer0", 0), layers.cellOf("layer0", 2)]).toEqual([7, 5]);
    expect(offsets()).toEqual([114, 112, 110, 108, 106, 104, 102, 100]);
    expect(colours()).toEqual(before.reverse());
    receive(2);
    walls.draw(1);
    expect(offsets()).toEqual([214, 212, 210, 208, 206, 204, 202, 200]);
    layers.reorder("layer0", null);
    walls.draw(1);
    expect(offsets()).toEqual([200, 202, 204, 206, 208, 210, 212, 214]);
  });

  it("show the order chosen last, also while a former one is on its way", () => {
    const walls = new Walls(8 << 20, shape, 1);
    walls.want(0, 2);
    walls.receive("layer0", 1, [0, 1, 2, 3, 4]);
    walls.draw(1);
    walls.layers.reorder("layer0", backwards);
    walls.layers.reorder("layer0", null);
    walls.draw(1);
    expect(walls.layers.isOrdered("layer0", null)).toBe(true);
    expect(walls.layers.waiting).toBe(false);
  });
});
