import { describe, expect, it } from "vitest";

import type { Axis, PageLevel } from "../src/generated/protocol";
import { Allocator, type Place } from "../src/scene/allocator";
import { heightInSlices } from "../src/scene/atlas";
import { imageHeight, packLevels, PAGE_EDGE, pixelIndex, tileShape } from "../src/scene/page";

const SHAPES = [
  { tiles: 96, height: 112, width: 112 }, { tiles: 1152, height: 7, width: 7 },
  { tiles: 1000, height: 1, width: 1 }, { tiles: 3, height: 197, width: 64 },
  { tiles: 1, height: 1024, width: 1024 }, { tiles: 2048, height: 14, width: 9 },
];

/** The slices and rectangles that a place covers, page by page. */
function rectangles(place: Place): { slice: number; x: number; y: number; w: number; h: number }[] {
  const pages = Math.ceil(place.height / PAGE_EDGE);
  return Array.from({ length: pages }, (_, page) => ({
    slice: place.slice + page, x: place.x, y: place.y, w: place.width,
    h: Math.min(PAGE_EDGE, place.height - page * PAGE_EDGE),
  }));
}

describe("levels of a layer", () => {
  it("halve the tile's edges, rounded up, down to one pixel", () => {
    const levels = packLevels({ tiles: 5, height: 7, width: 12 });
    const sizes = levels.map((level) => [level.tile_height, level.tile_width]);
    expect(sizes).toEqual([[7, 12], [4, 6], [2, 3], [1, 2], [1, 1]]);
  });

  it("hold every pixel of every tile once", () => {
    for (const shape of SHAPES) {
      for (const level of packLevels(shape)) {
        const rows = imageHeight(shape.tiles, level);
        const seen = new Set<number>();
        for (let tile = 0; tile < shape.tiles; tile++) {
          seen.add(pixelIndex(level, tile, 0, 0));
          const last = pixelIndex(level, tile, level.tile_height - 1, level.tile_width - 1);
          expect(last).toBeLessThan(rows * level.width);
        }
        expect(seen.size).toBe(shape.tiles);
        expect(level.width).toBeLessThanOrEqual(PAGE_EDGE);
        expect(level.rows_per_page * level.tile_height).toBeLessThanOrEqual(PAGE_EDGE);
      }
    }
  });

  it("take their shape from the roles of the axes", () => {
    const axes: Axis[] = [
      { name: "batch", size: 1, role: "index" }, { name: "channel", size: 8, role: "tile" },
      { name: "row", size: 3, role: "row" },
    ];
    expect(tileShape(axes)).toEqual({ tiles: 8, height: 3, width: 1 });
  });
});

describe("places in slices", () => {
  const take = (allocator: Allocator, tiles: number, level: PageLevel) =>
    allocator.take(level.width, heightInSlices(tiles, level));

  it("never overlap and stay inside", () => {
    const allocator = new Allocator(256);
    const all = [...SHAPES, ...SHAPES].flatMap((shape) =>
      packLevels(shape).flatMap((level) => rectangles(take(allocator, shape.tiles, level)!)),
    );
    for (const one of all) {
      expect(one.x + one.w).toBeLessThanOrEqual(PAGE_EDGE);
      expect(one.y + one.h).toBeLessThanOrEqual(PAGE_EDGE);
      expect(one.slice).toBeLessThan(allocator.used);
    }
    all.forEach((a, i) => {
      for (const b of all.slice(i + 1)) {
        const apart = a.slice !== b.slice || a.x + a.w <= b.x || b.x + b.w <= a.x
          || a.y + a.h <= b.y || b.y + b.h <= a.y;
        expect(apart, JSON.stringify([a, b])).toBe(true);
      }
    });
  });

  it("are used again for images of the same size", () => {
    const allocator = new Allocator(256);
    const first = allocator.take(560, 2400)!;
    const { used } = allocator;
    allocator.giveBack(first);
    expect(allocator.take(560, 2400)).toEqual(first);
    expect(allocator.used).toBe(used);
  });

  it("are used again for images of other sizes, where enough was given back", () => {
    const allocator = new Allocator(3);
    const small = Array.from({ length: 16 }, () => allocator.take(256, 256)!);
    const large = allocator.take(1000, 2040)!;
    expect(allocator.take(1024, 1024)).toBeNull();
    for (const place of small) allocator.giveBack(place);
    expect(allocator.take(1024, 1024)).not.toBeNull();
    expect(allocator.take(512, 512)).toBeNull();
    allocator.giveBack(large);
    expect([1, 2, 3, 4].map(() => allocator.take(1024, 512) !== null)).toEqual(Array(4).fill(true));
    expect(allocator.take(8, 8)).toBeNull();
  });

  it("are used again by lower and by higher images, although some remain between", () => {
    const allocator = new Allocator(1);
    const bars = Array.from({ length: 32 }, () => allocator.take(1024, 32)!);
    const [last] = bars.splice(31);
    for (const bar of bars.splice(0, 16)) allocator.giveBack(bar);
    const count = (height: number, most: number): number =>
      Array.from({ length: most }, () => allocator.take(1024, height)).filter(Boolean).length;
    expect(count(8, 100)).toBe(64); // in sixteen times 32 rows
    for (const bar of bars) allocator.giveBack(bar);
    expect(count(480, 2)).toBe(1); // where fifteen were, one below the other
    expect(allocator.take(1024, 1)).toBeNull();
    allocator.giveBack(last!);
    expect(count(32, 2)).toBe(1);
  });

  it("are used again where an image of several pages stood above others", () => {
    const allocator = new Allocator(2);
    const large = allocator.take(1024, 1536)!;
    const below = allocator.take(1024, 400)!;
    expect(below).toMatchObject({ slice: 1, y: 512 });
    allocator.giveBack(large);
    expect(allocator.take(1024, 1024)).toMatchObject({ slice: 0, y: 0 });
    expect(allocator.take(1024, 500)).toMatchObject({ slice: 1, y: 0 });
    expect(allocator.take(1024, 12)).toMatchObject({ slice: 1, y: 500 });
    expect(allocator.take(1024, 112)).toMatchObject({ slice: 1, y: 912 });
    expect(allocator.take(1024, 1)).toBeNull();
  });

  it("are all free once everything was given back, in whatever order", () => {
    let seed = 11;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 20; round++) {
      const allocator = new Allocator(6);
      const taken: Place[] = [];
      for (let step = 0; step < 200; step++) {
        const place = allocator.take(1 + random(1024), 1 + random(random(4) ? 500 : 2500));
        if (place) taken.push(place);
        if (random(2) && taken.length > 0) {
          allocator.giveBack(taken.splice(random(taken.length), 1)[0]!);
        }
      }
      while (taken.length > 0) allocator.giveBack(taken.splice(random(taken.length), 1)[0]!);
      expect(allocator.take(1024, 6 * 1024)).toMatchObject({ slice: 0, y: 0 });
    }
  });

  it("never overlap, whatever is given back in between", () => {
    const allocator = new Allocator(24);
    const taken: Place[] = [];
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    for (let step = 0; step < 600; step++) {
      if (random(3) === 0 && taken.length > 0) {
        allocator.giveBack(taken.splice(random(taken.length), 1)[0]!);
      }
      const place = allocator.take(1 + random(1024), 1 + random(random(4) ? 300 : 2500));
      if (place) taken.push(place);
    }
    expect(taken.length).toBeGreaterThan(20);
    const all = taken.flatMap(rectangles);
    all.forEach((a, i) => {
      for (const b of all.slice(i + 1)) {
        const apart = a.slice !== b.slice || a.x + a.w <= b.x || b.x + b.w <= a.x
          || a.y + a.h <= b.y || b.y + b.h <= a.y;
        expect(apart, JSON.stringify([a, b])).toBe(true);
      }
    });
  });

  it("end where the texture does", () => {
    const allocator = new Allocator(2);
    expect(allocator.take(1024, 1024)).not.toBeNull();
    expect(allocator.take(1024, 1500)).toBeNull();
    expect(allocator.take(1024, 1000)).not.toBeNull();
    expect(allocator.take(1024, 1000)).toBeNull();
  });
});
