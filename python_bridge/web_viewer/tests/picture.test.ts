/** Files of pictures, panoramas, flights, and the order of tours: what needs no graphics. */

import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { formatLink, parseLink } from "../src/app/link";
import { inOrderOfSight } from "../src/app/sight";
import { moved, restOf, type Stop, stopsOf } from "../src/app/tour";
import { momentsOf } from "../src/picture/flight";
import { directionOf, panoramaRows, placeOn, SIDES, sideEdge } from "../src/picture/panorama";
import { PngWriter } from "../src/picture/png";
import { outlooksOf, problemOf } from "../src/picture/taking";
import { tilesOf } from "../src/scene/exposure";
import type { Field } from "../src/scene/fields";

describe("a PNG file", () => {
  it.each([true, false])("has the pixels that were written, with alpha: %s", async (alpha) => {
    const [width, height] = [5, 7];
    const rgba = Uint8Array.from({ length: 4 * width * height }, (_, i) => (i * 37 + (i >> 3)) % 256);
    for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
    const file = new PngWriter(width, height, alpha);
    await file.write(rgba.subarray(0, 4 * width * 3));
    await file.write(rgba.subarray(4 * width * 3));
    const { pixels, depth } = read(new Uint8Array(await (await file.finish()).arrayBuffer()), width);
    expect(depth).toBe(alpha ? 4 : 3);
    const expected = [...rgba].filter((_, i) => alpha || i % 4 < 3);
    expect([...pixels]).toEqual(expected);
  });

  it("has colours that are not multiplied by alpha, and light on nothing as bright as it is", async () => {
    const file = new PngWriter(3, 1, true);
    await file.write(new Uint8Array([100, 50, 0, 200, 0, 0, 0, 0, 80, 40, 0, 10]));
    const { pixels } = read(new Uint8Array(await (await file.finish()).arrayBuffer()), 3);
    expect([...pixels]).toEqual([128, 64, 0, 200, 0, 0, 0, 0, 255, 128, 0, 80]);
  });

  it("is not finished before all rows are there", async () => {
    const file = new PngWriter(2, 2, false);
    await file.write(new Uint8Array(8));
    await expect(file.finish()).rejects.toThrow("1 of 2 rows");
  });
});

describe("tiles", () => {
  it("cover a picture once, whatever the GPU's limit", () => {
    for (const [width, height, edge, pixels] of [[7680, 4320, 8192, 1 << 21], [700, 451, 128, 1 << 21], [33, 17, 16, 64]] as const) {
      const tiles = tilesOf(width, height, edge, pixels);
      expect(tiles.reduce((sum, one) => sum + one.width * one.height, 0)).toBe(width * height);
      expect(Math.max(...tiles.flatMap((one) => [one.width, one.height]))).toBeLessThanOrEqual(edge);
      expect(tiles.every(({ x, y }) => x % 2 === 0 && y % 2 === 0)).toBe(true);
      const last = tiles.at(-1)!;
      expect([last.x + last.width, last.y + last.height]).toEqual([width, height]);
    }
  });
});

describe("a panorama", () => {
  it("looks straight ahead in its middle, to the right of it to the right, and up at the top", () => {
    const near = (a: readonly number[], b: readonly number[]) => a.forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 1));
    near(directionOf(127.5, 63.5, 256), [0, 0, -1]);
    near(directionOf(191.5, 63.5, 256), [1, 0, 0]);
    near(directionOf(-0.5, 63.5, 256), [0, 0, 1]);
    near(directionOf(127.5, -0.5, 256), [0, 1, 0]);
  });

  it("takes every direction from the side that faces it, never from beyond its picture", () => {
    const edge = sideEdge(256);
    const sides = new Set<number>();
    for (let y = 0; y < 128; y++) {
      for (let x = 0; x < 256; x++) {
        const place = placeOn(directionOf(x, y, 256), edge);
        sides.add(place.side);
        expect(Math.min(place.x, place.y)).toBeGreaterThanOrEqual(0);
        expect(Math.max(place.x, place.y)).toBeLessThan(edge - 1);
      }
    }
    expect([...sides].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(placeOn([0, 0, -1], edge)).toEqual({ side: 0, x: (edge - 1) / 2, y: (edge - 1) / 2 });
    expect(SIDES[placeOn([1, 0, 0], edge).side]).toEqual({ turn: -Math.PI / 2, pitch: 0 });
  });

  it("puts pixels of sides in their places", () => {
    const edge = sideEdge(64);
    const sides = SIDES.map((_, side) => new Uint8Array(4 * edge * edge).fill(40 * side));
    const rows = panoramaRows(sides, edge, 64, 15, 2);
    expect([32, 48, 0, 16].map((x) => rows[4 * x])).toEqual([0, 40, 80, 120]);
    expect(panoramaRows(sides, edge, 64, 0, 1)[0]).toBe(160);
    expect(panoramaRows(sides, edge, 64, 31, 1)[0]).toBe(200);
  });
});

describe("a flight", () => {
  it("begins at the first stop, ends at the last, rests at each, and never goes back", () => {
    const moments = momentsOf(3, 10, 30);
    expect(moments).toHaveLength(300);
    expect(moments[0]).toEqual({ from: 0, share: 0 });
    expect(moments.at(-1)).toEqual({ from: 2, share: 0 });
    const way = moments.map(({ from, share }) => from + share);
    expect(way.every((at, i) => i === 0 || at >= way[i - 1]!)).toBe(true);
    for (const stop of [0, 1, 2]) expect(way.filter((at) => at === stop).length).toBeGreaterThan(20);
  });

  it("of one stop stays there", () => {
    expect(momentsOf(1, 1, 4)).toEqual(Array.from({ length: 4 }, () => ({ from: 0, share: 0 })));
    expect(momentsOf(2, 0.01, 30)).toEqual([{ from: 0, share: 0 }]);
  });
});

describe("the detail of a picture", () => {
  const pose = { position: [0, 1.6, 0] as [number, number, number], yaw: 0, pitch: 0, fov: 58 };
  const picture = { width: 960, height: 540, samples: 1, transparent: false, panorama: false };
  const field = (layer: string, z: number): Field => ({
    layer, shape: { tiles: 1, height: 112, width: 112 }, centre: [0, 1.6, z], x: [1, 0, 0],
    y: [0, 1, 0], normal: [0, 0, -Math.sign(z)], pixel_m: [2 / 112, 2 / 112],
  });

  it("is as fine as its pixels", () => {
    const far = [field("wall", -300)];
    const [small] = inOrderOfSight(far, outlooksOf(picture, pose));
    const [large] = inOrderOfSight(far, outlooksOf({ ...picture, width: 7680, height: 4320 }, pose));
    expect(small!.level - large!.level).toBeCloseTo(3, 1);
  });

  it("is that of all directions in a panorama", () => {
    const behind = [field("wall", 5)];
    expect(inOrderOfSight(behind, outlooksOf(picture, pose))[0]!.inView).toBe(false);
    const around = { ...picture, width: 1024, height: 512, panorama: true };
    expect(inOrderOfSight(behind, outlooksOf(around, pose))[0]!.inView).toBe(true);
  });
});

describe("a size", () => {
  const picture = { width: 7680, height: 4320, samples: 4, transparent: false, panorama: false };
  it.each([
    [picture, 8192, ""], [{ ...picture, width: 9000 }, 16384, "more than 8192"],
    [picture, 4096, "more than 4096"], [{ ...picture, height: 3 }, 8192, "at least 16"],
    [{ ...picture, width: 99.5 }, 8192, "at least"], [{ ...picture, panorama: true }, 8192, "twice as wide"],
  ])("%o on a GPU of %i: %s", (one, most, said) => {
    expect(problemOf(one, most)).toContain(said);
    expect(problemOf(one, most) === "").toBe(said === "");
  });
});

describe("a tour", () => {
  const stops: Stop[] = ["a", "b", "c"].map((name) => ({ name, link: `#layer=${name}`, note: "", order: 0 }));

  it("goes from the least order to the greatest, then by name", () => {
    const kept = { z: { link: "#", order: 1 }, b: { link: "#", order: 2 }, a: { link: "#", order: 2 } };
    expect(stopsOf(kept).map(({ name }) => name)).toEqual(["z", "a", "b"]);
    expect(stopsOf(undefined)).toEqual([]);
  });

  it("moves a stop past its neighbour, also where both had the same place", () => {
    const changed = moved(stops, "c", -1);
    const all = stops.map((stop) => changed.find(({ name }) => name === stop.name) ?? stop);
    expect(all.sort((a, b) => a.order - b.order).map(({ name }) => name)).toEqual(["a", "c", "b"]);
    expect(moved(stops, "a", -1)).toEqual([]);
    expect(moved(stops, "none", 1)).toEqual([]);
  });

  it("rests longer where there is more to read", () => {
    expect(restOf({ ...stops[0]!, note: "x".repeat(200) })).toBeGreaterThan(restOf(null) + 5);
    expect(restOf({ ...stops[0]!, note: "x".repeat(1000) })).toBeLessThanOrEqual(25);
  });

  it("is in a link, and so is a layout", () => {
    const link = parseLink("#view=overview&layout=tower,1.4&tour=Kaffee%20%E2%98%95");
    expect(link).toMatchObject({ layout: { kind: "tower", spacing: 1.4 }, tour: "Kaffee ☕" });
    expect(parseLink(formatLink(link))).toEqual(link);
    expect(parseLink("#tour=").tour).toBe("");
    for (const layout of ["cube", "tower,x", "tower,1,2", ""]) {
      expect(parseLink(`#layout=${layout}`).layout).toBeUndefined();
    }
    expect(parseLink("#layout=spiral,99").layout).toEqual({ kind: "spiral", spacing: 3 });
  });
});

/** What a decoder makes of a file with the filters Sub and Up; checks the checksums of its chunks. */
function read(file: Uint8Array, width: number): { pixels: Uint8Array; depth: number } {
  const view = new DataView(file.buffer);
  const data: number[] = [];
  let depth = 0;
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    expect(view.getUint32(at + 8 + length)).toBe(crc(file.subarray(at + 4, at + 8 + length)));
    if (name === "IHDR") depth = file[at + 17] === 6 ? 4 : 3;
    if (name === "IDAT") data.push(...file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const lines = inflateSync(Uint8Array.from(data));
  const row = width * depth;
  const pixels = new Uint8Array((lines.length / (row + 1)) * row);
  for (let y = 0; y * (row + 1) < lines.length; y++) {
    const filter = lines[y * (row + 1)]!;
    for (let i = 0; i < row; i++) {
      const left = i < depth ? 0 : pixels[y * row + i - depth]!;
      const above = y === 0 ? 0 : pixels[(y - 1) * row + i]!;
      pixels[y * row + i] = lines[y * (row + 1) + 1 + i]! + (filter === 1 ? left : above);
    }
  }
  return { pixels, depth };
}

function crc(bytes: Uint8Array): number {
  let c = ~0;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (0xedb88320 & -(c & 1));
  }
  return ~c >>> 0;
}
