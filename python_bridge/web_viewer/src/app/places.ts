/** Places in the room: before a wall, on the aisle, at the start, at the end, above all. */

import type { Network, Room, Station, Transform, Wall } from "../generated/protocol";
import {
  dot,
  minus,
  pointOf,
  transformed,
  turnedFrom,
  upright,
  type Frame,
  type Vec3,
} from "../scene/placement";
import { overviewScale } from "../scene/views";
import { aisleAt, asideOf, depthOfStation, turnOf, whole } from "./layouts";
import { screenNow, type Screen } from "./screen";
import { distance, EYE_M, FLOOR_FOV, OVERVIEW_FOV, type Pose } from "./visitor";

type Transforms = Record<string, Transform>;

const WALL_DISTANCE_M = 2.75;
/** Farther back, walls on the other side of the aisle would stand in the way. */
const OPPOSITE_M = 1.3;
const AISLE_DISTANCE_M = 4.25;
const BOARD_DISTANCE_M = 7.5;

/** A point of the untransformed room, after the station's transform. */
export function moved(point: Vec3, station: Station, transforms: Transforms): Vec3 {
  const transform = transforms[station.key];
  return transform ? transformed(point, station, transform) : point;
}

/** Yaw of a wall after its station's transform. */
function wallYaw(wall: Wall, station: Station, transforms: Transforms): number {
  const transform = transforms[station.key];
  const normal: Vec3 = [Math.sin(wall.yaw_rad), 0, Math.cos(wall.yaw_rad)];
  const [x, , z] = transform ? turnedFrom(station, normal, transform) : normal;
  return Math.atan2(x, z);
}

/** Foot of a station's first wall, z along the way it faces; where it stands and as it is turned. */
function standOf(station: Station, transforms: Transforms): Frame & { yaw: number } {
  const wall = station.walls[0];
  if (!wall) return { ...upright(moved(station.origin_m, station, transforms), 0), yaw: 0 };
  const yaw = wallYaw(wall, station, transforms);
  return { ...upright(moved(wall.position_m, station, transforms), yaw), yaw };
}

/** A pose relative to a station's first wall, the same wherever the station stands. */
export function seenFrom(station: Station, pose: Pose, transforms: Transforms): Pose {
  const { yaw, ...frame } = standOf(station, transforms);
  const from = minus(pose.position, frame.origin);
  const position: Vec3 = [dot(frame.x, from), dot(frame.y, from), dot(frame.z, from)];
  return { ...pose, position, yaw: pose.yaw - yaw };
}

/** The pose in the room of one that is relative to a station: undoes `seenFrom`. */
export function standingAt(station: Station, relative: Pose, transforms: Transforms): Pose {
  const { yaw, ...frame } = standOf(station, transforms);
  const position = pointOf(frame, ...relative.position);
  return { ...relative, position, yaw: relative.yaw + yaw };
}

/**
 * Where to stand before a wall, facing it: 2.75 m along its normal, or so much farther and aside
 * that its name and all its tiles lie in the free part of the screen.
 */
export function beforeWall(
  station: Station,
  wall: Wall,
  room: Room,
  transforms: Transforms,
  screen: Screen = screenNow(),
): Pose {
  const transform = transforms[station.key];
  const scale = transform?.scale ?? 1;
  const foot = moved(wall.position_m, station, transforms);
  const yaw = wallYaw(wall, station, transforms);
  const [sin, cos] = [Math.sin(yaw), Math.cos(yaw)];
  const [low, high] = contentOf(wall);
  const size = { width: scale * wall.width_m, height: scale * (high - low) };
  const across = Math.abs(Math.sin(turnOf(room, station, yaw)));
  const farthest = transform ? Infinity : (asideOf(room, wall) + OPPOSITE_M) / across;
  const nearest = WALL_DISTANCE_M * Math.max(1, scale);
  const far = Math.max(nearest, Math.min(farthest, fittingDistance(size, screen)));
  const pixel = metresPerPixel(far, screen);
  const aside = stepAside(size.width, screen, pixel);
  const top = foot[1] + scale * high;
  const above = riseOf(size.height, top - foot[1] - EYE_M * scale, screen, pixel);
  const position: Vec3 = [foot[0] + sin * far + cos * aside, 0, foot[2] + cos * far - sin * aside];
  position[1] = top - above;
  return { position, yaw, pitch: 0 };
}

/** From the lowest tile to the top of the name, in metres above the wall's foot. */
function contentOf(wall: Wall): [low: number, high: number] {
  const feet = wall.panels.map((one) => one.centre_m[1] - (one.rows * one.pitch_m[1]) / 2);
  return [Math.max(0, Math.min(wall.height_m / 2, ...feet) - 0.08), wall.height_m - 0.06];
}

interface Size {
  width: number;
  height: number;
}

function metresPerPixel(far: number, screen: Screen): number {
  return (2 * far * Math.tan((FLOOR_FOV * Math.PI) / 360)) / screen.height;
}

/** So far away something of this size (metres) fits the free part of the screen. */
function fittingDistance({ width, height }: Size, screen: Screen): number {
  const { left, top, right, bottom } = screen.free;
  const pixel = Math.max(width / (right - left), height / (bottom - top));
  return pixel / metresPerPixel(1, screen);
}

/** How far right of its middle to stand so that something `wide` lies in the free part. */
function stepAside(wide: number, { width, free }: Screen, pixel: number): number {
  const toRight = (free.right - width / 2) * pixel;
  const toLeft = (width / 2 - free.left) * pixel;
  const wanted = Math.max(0, wide / 2 - toRight);
  return Math.min(wanted, Math.max(0, (toLeft - toRight) / 2));
}

/** How far its top is above the eye: as `usual`, if it lies in the free part so; its top always. */
function riseOf(high: number, usual: number, { height, free }: Screen, pixel: number): number {
  const most = (height / 2 - free.top) * pixel;
  const least = most - Math.max(0, (free.bottom - free.top) * pixel - high);
  return Math.min(most, Math.max(least, usual));
}

/** On the aisle before a station, looking along it. */
export function onAisle(room: Room, station: Station, transforms: Transforms): Pose {
  if (room.way.length > 0) {
    const [wall] = station.walls;
    if (wall && transforms[station.key]) return beforeWall(station, wall, room, transforms);
    const before = room.layout === "tower" ? 0 : AISLE_DISTANCE_M;
    return aisleAt(room, depthOfStation(room, station) + before);
  }
  const [x, , z] = moved(station.origin_m, station, transforms);
  const offset = transforms[station.key] ? x : 0;
  return { position: [offset, EYE_M, z + AISLE_DISTANCE_M], yaw: 0, pitch: 0.05 };
}

export function atStart(room: Room, screen: Screen = screenNow()): Pose {
  const [x, y, z] = room.start.position_m;
  const { yaw_rad: yaw } = room.start;
  if (room.layout !== "tower") return { position: [x, y + EYE_M, z], yaw, pitch: 0.013 };
  const { back, pitch } = towerFrom(room, screen);
  return { position: [x, y + EYE_M, z + back], yaw, pitch };
}

/** From a gate's beam to the top of its title. */
const TITLE_M = 0.36;
const STEP_BACK_M = 0.25;

/**
 * From the start the whole tower is in sight, lowest row and highest with its titles: so far back
 * from it, and looking so far up, that it lies below the chips and above the map.
 */
function towerFrom({ board, start, gates }: Room, screen: Screen): { back: number; pitch: number } {
  const { height, free } = screen;
  const half = Math.tan((FLOOR_FOV * Math.PI) / 360);
  const above = Math.atan((1 - (2 * free.top) / height) * half);
  const below = Math.atan(((2 * free.bottom) / height - 1) * half);
  const titles = gates.map(({ height_m }) => height_m + TITLE_M);
  const highest = Math.max(board.position_m[1] + board.height_m, ...titles) - EYE_M;
  const near = start.position_m[2] - board.position_m[2];
  for (let back = 0; ; back += STEP_BACK_M) {
    const [up, down] = [Math.atan2(highest, near + back), Math.atan2(EYE_M, near + back)];
    const fits = up + down <= above + below;
    if (fits || back >= near) return { back, pitch: (up - above + below - down) / 2 };
  }
}

export function atBoard(room: Room): Pose {
  const { position_m, yaw_rad } = room.board;
  const x = position_m[0] + Math.sin(yaw_rad) * BOARD_DISTANCE_M;
  const z = position_m[2] + Math.cos(yaw_rad) * BOARD_DISTANCE_M;
  const floor = room.layout === "tower" ? position_m[1] : 0;
  return { position: [x, floor + EYE_M, z], yaw: yaw_rad, pitch: 0.04 };
}

/** From above the room lies between these tangents left and right of the line to its target. */
const SEEN_FROM_ABOVE = [-0.52, 0.33] as const;
/** The far end of a long room, with the names of blocks beside it. */
const LONG_SEEN_FROM_ABOVE = [-0.52, 0.4] as const;

/** From farther away one looks less down, so that the first walls do not sink below the map. */
const OVERVIEW_RISE = 0.85;

/**
 * High above the start, to the right; nearer where the network is short, but above its walls, and
 * farther where it is long, so that more than its first walls can be told apart.
 */
export function above(room: Room, screen: Screen = screenNow()): Pose {
  if (room.layout !== "linear") return whole(room, screen);
  const scale = overviewScale(room) * Math.min(1, Math.max(0.5, -room.end_m / 60));
  const high = Math.max(0.85, Math.min(scale, scale ** OVERVIEW_RISE));
  const eye: Vec3 = [10.5 * scale, 8.2 * high, 11.5 * scale];
  const target: Vec3 = [1.9 * scale, 1.05 + 0.7 * scale, -15 * scale];
  const [dx, dy, dz] = [target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]];
  const seen = scale > 1 ? LONG_SEEN_FROM_ABOVE : SEEN_FROM_ABOVE;
  const { fov, turn } = lensFor(seen, screen);
  const yaw = Math.atan2(-dx, -dz) - turn;
  const pitch = tilted(Math.atan2(dy, Math.hypot(dx, dz)), eye, fov, screen);
  return { position: eye, yaw, pitch, fov };
}

/** The foot of the photograph, which is the nearest of what is looked at from above. */
const NEAREST: Vec3 = [-2.4, 0.5, -1.5];

/** So much lower that the nearest lies above what is at the foot of the page, if all else still does. */
function tilted(pitch: number, eye: Vec3, fov: number, { height, free }: Screen): number {
  const half = Math.tan((fov * Math.PI) / 360);
  const below = ((2 * free.bottom) / height - 1) * half;
  const above = (1 - (2 * free.top) / height) * half;
  const [x, y, z] = minus(NEAREST, eye);
  const wanted = Math.atan2(y, Math.hypot(x, z)) + Math.atan(below);
  return Math.min(pitch, Math.max(-Math.atan(above), wanted));
}

/** Field of view, and turn to the right, with which these tangents lie in the free part. */
function lensFor([from, to]: readonly [number, number], { width, height, free }: Screen) {
  const left = (2 * free.left - width) / height;
  const right = (2 * free.right - width) / height;
  const least = Math.tan((OVERVIEW_FOV * Math.PI) / 360);
  const half = Math.max(least, (to - from) / (right - left));
  const turn = Math.atan((from + to) / 2) - Math.atan(((left + right) / 2) * half);
  return { fov: (Math.atan(half) * 360) / Math.PI, turn };
}

/** The station of this key, that holds a layer, or that stands for a block or lies first in it. */
export function stationOf(room: Room, network: Network, name: string): Station | null {
  const { stations } = room;
  const station =
    stations.find((s) => s.key === name) ??
    stations.find((s) => s.closed === name || s.layers.includes(name));
  if (station) return station;
  const inside = new Set(network.blocks.find((block) => block.name === name)?.nodes);
  return room.stations.find((s) => s.layers.some((layer) => inside.has(layer))) ?? null;
}

/**
 * A name by which `stationOf` finds this station, and where blocks were opened or closed since the
 * one in its place. A block that is called again stands in several stations, whose keys are not in
 * a room where it is open; a layer is in one station of every room.
 */
export function anchorOf(station: Station, network: Network): string {
  // What a closed block holds of what is before it stands alone once the block is open.
  const inside = new Set(network.blocks.find(({ name }) => name === station.closed)?.nodes);
  return station.layers.find((layer) => inside.has(layer)) ?? station.layers[0] ?? station.key;
}

/** The blocks around a layer or block, without itself. */
function blocksAround(network: Network, name: string): string[] {
  const block = network.blocks.find((one) => one.name === name);
  if (!block) return network.blocks.filter((b) => b.nodes.includes(name)).map((b) => b.name);
  const around: string[] = [];
  for (let outer = block.parent; outer !== "" && !around.includes(outer);) {
    around.push(outer);
    outer = network.blocks.find((one) => one.name === outer)?.parent ?? "";
  }
  return around;
}

/**
 * The blocks that have to be opened before a layer or block stands in the room; none where a
 * closed block shows that layer on its own walls.
 */
export function blocksHiding(room: Room, network: Network, name: string): string[] {
  const station = stationOf(room, network, name);
  const around = blocksAround(network, name);
  if (!station || station.shown === name || !around.includes(station.closed)) return [];
  return around.filter((block) => !room.expanded.includes(block));
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
    const [x, y, z] = moved(station.origin_m, station, transforms);
    const up = room.layout === "tower" ? y + EYE_M - (point[1] ?? 0) : 0; // walls are above others
    const far = distance([x, up, z], [point[0] ?? 0, 0, point[2] ?? 0]);
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
