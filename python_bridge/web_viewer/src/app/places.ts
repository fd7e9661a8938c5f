/** Places in the room: before a wall, on the aisle, at the start, at the end, above all. */

import type { Network, Room, Station, Transform, Wall } from "../generated/protocol";
import { distance, EYE_M, OVERVIEW_FOV, type Pose } from "./visitor";

type Vec3 = [number, number, number];
export type Transforms = Record<string, Transform>;

const WALL_DISTANCE_M = 2.75;
const AISLE_DISTANCE_M = 4.25;
const BOARD_DISTANCE_M = 7.5;

/** A point of the untransformed room, after the station's transform. */
export function moved(point: Vec3, station: Station, transforms: Transforms): Vec3 {
  const transform = transforms[station.key];
  if (!transform) return point;
  const [ox, oy, oz] = station.origin_m;
  const s = transform.scale;
  const [x, y, z] = rotate(
    [s * (point[0] - ox), s * (point[1] - oy), s * (point[2] - oz)],
    transform,
  );
  const [px, py, pz] = transform.position_m;
  return [px + x, py + y, pz + z];
}

/** Yaw of a wall after its station's transform. */
export function wallYaw(wall: Wall, station: Station, transforms: Transforms): number {
  const transform = transforms[station.key];
  const normal: Vec3 = [Math.sin(wall.yaw_rad), 0, Math.cos(wall.yaw_rad)];
  const [x, , z] = transform ? rotate(normal, transform) : normal;
  return Math.atan2(x, z);
}

/** Where to stand before a wall: 2.75 m along its normal, facing it. */
export function beforeWall(station: Station, wall: Wall, transforms: Transforms): Pose {
  const scale = transforms[station.key]?.scale ?? 1;
  const centre = moved(wall.position_m, station, transforms);
  const yaw = wallYaw(wall, station, transforms);
  const far = WALL_DISTANCE_M * Math.max(1, scale);
  const height = centre[1] + EYE_M * scale;
  const position: Vec3 = [centre[0] + Math.sin(yaw) * far, height, centre[2] + Math.cos(yaw) * far];
  return { position, yaw, pitch: 0 };
}

/** On the aisle before a station, looking along it. */
export function onAisle(station: Station, transforms: Transforms): Pose {
  const [x, , z] = moved(station.origin_m, station, transforms);
  const offset = transforms[station.key] ? x : 0;
  return { position: [offset, EYE_M, z + AISLE_DISTANCE_M], yaw: 0, pitch: 0.05 };
}

export function atStart(room: Room): Pose {
  const [x, y, z] = room.start.position_m;
  return { position: [x, y + EYE_M, z], yaw: room.start.yaw_rad, pitch: 0.013 };
}

export function atBoard(room: Room): Pose {
  const { position_m, yaw_rad } = room.board;
  const x = position_m[0] + Math.sin(yaw_rad) * BOARD_DISTANCE_M;
  const z = position_m[2] + Math.cos(yaw_rad) * BOARD_DISTANCE_M;
  return { position: [x, EYE_M, z], yaw: yaw_rad, pitch: 0.04 };
}

/** High above the start, to the right; nearer where the network is short. */
export function above(room: Room): Pose {
  const scale = Math.min(1, Math.max(0.5, -room.end_m / 60));
  const eye: Vec3 = [10.5 * scale, 8.2 * scale, 11.5 * scale];
  const target: Vec3 = [1.9 * scale, 1.75, -15 * scale];
  const [dx, dy, dz] = [target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]];
  const yaw = Math.atan2(-dx, -dz);
  return { position: eye, yaw, pitch: Math.atan2(dy, Math.hypot(dx, dz)), fov: OVERVIEW_FOV };
}

/** The station that holds a layer, or stands for a block or lies first in it. */
export function stationOf(room: Room, network: Network, name: string): Station | null {
  const holds = (layer: string) => (s: Station) => s.key === layer || s.layers.includes(layer);
  const station = room.stations.find((s) => s.closed === name) ?? room.stations.find(holds(name));
  if (station) return station;
  const inside = new Set(network.blocks.find((block) => block.name === name)?.nodes);
  return room.stations.find((s) => s.layers.some((layer) => inside.has(layer))) ?? null;
}

/** The station nearest to a point, seen from above; null in an empty room. */
export function nearestStation(
  room: Room,
  point: readonly number[],
  transforms: Transforms,
): Station | null {
  let best: Station | null = null;
  let least = Infinity;
  for (const station of room.stations) {
    const [x, , z] = moved(station.origin_m, station, transforms);
    const far = distance([x, z], [point[0] ?? 0, point[2] ?? 0]);
    if (far < least) [best, least] = [station, far];
  }
  return best;
}

/** The first station of every block along the aisle, of every station where there are none. */
export function stops(room: Room): Station[] {
  const first = room.stations.filter(
    (station, index) =>
      station.closed !== "" ||
      station.block === "" ||
      station.block !== room.stations[index - 1]?.block,
  );
  return first.length >= 4 ? first : [...room.stations];
}

/** The innermost expanded block around a station, "" for none. */
export function openBlockAround(room: Room, network: Network, station: Station): string {
  const expanded = new Set(room.expanded);
  let name = station.block;
  while (name !== "" && !expanded.has(name)) {
    name = network.blocks.find((block) => block.name === name)?.parent ?? "";
  }
  return name;
}

/** Index of the station's wall that shows a tile of its layer, -1 if none does. */
export function wallOfTile(station: Station, tile: number): number {
  return station.walls.findIndex((wall) =>
    wall.panels.some((panel) => tile >= panel.first && tile < panel.first + panel.count),
  );
}

function rotate([x, y, z]: Vec3, { rotation }: Transform): Vec3 {
  const [a, b, c, w] = rotation;
  // v + 2 q x (q x v + w v)
  const [tx, ty, tz] = [b * z - c * y + w * x, c * x - a * z + w * y, a * y - b * x + w * z];
  return [x + 2 * (b * tz - c * ty), y + 2 * (c * tx - a * tz), z + 2 * (a * ty - b * tx)];
}
