import { describe, expect, it } from "vitest";

import {
  above,
  beforeWall,
  blocksHiding,
  moved,
  nearestStation,
  openBlockAround,
  seenFrom,
  standingAt,
  stationOf,
  stops,
} from "../src/app/places";
import { screenOf } from "../src/app/screen";
import { EYE_M, FLOOR_FOV, type Pose } from "../src/app/visitor";
import type { Network, Station, Transform, Wall } from "../src/generated/protocol";
import { roomOf, station, wall } from "./rooms";

const stations = [
  station("stem", -2),
  station("a.0.conv", -5, { block: "a.0", layers: ["a.0.conv", "a.0.norm"] }),
  station("a.0.add", -8, { block: "a.0" }),
  station("b.conv", -11, { closed: "b", layers: ["b.conv", "b.add"], shown: "b.add" }),
  station("fc", -14),
];
const room = roomOf(stations, ["a", "a.0"]);
const network = {
  nodes: [],
  blocks: [
    { name: "a", kind: "Sequential", parent: "", nodes: ["a.0.conv", "a.0.norm", "a.0.add"] },
    { name: "a.0", kind: "Block", parent: "a", nodes: ["a.0.conv", "a.0.norm", "a.0.add"] },
    { name: "b", kind: "Block", parent: "", nodes: ["b.conv", "b.add"] },
  ],
} as unknown as Network;

const large = screenOf(1600, 900);

/** A point of a wall's face, x from its middle, y from its foot. */
function pointOn({ position_m: [px, py, pz], yaw_rad }: Wall, x: number, y: number) {
  return [px + x * Math.cos(yaw_rad), py + y, pz - x * Math.sin(yaw_rad)] as const;
}

/** Where a point is on a page, by the definition of yaw, pitch and field of view. */
function onScreen(pose: Pose, point: readonly [number, number, number], w: number, h: number) {
  const [x, y, z] = point.map((value, axis) => value - (pose.position[axis] ?? 0)) as number[];
  const [sin, cos] = [Math.sin(pose.yaw), Math.cos(pose.yaw)];
  const right = (x ?? 0) * cos - (z ?? 0) * sin;
  const level = -(x ?? 0) * sin - (z ?? 0) * cos;
  const ahead = level * Math.cos(pose.pitch) + (y ?? 0) * Math.sin(pose.pitch);
  const up = (y ?? 0) * Math.cos(pose.pitch) - level * Math.sin(pose.pitch);
  const pixels = h / (2 * Math.tan(((pose.fov ?? FLOOR_FOV) * Math.PI) / 360));
  return [w / 2 + (right / ahead) * pixels, h / 2 - (up / ahead) * pixels] as const;
}

const half = Math.SQRT1_2;
const turned: Transform = { position_m: [1, 0, 2], rotation: [0, half, 0, half], scale: 2 };

describe("places", () => {
  it("are found by layer and by block, open or closed", () => {
    const at = (name: string): string | undefined => stationOf(room, network, name)?.key;
    expect(["a.0.norm", "b", "b.add", "a"].map(at)).toEqual([
      "a.0.conv",
      "b.conv",
      "b.conv",
      "a.0.conv",
    ]);
    expect(at("c")).toBeUndefined();
  });

  it("lie before a wall, facing it, nearly at eye level", () => {
    const first = stations[0] as Station;
    const { position, yaw, pitch } = beforeWall(first, first.walls[0] as Wall, room, {}, large);
    const [dx, dz] = [position[0] + 2, position[2] + 2];
    expect(dx * Math.sin(yaw) + dz * Math.cos(yaw)).toBeCloseTo(2.75, 9);
    expect(dx * Math.cos(yaw) - dz * Math.sin(yaw)).toBeCloseTo(0, 9);
    expect(yaw).toBeCloseTo(0.9, 9);
    expect(pitch).toBe(0);
    expect(Math.abs(position[1] - EYE_M)).toBeLessThan(0.5);
  });

  it.each([
    [1600, 900, 1.5],
    [1600, 900, 4.6],
    [900, 600, 1.5],
    [900, 600, 3.4],
  ])("on a page of %i x %i show all of a wall %f m wide, beside the panel", (w, h, wide) => {
    const screen = screenOf(w, h);
    const first = stations[0] as Station;
    const tall = { ...wall(-2, 0), width_m: wide };
    const pose = beforeWall(first, tall, room, {}, screen);
    const { free } = screen;
    for (const [x, y] of [
      [-wide / 2, 3.15], // the wall's name
      [wide / 2, 3.15],
      [-wide / 2, 1.2], // the lowest tiles
      [wide / 2, 1.2],
    ] as const) {
      const [px, py] = onScreen(pose, pointOn(tall, x, y), w, h);
      expect(px).toBeGreaterThanOrEqual(free.left - 1);
      expect(px).toBeLessThanOrEqual(free.right + 1);
      expect(py).toBeGreaterThanOrEqual(free.top);
      expect(py).toBeLessThanOrEqual(free.bottom);
    }
    expect(pose.position[0]).toBeLessThan(1.6); // not behind the walls across the aisle
  });

  it("above all show photograph and end beside the panel on any page", () => {
    for (const [w, h] of [
      [1600, 900],
      [900, 600],
      [2560, 1080],
    ] as const) {
      const screen = screenOf(w, h);
      const long = { ...room, end_m: -60 };
      const pose = above(long, screen);
      const target = onScreen(pose, [1.9, 1.75, -15], w, h);
      expect(target[0]).toBeGreaterThan(screen.free.left);
      expect(target[0]).toBeLessThan(screen.free.right);
      const photograph = onScreen(pose, [-2.4, 1.6, -1.5], w, h);
      expect(photograph[0]).toBeGreaterThan(screen.free.left);
    }
  });

  it.each([60, 190, 580, 890])("above a room %i m long its end and much of its middle are apart", (long) => {
    for (const [w, h] of [[1280, 720], [900, 600]] as const) {
      const screen = screenOf(w, h);
      const pose = above({ ...room, end_m: -long }, screen);
      const at = (z: number) => onScreen(pose, [0, 0, z], w, h);
      const whole = Math.hypot(at(-long)[0] - at(0)[0], at(-long)[1] - at(0)[1]);
      const half = Math.hypot(at(-long)[0] - at(-long / 2)[0], at(-long)[1] - at(-long / 2)[1]);
      expect(half / whole).toBeGreaterThan(0.04);
      expect(at(-long)[0]).toBeLessThan(screen.free.right);
      expect(at(-long)[1]).toBeGreaterThan(screen.free.top);
      const [x, y] = onScreen(pose, [-2.4, 0.66, -1.5], w, h);
      expect(x).toBeGreaterThan(0);
      expect(y).toBeLessThan(screen.free.bottom);
    }
  });

  it("above a short network the shelf hides none of the walls behind it", () => {
    const pose = above({ ...room, end_m: -16 }, large);
    const heightOf = (x: number, y: number, z: number): number =>
      onScreen(pose, [x, y, z], large.width, large.height)[1];
    const shelf = heightOf(2.4, 3.31, -2);
    for (const z of [-7, -10]) expect(heightOf(2.4, 1.58, z)).toBeLessThan(shelf);
  });

  it("move with their station: position + rotation (scale (p - origin))", () => {
    const first = stations[0] as Station;
    const transforms = { stem: turned };
    expect(moved([0, 0, -2], first, transforms)).toEqual([1, 0, 2]);
    // A quarter turn about +y takes +x to -z.
    const [x, y, z] = moved([1, 1, -2], first, transforms);
    expect([x, y, z].map((v) => Math.round(v * 1e9) / 1e9 + 0)).toEqual([1, 2, 0]);
    const before = beforeWall(first, first.walls[0] as Wall, room, transforms, large);
    expect(before.yaw).toBeCloseTo(0.9 + Math.PI / 2, 9);
    expect(nearestStation(room, [1, 1.6, 3], transforms)?.key).toBe("stem");
  });

  it("are before the same wall wherever its station stands", () => {
    const first = stations[0] as Station;
    const wall = first.walls[0] as Wall;
    const off = { position: [-1.5, 2.5, -1] as [number, number, number], yaw: 0.4, pitch: -0.2 };
    const back = standingAt(first, seenFrom(first, off, { stem: turned }), { stem: turned });
    back.position.forEach((value, axis) => expect(value).toBeCloseTo(off.position[axis] ?? NaN, 9));
    expect([back.yaw, back.pitch]).toEqual([expect.closeTo(off.yaw, 9), off.pitch]);
    // Straight before it stays straight before it, as far away.
    const here = beforeWall(first, wall, room, {}, large);
    const home = seenFrom(first, here, {});
    expect(home.yaw).toBeCloseTo(0, 9);
    expect(home.position[0]).toBeCloseTo(0, 9);
    const elsewhere = { stem: { ...turned, scale: 1 } };
    const there = standingAt(first, home, elsewhere);
    const asked = beforeWall(first, wall, room, elsewhere, large);
    expect(there.yaw).toBeCloseTo(asked.yaw, 9);
    for (const axis of [0, 2]) {
      expect(there.position[axis]).toBeCloseTo(asked.position[axis] ?? NaN, 9);
    }
  });

  it("know the innermost open block around them", () => {
    const open = (expanded: string[], key: number): string =>
      openBlockAround({ ...room, expanded }, network, stations[key] as Station);
    expect([open(["a", "a.0"], 1), open(["a"], 1), open([], 1), open(["a"], 4)]).toEqual([
      "a.0",
      "a",
      "",
      "",
    ]);
  });

  it("are hidden by closed blocks, unless these show them", () => {
    const layers = ["a.0.conv", "a.0.norm", "a.0.add"];
    const closed = station("a.0.conv", -5, { closed: "a", layers, shown: "a.0.add" });
    const hiding = (name: string, expanded: string[]): string[] => {
      const now = { ...room, stations: [closed, ...stations.slice(3)], expanded };
      return blocksHiding(now, network, name);
    };
    expect(hiding("a.0.norm", [])).toEqual(["a", "a.0"]);
    expect(hiding("a.0.norm", ["a.0"])).toEqual(["a"]);
    expect(hiding("a.0", [])).toEqual(["a"]);
    expect(hiding("b.conv", [])).toEqual(["b"]);
    for (const name of ["a.0.add", "a", "fc"]) expect(hiding(name, [])).toEqual([]);
    expect(blocksHiding(room, network, "a.0.norm")).toEqual([]);
  });

  it("are stopped at block by block", () => {
    expect(stops(room).map(({ key }) => key)).toEqual(["stem", "a.0.conv", "b.conv", "fc"]);
  });
});
