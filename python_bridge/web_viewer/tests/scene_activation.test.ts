import { describe, expect, it } from "vitest";

import type { Pages } from "../src/generated/protocol";
import { Activation } from "../src/scene/activation";
import { histogramOf } from "../src/scene/histogram";
import { packLevels } from "../src/scene/page";
import { PALETTE, scaleColour } from "../src/scene/palette";

/** An activation of tiles (rows of pixels each) whose codes and ranges are given. */
function activation(codes: number[][], ranges: [number, number][], width: number): Activation {
  const tiles = codes.length;
  const height = codes[0]!.length / width;
  const [level] = packLevels({ tiles, height, width });
  const pixels = new Uint8Array(Math.ceil(tiles / level!.columns) * height * level!.width);
  codes.forEach((tile, t) => {
    tile.forEach((code, i) => {
      const row = Math.floor(t / level!.columns) * height + Math.floor(i / width);
      pixels[row * level!.width + (t % level!.columns) * width + (i % width)] = code;
    });
  });
  const message: Pages = {
    type: "pages", network: "main", input: "input", run: 1, revision: 1, layer: "layer", tiles, buffers: [],
    axes: [
      { name: "channel", size: tiles, role: "tile" }, { name: "row", size: height, role: "row" },
      { name: "column", size: width, role: "column" },
    ],
    levels: [level!], selected: {},
  };
  return new Activation(message, new Float32Array(ranges.flat()), [pixels]);
}

describe("an activation", () => {
  const two = activation([[0, 252, 126, 63], [252, 0, 0, 255]], [[-2, 4 / 252], [0, 1 / 252]], 2);

  it("gives the value under the pointer, row by row from the top left", () => {
    expect(two.valueAt(0, 0.1, 0.1)).toBeCloseTo(-2);
    expect(two.valueAt(0, 0.9, 0.1)).toBeCloseTo(2);
    expect(two.valueAt(0, 0.1, 0.9)).toBeCloseTo(0);
    expect(two.valueAt(0, 0.9, 0.9)).toBeCloseTo(-1);
    expect(two.valueAt(1, 1, 1)).toBeNaN();
    expect(two.hasSpecials).toBe(true);
  });

  it("spans signed values around zero, others from zero", () => {
    expect(two.scale.signed).toBe(true);
    expect(two.scale.low).toBeCloseTo(-two.scale.high);
    expect(activation([[0, 252]], [[0, 1 / 252]], 2).scale).toEqual(
      { low: 0, high: expect.closeTo(1, 5) as number, signed: false });
  });

  it("does not let one outlier of many values darken all others", () => {
    const codes = Array.from({ length: 1000 }, (_, i) => (i === 500 ? 252 : i % 26));
    const scale = activation([codes], [[0, 1]], 10).scale;
    expect(scale.high).toBeLessThan(30);
    expect(scale.high).toBeGreaterThanOrEqual(25);
  });

  it("counts all numbers of a tile in its histogram, and nothing else", () => {
    const sum = (counts: Uint32Array) => counts.reduce((a, b) => a + b, 0);
    const { low, high } = two.scale;
    const ends = [low, high] as const;
    expect(sum(histogramOf(two, 0, 8, ends))).toBe(4);
    expect(sum(histogramOf(two, 1, 8, ends))).toBe(3);
    expect(sum(histogramOf(two, -1, 8, ends))).toBe(7);
    expect([...histogramOf(two, 0, 2, ends)]).toEqual([2, 2]);
  });

  it("spreads a histogram over the scale that it is drawn on", () => {
    const ramp = activation([[0, 84, 168, 252]], [[0, 1 / 252]], 2);
    expect([...histogramOf(ramp, 0, 4, [0, 1])]).toEqual([1, 1, 1, 1]);
    expect([...histogramOf(ramp, 0, 4, [-1, 1])]).toEqual([0, 0, 2, 2]);
    expect([...histogramOf(ramp, 0, 4, [0, 8])]).toEqual([4, 0, 0, 0]);
  });

  it("spans signed values from the least to the greatest, where that is wanted", () => {
    const signed = activation([[0, 126, 126, 252], [252, 0, 126, 63]], [[-1, 4 / 252], [0, 1 / 252]], 2);
    const least = Math.max(-1, signed.scale.low);
    expect(signed.span[0]).toBeCloseTo(least, 5);
    expect(signed.span[1]).toBeCloseTo(Math.min(3, signed.scale.high), 5);
    const [low, high] = signed.span;
    for (const normalization of ["layer", "channel"] as const) {
      const colours = { normalization, symmetric: false, palette: PALETTE };
      const ranges = signed.drawnRanges(colours);
      const { low: from, high: to, signed: around } = signed.drawnScale(colours);
      expect([from, around]).toEqual([0, false]);
      for (const tile of [0, 1]) {
        const own = signed.tileRange(tile);
        const [a, b] = normalization === "layer" ? [low, high] : [own.low, own.high];
        const end = normalization === "layer" ? to : ranges[2 * tile]! + 252 * ranges[2 * tile + 1]!;
        for (const code of [0, 63, 252]) {
          const drawn = (ranges[2 * tile]! + ranges[2 * tile + 1]! * code) / end;
          expect(drawn).toBeCloseTo((signed.value(tile, code) - a) / (b - a), 5);
        }
      }
    }
    const unsigned = activation([[0, 252]], [[0, 1 / 252]], 2);
    const colours = { normalization: "layer", symmetric: false, palette: PALETTE } as const;
    expect(unsigned.drawnScale(colours)).toEqual(unsigned.scale);
    expect(unsigned.drawnRanges(colours)).toBe(unsigned.ranges);
  });

  it("has the colour of its value as mean colour, where a tile is of one value", () => {
    const flat = activation([[126, 126, 126, 126], [0, 0, 0, 0]], [[0, 1 / 252], [1, 0]], 2);
    const colours = new Uint8Array(8);
    flat.tileColours({ normalization: "layer", symmetric: true, palette: PALETTE }, colours, 0);
    const place = Math.round(0.5 / flat.scale.high * 255) / 255;
    expect([...colours.subarray(0, 3)]).toEqual(scaleColour(place, false));
    flat.tileColours({ normalization: "channel", symmetric: true, palette: PALETTE }, colours, 0);
    expect([...colours.subarray(0, 3)]).toEqual(scaleColour(128 / 255, false));
    expect([...colours.subarray(4, 7)]).toEqual([...PALETTE.subarray(255 * 4, 255 * 4 + 3)]);
  });
});
