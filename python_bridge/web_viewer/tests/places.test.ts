import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import {
  beforeWall,
  moved,
  nearestStation,
  openBlockAround,
  stationOf,
  stops,
} from "../src/app/places";
import type { Network, Room, Station, Transform, Wall } from "../src/generated/protocol";

const wall = (z: number, first: number): Wall => ({
  layer: "",
  side: -1,
  position_m: [-2, 0.06, z],
  yaw_rad: 0.9,
  width_m: 1.5,
  height_m: 3.25,
  branch: 0,
  panels: [{ first, count: 4, rows: 2, columns: 2, centre_m: [0, 1.5], pitch_m: [0.3, 0.3] }],
});

function station(key: string, z: number, more: Partial<Station> = {}): Station {
  return {
    key,
    layers: [key],
    shown: key,
    title: key,
    shape: "8",
    block: "",
    origin_m: [0, 0, z],
    walls: [wall(z, 0), wall(z, 4)],
    role: "plain",
    closed: "",
    repeats: 0,
    ops: 0,
    ...more,
  };
}

const stations = [
  station("stem", -2),
  station("a.0.conv", -5, { block: "a.0", layers: ["a.0.conv", "a.0.norm"] }),
  station("a.0.add", -8, { block: "a.0" }),
  station("b.conv", -11, { closed: "b", layers: ["b.conv", "b.add"], shown: "b.add" }),
  station("fc", -14),
];
const golden = new URL("../../../tests/golden/protocol/room_published.json", import.meta.url);
const template = (JSON.parse(readFileSync(golden, "utf-8")) as { header: { room: Room } }).header
  .room;
const room: Room = { ...template, stations, expanded: ["a", "a.0"] };
const network = {
  nodes: [],
  blocks: [
    { name: "a", kind: "Sequential", parent: "", nodes: ["a.0.conv", "a.0.norm", "a.0.add"] },
    { name: "a.0", kind: "Block", parent: "a", nodes: ["a.0.conv", "a.0.norm", "a.0.add"] },
    { name: "b", kind: "Block", parent: "", nodes: ["b.conv", "b.add"] },
  ],
} as unknown as Network;

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

  it("lie 2.75 m before a wall, facing it", () => {
    const first = stations[0] as Station;
    const { position, yaw } = beforeWall(first, first.walls[0] as Wall, {});
    const back = [position[0] - 2.75 * Math.sin(yaw), position[2] - 2.75 * Math.cos(yaw)];
    expect(back[0]).toBeCloseTo(-2, 9);
    expect(back[1]).toBeCloseTo(-2, 9);
    expect(yaw).toBeCloseTo(0.9, 9);
  });

  it("move with their station: position + rotation (scale (p - origin))", () => {
    const first = stations[0] as Station;
    const transforms = { stem: turned };
    expect(moved([0, 0, -2], first, transforms)).toEqual([1, 0, 2]);
    // A quarter turn about +y takes +x to -z.
    const [x, y, z] = moved([1, 1, -2], first, transforms);
    expect([x, y, z].map((v) => Math.round(v * 1e9) / 1e9 + 0)).toEqual([1, 2, 0]);
    const before = beforeWall(first, first.walls[0] as Wall, transforms);
    expect(before.yaw).toBeCloseTo(0.9 + Math.PI / 2, 9);
    expect(nearestStation(room, [1, 1.6, 3], transforms)?.key).toBe("stem");
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

  it("are stopped at block by block", () => {
    expect(stops(room).map(({ key }) => key)).toEqual(["stem", "a.0.conv", "b.conv", "fc"]);
  });
});
