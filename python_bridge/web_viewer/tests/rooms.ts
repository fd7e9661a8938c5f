/** Rooms as a bridge publishes them, with stations that a test stands up along the aisle. */

import { readFileSync } from "node:fs";

import type { Room, Station, Wall } from "../src/generated/protocol";

const golden = new URL("../../../tests/golden/protocol/room_published.json", import.meta.url);
const template = (JSON.parse(readFileSync(golden, "utf-8")) as { header: { room: Room } }).header
  .room;

export const wall = (z: number, first: number): Wall => ({
  layer: "",
  side: -1,
  position_m: [-2, 0.06, z],
  yaw_rad: 0.9,
  width_m: 1.5,
  height_m: 3.25,
  branch: 0,
  panels: [{ first, count: 4, rows: 2, columns: 2, centre_m: [0, 1.5], pitch_m: [0.3, 0.3] }],
});

export function station(key: string, z: number, more: Partial<Station> = {}): Station {
  return {
    key,
    layers: [key],
    shown: key,
    title: key,
    shape: "8",
    block: "",
    origin_m: [0, 0, z],
    yaw_rad: 0,
    walls: [wall(z, 0), wall(z, 4)],
    role: "plain",
    closed: "",
    repeats: 0,
    ops: 0,
    ...more,
  };
}

export function roomOf(stations: Station[], expanded: string[]): Room {
  return { ...template, stations, expanded, layout: "linear", way: [] };
}
