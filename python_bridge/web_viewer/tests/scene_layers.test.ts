import { describe, expect, it } from "vitest";

import { LEVELS, planFor } from "../src/app/sight";
import { slicesFrom } from "../src/scene/atlas";
import { bytesFrom, type TileShape } from "../src/scene/page";
import { Walls } from "./layers";

const SHAPE: TileShape = { tiles: 64, height: 128, width: 128 };
const COARSE = [2, 3, 4, 5, 6, 7, 8];
const ALL = [0, 1, ...COARSE];
const SMALL: TileShape = { tiles: 16, height: 256, width: 256 };

/** A run's coarse levels, then its detail so many seconds later, until nothing waits. */
function show(walls: Walls, run: number, later: number): void {
  for (const name of walls.names) walls.receive(name, run, COARSE);
  walls.draw(later);
  for (const name of walls.names) {
    walls.receive(name, run, [0, 1]);
    walls.draw(0.005);
  }
  walls.draw(4);
}

describe("another image", () => {
  // While the former one fades out, both take places: of neither is there all the detail.
  const cases = [0.45, 0.6, 0.75].flatMap((share) => [0.02, 0.1].map((later) => ({ share, later })));

  it.each(cases)("has all its detail in the end: $share of the budget, $later s", (one) => {
    const walls = new Walls(Math.ceil((8 * slicesFrom(SHAPE, 0)) / one.share), SHAPE, 8);
    walls.want(0, 2);
    for (const run of [1, 2]) {
      show(walls, run, one.later);
      expect(walls.shown).toEqual(walls.names.map(() => 0));
      expect(walls.layers.waiting).toBe(false);
    }
  });

  it("has detail on the nearest walls, and light on all, where there is not room for all", () => {
    const walls = new Walls(6 * slicesFrom(SHAPE, 0), SHAPE, 8);
    walls.want(0, 2);
    for (const run of [1, 2]) show(walls, run, 0.02);
    expect(walls.shown.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(walls.shown.every((finest) => finest !== undefined && finest <= 2)).toBe(true);
    expect(walls.layers.waiting).toBe(false);
  });
});

describe("a layer on a wall that there is no room for", () => {
  it("shows nothing, not even of an earlier run, and comes again when there is", () => {
    const walls = new Walls(64 << 20, SMALL, 2);
    walls.want(2, 2);
    for (const name of walls.names) walls.receive(name, 1, [2]);
    walls.draw(1);
    const near = { rank: 0, finest: 2, coarse: 2 };
    walls.layers.want(new Map([["layer0", near]]));
    expect(walls.shown).toEqual([2, undefined]);
    walls.layers.want(new Map([["layer1", near]]));
    expect(walls.layers.missing(1)).toEqual([{ layer: "layer1", level: 2 }]);
    walls.receive("layer1", 1, [2]);
    walls.draw(1);
    expect(walls.shown).toEqual([undefined, 2]);
  });
});

describe("runs in quick succession", () => {
  const TINY: TileShape = { tiles: 16, height: 16, width: 16 };
  const ALL_TINY = [0, 1, 2, 3, 4];

  function play(hz: number, runs: number): Walls {
    const walls = new Walls(64 << 20, TINY, 40);
    walls.want(0, 0);
    for (let run = 1; run <= runs; run++) {
      for (const name of walls.names) walls.receive(name, run, ALL_TINY);
      walls.draw(1 / hz);
    }
    return walls;
  }

  /** Generations, which count the runs, of what the walls show. */
  const generations = ({ names, layers }: Walls) =>
    names.map((name) => layers.get(name).shown?.generation ?? 0);

  it("fill all walls of a page that is slower than they are", () => {
    const walls = new Walls(64 << 20, TINY, 20);
    walls.want(0, 0);
    for (let run = 1; run <= 12; run++) {
      for (const name of walls.names) walls.receive(name, run, ALL_TINY);
      walls.now += 1; // a slow frame, with time for two walls
      walls.layers.pump(walls.now, 2 * 16 * 16 * 16, 1);
    }
    expect(walls.shown).toEqual(walls.names.map(() => 0));
  });

  // From the thirteenth station on a run begins to show 144 ms after it came.
  it.each([5, 8, 10, 20, 30])("show on the farthest walls too: %i a second", (hz) => {
    const late = Math.ceil(0.144 * hz) + 1;
    expect(Math.min(...generations(play(hz, 60)))).toBeGreaterThanOrEqual(60 - late);
  });

  it("begin station by station where there is time for it", () => {
    const walls = play(2, 3);
    for (const name of walls.names) walls.receive(name, 4, ALL_TINY);
    walls.draw(0.07);
    const shown = generations(walls);
    expect(shown.slice(0, 5)).toEqual(Array(5).fill(4));
    expect(shown.slice(8)).toEqual(Array(32).fill(3));
  });

  it("do not wait for what is on show to become sharp before their turn", () => {
    const walls = new Walls(64 << 20, TINY, 40);
    walls.want(0, 2);
    for (const name of walls.names) walls.receive(name, 1, [2, 3, 4]);
    walls.draw(1);
    for (const name of walls.names) walls.receive(name, 1, [0, 1]); // and is not drawn
    for (const name of walls.names) walls.receive(name, 2, [2, 3, 4]);
    walls.draw(0.07);
    expect(generations(walls).slice(8)).toEqual(Array(32).fill(1));
    walls.draw(0.2);
    expect(generations(walls)).toEqual(Array(40).fill(2));
  });

  it("fade once a layer, however many there are, and end when no more come", () => {
    const walls = play(10, 100);
    expect(walls.layers.fading).toBeGreaterThan(20);
    expect(walls.layers.fading).toBeLessThanOrEqual(walls.names.length);
    const { layers } = walls;
    layers.pump(walls.now + 1, 8 << 20, 1);
    layers.pump(walls.now + 2, 8 << 20, 1);
    expect(layers.fading).toBe(0);
    expect(walls.names.map((name) => layers.get(name).former)).toEqual(Array(40).fill(null));
    expect(layers.waiting).toBe(false);
  });
});

describe("pages that are fetched", () => {
  it("are of a run of which some came: not of one that has only been announced", () => {
    const walls = new Walls(4 * bytesFrom(SMALL, 0), SMALL, 1);
    walls.want(0, 2);
    walls.receive("layer0", 1, ALL);
    walls.draw(1);
    const { activation } = walls.layers.get("layer0");
    activation!.drop(1);
    expect(walls.layers.missing(1)).toEqual([{ layer: "layer0", level: 0 }]);
    expect(walls.layers.missing(2)).toEqual([]);
  });

  it("do without the coarse levels only until these come", () => {
    const walls = new Walls(16 * bytesFrom(SMALL, 0), SMALL, 1);
    walls.want(0, 2);
    walls.receive("layer0", 1, ALL);
    walls.draw(1);
    walls.receive("layer0", 2, [0]);
    walls.draw(1);
    walls.receive("layer0", 2, COARSE);
    walls.draw(1);
    walls.receive("layer0", 2, [1]);
    walls.draw(1);
    const { shown, former } = walls.layers.get("layer0");
    expect(Object.keys(shown!.levels)).toEqual(ALL.map(String));
    expect([shown!.finest, shown!.coarsest]).toEqual([0, 8]);
    expect(former).toBe(null);
    expect(walls.layers.waiting).toBe(false);
  });
});

describe("the texture of all pages", () => {
  // What stands alone in its slice leaves most of that slice to nobody.
  it.each([
    [{ tiles: 8, height: 520, width: 520 }, 6], [{ tiles: 1, height: 900, width: 900 }, 30],
    [{ tiles: 3, height: 600, width: 600 }, 20], [{ tiles: 32, height: 224, width: 224 }, 20],
  ])("has room for what is planned: %o", (shape, count) => {
    for (const share of [0.3, 0.8]) {
      const budget = share * count * slicesFrom(shape, 0);
      const walls = new Walls(budget, shape, count);
      const seen = walls.names.map((layer) => ({ layer, shape, inView: true, area: 1, level: 0 }));
      const bounds = { bytes: 0.9 * budget, slices: 0.9 * budget, edge: 1024 };
      const { wants } = planFor(seen, { ...bounds, whole: new Set() }, new Map());
      walls.layers.want(wants);
      for (const name of walls.names) walls.receive(name, 1, LEVELS.slice(wants.get(name)!.coarse));
      walls.draw(0.5);
      for (const name of walls.names) walls.receive(name, 1, LEVELS.slice(wants.get(name)!.finest));
      walls.draw(0.5);
      const planned = walls.names.map((name) => wants.get(name)!.finest);
      const lacking = planned.filter((finest, i) => walls.shown[i]! > finest);
      expect(lacking.length).toBeLessThanOrEqual(1); // what is free may be in too small pieces
      expect(new Set(planned).size).toBeGreaterThan(1);
    }
  });

  it("is as large as expected before the first page, and need not grow then", () => {
    const walls = new Walls(64 << 20, SMALL, 5);
    const { slices } = walls.layers.atlas;
    walls.layers.expect(9 << 20);
    const { depth } = slices;
    expect(depth).toBeGreaterThanOrEqual(9);
    walls.want(0, 2);
    for (const name of walls.names) walls.receive(name, 1, ALL);
    walls.draw(1);
    expect(walls.shown).toEqual(walls.names.map(() => 0));
    expect(slices.depth).toBe(depth);
    walls.layers.expect(1000 << 20);
    expect(slices.depth).toBe(depth);
  });
});
