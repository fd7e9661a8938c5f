import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import {
  finestWorth,
  inOrderOfSight,
  levelOfDetail,
  outlookOf,
  partsOf,
  planFor,
  type Seen,
} from "../src/app/sight";
import type { Field } from "../src/scene/fields";
import { bytesFrom, firstLightLevel } from "../src/scene/page";
import type { Want } from "../src/scene/types";

const [WIDTH, HEIGHT] = [1280, 720];
const NONE: ReadonlyMap<string, Want> = new Map();

/** What the bridge sends of layers of these shapes, to who wants all of it. */
interface Golden {
  name: string;
  edge: number;
  shapes: [tiles: number, height: number, width: number][];
  plans: { budget: number; coarse: number[]; finest: number[] }[];
}

const PLANS = new URL("../../../tests/golden/plan/plans.json", import.meta.url);
const golden = JSON.parse(readFileSync(PLANS, "utf-8")) as Golden[];

/** A field 2 m wide and 2 m high at eye level, of 4 x 4 tiles of 56 x 56. */
function field(layer: string, x: number, z: number, yaw = 0): Field {
  const [s, c] = [Math.sin(yaw), Math.cos(yaw)];
  return {
    layer, centre: [x, 1.6, z], x: [c, 0, -s], y: [0, 1, 0], normal: [s, 0, c],
    pixel_m: [0.5 / 1.085 / 56, 0.5 / 1.085 / 56], shape: { tiles: 16, height: 56, width: 56 },
  };
}

function lookingAhead(z = 0, yaw = 0) {
  return outlookOf({ position: [0, 1.6, z], yaw, pitch: 0, fov: 58 }, WIDTH, HEIGHT);
}

function seen(layer: string, level: number, edge = 56, tiles = 16): Seen {
  return { layer, level, shape: { tiles, height: edge, width: edge }, inView: true, area: 1 };
}

describe("the order of sight", () => {
  it("has the nearest in view first, and what is behind the visitor last", () => {
    const fields = [field("behind", 0, 3), field("far", 0, -40), field("near", 0.5, -3)];
    const order = inOrderOfSight(fields, [lookingAhead()]);
    expect(order.map(({ layer }) => layer)).toEqual(["near", "far", "behind"]);
    expect(order.map(({ inView }) => inView)).toEqual([true, true, false]);
    const turned = inOrderOfSight(fields, [lookingAhead(0, Math.PI)]);
    expect(turned.find(({ layer }) => layer === "behind")!.inView).toBe(false); // its back
  });

  it("has the larger of two equally far ones first", () => {
    const large = { ...field("large", 0, -6), x: [2, 0, 0], y: [0, 1.5, 0] } as Field;
    const order = inOrderOfSight([field("small", 0, -6), large], [lookingAhead()]);
    expect(order.map(({ layer }) => layer)).toEqual(["large", "small"]);
  });

  it("takes a layer on two walls for where it is seen best", () => {
    const [twice] = inOrderOfSight([field("a", -1, -30), field("a", 1, -4)], [lookingAhead()]);
    const [once] = inOrderOfSight([field("a", 1, -4)], [lookingAhead()]);
    expect(twice).toEqual(once);
  });

  it("knows the level at which a pixel of the screen covers one of the tile", () => {
    // Straight on, d metres away, a pixel of the screen is 2 d tan(29°) / 720 metres wide.
    for (const distance of [1, 8, 60]) {
      const [one] = inOrderOfSight([field("a", 0, -distance)], [lookingAhead()]);
      const screen = (2 * distance * Math.tan((29 * Math.PI) / 180)) / HEIGHT;
      expect(one!.level).toBeCloseTo(levelOfDetail(screen / (0.5 / 1.085 / 56)), 6);
    }
  });
});

describe("the finest level worth having", () => {
  it("is there before it is seen", () => {
    // The shader needs level k up to where it blends it out, 0.65 levels farther.
    for (let level = 0; level < 5; level += 0.01) {
      expect(finestWorth(level)).toBeLessThanOrEqual(Math.floor(level + 0.35));
    }
    expect(finestWorth(0)).toBe(0);
    expect(finestWorth(3.2)).toBe(3);
  });

  it("does not flutter where the visitor steps to and fro", () => {
    let [level, before, changes] = [1.15, finestWorth(1.15), 0];
    for (let step = 0; step < 100; step++) {
      level += step % 2 ? 0.2 : -0.2;
      const now = finestWorth(level, before);
      changes += Number(now !== before);
      before = now;
    }
    expect(changes).toBeLessThanOrEqual(1);
  });
});

describe("a plan", () => {
  const bounds = { bytes: 1e9, slices: 1e9, edge: 1024, whole: new Set<string>() };

  it("wants first light of all, and of each as much detail as can be seen", () => {
    const { wants, bytes } = planFor([seen("a", 0), seen("b", 1.2), seen("c", 9)], bounds, NONE);
    expect([...wants.values()].map(({ finest }) => finest)).toEqual([0, 1, 2]);
    expect([...wants.values()].map(({ coarse }) => coarse)).toEqual([2, 2, 2]);
    const shape = { tiles: 16, height: 56, width: 56 };
    const sum = [0, 1, 2].reduce((total, level) => total + bytesFrom(shape, level), 0);
    expect(bytes).toBe(sum + 2 * 8 * 16); // ranges come once more with the detail of two
  });

  it("stays within its bytes, and is coarser from the farthest on", () => {
    const layers = Array.from({ length: 30 }, (_, i) => seen(`l${i}`, 0, 224));
    const whole = bytesFrom(layers[0]!.shape, 0);
    for (const share of [0.02, 0.1, 0.3, 0.9]) {
      const most = share * 30 * whole;
      const { wants, bytes } = planFor(layers, { ...bounds, bytes: most }, NONE);
      expect(bytes).toBeLessThanOrEqual(most);
      const finest = [...wants.values()].map((want) => want.finest);
      expect(finest).toEqual([...finest].sort((a, b) => a - b));
      if (share > 0.2) expect(finest[0]).toBe(0);
    }
  });

  it("leaves the farthest dark where there is not even room for ranges, and says so", () => {
    const layers = Array.from({ length: 10 }, (_, i) => seen(`l${i}`, 0, 4, 1000));
    const least = bytesFrom(layers[0]!.shape, 2);
    const { wants, dark, leastBytes, bytes } = planFor(layers, { ...bounds, bytes: 7.5 * least }, NONE);
    expect([...wants.keys()]).toEqual(layers.slice(0, 7).map(({ layer }) => layer));
    expect([...dark]).toEqual(["l7", "l8", "l9"]);
    expect(bytes).toBeLessThanOrEqual(7.5 * least);
    expect(leastBytes).toBe(10 * least);
    const enough = planFor(layers, { ...bounds, bytes: leastBytes }, NONE);
    expect([enough.wants.size, enough.dark.size]).toEqual([10, 0]);
  });

  it.each(golden)("is what the bridge sends: $name", ({ shapes, edge, plans }) => {
    const all = shapes.map(([tiles, height, width], i): Seen => (
      { ...seen(`l${i}`, 0), shape: { tiles, height, width } }
    ));
    expect(plans.length).toBeGreaterThan(3);
    for (const { budget, coarse, finest } of plans) {
      const most = { ...bounds, bytes: budget, slices: Infinity, edge };
      const wants = [...planFor(all, most, NONE).wants.values()];
      expect(wants.map((want) => want.coarse)).toEqual(coarse);
      expect(wants.map((want) => want.finest)).toEqual(finest);
    }
  });

  it("wants all of the selected layer, and nothing that no texture holds", () => {
    const layers = [seen("chosen", 5), seen("wide", 0, 5000, 1)];
    const { wants } = planFor(layers, { ...bounds, whole: new Set(["chosen"]) }, NONE);
    expect(wants.get("chosen")!.finest).toBe(0);
    expect(Math.ceil(5000 / 2 ** wants.get("wide")!.finest)).toBeLessThanOrEqual(1024);
  });
});

describe("a request", () => {
  const wantsOf = (count: number): Map<string, Want> =>
    new Map(
      Array.from({ length: count }, (_, rank) => [
        `layer${rank}`, { rank, finest: rank % 3, coarse: 2 },
      ]),
    );

  it("names every layer once for first light, then the detailed ones in order", () => {
    const [first, ...then] = partsOf(wantsOf(700));
    expect(first.first_light).toBe(true);
    expect(new Set(first.layers).size).toBe(700);
    expect(first.layers).toHaveLength(700);
    expect(then.length).toBeLessThanOrEqual(64);
    const named = then.flatMap(({ layers }) => layers);
    expect(named).toHaveLength(new Set(named).size);
    expect(new Set(named).size).toBe([...wantsOf(700).values()].filter((w) => w.finest < 2).length);
    expect(then[0]!.layers).toEqual(["layer0"]);
    expect(then[0]!.levels[0]).toBe(0);
    for (const { layers, levels } of then) {
      for (const layer of layers) expect(Number(layer.slice(5)) % 3).toBe(levels[0]);
    }
  });

  it("names no more layers in a part than a part may have", () => {
    const parts = partsOf(wantsOf(10_000));
    for (const { layers } of parts) expect(layers.length).toBeLessThanOrEqual(4096);
    expect(parts.filter((part) => part.first_light).flatMap((part) => part.layers).length).toBe(10_000);
    expect(parts.length).toBeLessThanOrEqual(65);
  });

  it("stays the same while far layers change places", () => {
    const wants = wantsOf(40);
    const names = [...wants.keys()];
    [names[36], names[38]] = [names[38]!, names[36]!];
    const swapped = new Map(names.map((name) => [name, wants.get(name)!]));
    expect(partsOf(swapped)).toEqual(partsOf(wants));
  });
});

describe("first light", () => {
  it("is the coarsest level with enough pixels an edge", () => {
    const level = (height: number, width: number) => firstLightLevel({ tiles: 1, height, width });
    expect([level(112, 112), level(14, 14), level(7, 7), level(1, 1), level(197, 64)])
      .toEqual([2, 2, 1, 0, 2]);
  });
});
