/**
 * Places along the aisle in every layout: by the depth that they have in the corridor, where it is
 * z. The room's `way` says where the aisle is; without one it is on the z axis.
 */

import type { Layout, Room, Station, Wall, Waypoint } from "../generated/protocol";
import { dot, minus, pointOf, upright, type Vec3 } from "../scene/placement";
import { OVERVIEW_TILT } from "../scene/views";
import type { Screen } from "./screen";
import { EYE_M, OVERVIEW_FOV, type Pose } from "./visitor";

export const LAYOUTS: readonly Layout["kind"][] = ["linear", "spiral", "tower"];
export const SPACINGS = [0.5, 0.7, 1, 1.4, 2, 3] as const;
/** Between tiles, as parts of their edges. */
export const TILE_GAPS = [
  { gap: 0, title: "none" },
  { gap: 0.03, title: "narrow" },
  { gap: 0.085, title: "usual" },
  { gap: 0.25, title: "wide" },
  { gap: 0.6, title: "very wide" },
] as const;

const NAMES = { linear: "Corridor", spiral: "Spiral", tower: "Tower" } as const;
/** From the aisle one looks up a little. */
const AISLE_PITCH = 0.05;
/** Between the whole of a room and the edges of the free part of the screen. */
const AROUND_M = 1.2;

/** "Tower, spacing × 1.4" */
export function layoutText({ kind, spacing }: Layout): string {
  return spacing === 1 ? NAMES[kind] : `${NAMES[kind]}, spacing × ${spacing}`;
}

/** The layout of a room, as the document has it. */
export function layoutOf({ layout: kind, spacing, tile_gap }: Room): Layout {
  return { kind, spacing, tile_gap };
}

/** The layout that comes after this one. */
export function nextLayout(layout: Layout): Layout {
  const next = LAYOUTS[(LAYOUTS.indexOf(layout.kind) + 1) % LAYOUTS.length] ?? "linear";
  return { ...layout, kind: next };
}

/** The same layout with more or less room between stations; itself at either end. */
export function spaced(layout: Layout, direction: 1 | -1): Layout {
  const { spacing } = layout;
  const others = SPACINGS.filter((one) => (direction > 0 ? one > spacing : one < spacing));
  return { ...layout, spacing: (direction > 0 ? others[0] : others.at(-1)) ?? spacing };
}

export function sameLayout(a: Layout, b: Layout): boolean {
  return a.kind === b.kind && a.spacing === b.spacing;
}

/** Whether two rooms are laid out alike, whatever blocks are open in them. */
export function alike(a: Room, b: Room): boolean {
  return a.layout === b.layout && a.spacing === b.spacing;
}

/** Eyes on the aisle at a depth of the corridor, looking along it. */
export function aisleAt({ way, layout }: Room, depth: number): Pose {
  const reached = way.findIndex(({ z_m }) => z_m <= depth);
  const next = reached < 0 ? way.length - 1 : Math.max(1, reached);
  const [a, b] = [way[next - 1], way[next]];
  if (!a) return { position: [0, EYE_M, depth], yaw: 0, pitch: AISLE_PITCH };
  const past = b ? Math.min(1, Math.max(0, (a.z_m - depth) / (a.z_m - b.z_m))) : 0;
  // The tower's is a series of places: in between one would stand before the wrong wall.
  const share = layout === "tower" ? Math.round(past) : past;
  const at = (axis: 0 | 1 | 2): number => mix(a.position_m[axis], (b ?? a).position_m[axis], share);
  const yaw = mix(a.yaw_rad, (b ?? a).yaw_rad, share);
  const pitch = layout === "tower" ? 0 : AISLE_PITCH;
  return { position: [at(0), at(1) + EYE_M, at(2)], yaw, pitch };
}

/** How deep in the corridor the part of the aisle is that is nearest to these eyes. */
export function depthOf({ way }: Room, [x, y, z]: readonly [number, number, number]): number {
  let [depth, least] = [z, Infinity];
  way.forEach((a, index) => {
    const found = nearestOn(a, way[index + 1] ?? a, [x, y - EYE_M, z]);
    if (found.far < least) [depth, least] = [found.depth, found.far];
  });
  return depth;
}

/** Up to so far from where the way begins, one is at its start. */
const AT_START_M = 4;

/** How much of the way through the room lies behind a place: 0 at the start, 1 at the end. */
export function shareOf(room: Room, { position }: Pick<Pose, "position">): number {
  const begin = beginOf(room);
  const gone = begin - depthOf(room, position);
  return gone < AT_START_M ? 0 : Math.min(1, gone / (begin - room.end_m));
}

/** Eyes on the aisle there. */
export function atShare(room: Room, share: number): Pose {
  const begin = beginOf(room);
  return aisleAt(room, begin + (room.end_m - begin) * share);
}

function beginOf({ way, start }: Room): number {
  return way[0]?.z_m ?? start.position_m[2];
}

/** The point of a straight piece of the way that is nearest; of one up to the next row, its begin. */
function nearestOn(a: Waypoint, b: Waypoint, point: Vec3): { depth: number; far: number } {
  const level = a.position_m[1] === b.position_m[1];
  const [along, from] = [minus(b.position_m, a.position_m), minus(point, a.position_m)];
  const length = dot(along, along);
  const share = level && length > 0 ? Math.min(1, Math.max(0, dot(from, along) / length)) : 0;
  const away = along.map((value, axis) => (from[axis] ?? 0) - share * value);
  return { depth: mix(a.z_m, b.z_m, share), far: Math.hypot(...away) };
}

/** How deep in the corridor a station stands that nobody has moved. */
export function depthOfStation(room: Room, station: Station): number {
  const wall = station.walls[0];
  if (room.way.length === 0 || !wall) return station.origin_m[2];
  const [x, y, z] = room.layout === "tower" ? station.origin_m : innerEdge(wall);
  return depthOf(room, [x, y + EYE_M, z]);
}

/** The foot of a wall's edge at the aisle. */
function innerEdge(wall: Wall): Vec3 {
  return pointOf(upright(wall.position_m, wall.yaw_rad), (-wall.side * wall.width_m) / 2, 0);
}

/** How far aside of the aisle a wall's foot is; nothing is opposite to it in the tower. */
export function asideOf(room: Room, wall: Wall): number {
  if (room.way.length === 0) return Math.abs(wall.position_m[0]);
  if (room.layout === "tower") return Infinity;
  const [x, y, z] = innerEdge(wall);
  const { position, yaw } = aisleAt(room, depthOf(room, [x, y + EYE_M, z]));
  return Math.abs(dot(minus(wall.position_m, position), upright([0, 0, 0], yaw).x));
}

/** Angle between a wall and the way along the aisle at it. */
export function turnOf(room: Room, station: Station, yaw: number): number {
  return room.layout === "spiral" ? yaw - station.yaw_rad : yaw;
}

/** Far enough away to see all of a room that is no corridor: the tower from the front. */
export function whole(room: Room, screen: Screen): Pose {
  const pitch = OVERVIEW_TILT[room.layout];
  const half = Math.tan((OVERVIEW_FOV * Math.PI) / 360);
  const { width, height, free } = screen;
  const tangent = (pixels: number): number => ((2 * pixels) / height) * half;
  const across = [tangent(free.left - width / 2), tangent(free.right - width / 2)] as const;
  const upward = [tangent(height / 2 - free.bottom), tangent(height / 2 - free.top)] as const;
  const [sin, cos] = [Math.sin(pitch), Math.cos(pitch)];
  const points = outerPoints(room).map(([x, y, z]): Vec3 => {
    return [x, y * cos + z * sin, y * sin - z * cos]; // to the right, upwards, away
  });
  const [right, rightmost] = fitting(points.map(([x, , far]) => [x, far]), across);
  const [up, upmost] = fitting(points.map(([, y, far]) => [y, far]), upward);
  const far = Math.min(rightmost, upmost);
  const [x, v] = [right(far), up(far)];
  return { position: [x, v * cos + far * sin, v * sin - far * cos], yaw: 0, pitch, fov: OVERVIEW_FOV };
}

/**
 * Where to look from so that points (position, distance) lie between two tangents: from how near,
 * and in what position at a distance.
 */
function fitting(
  points: readonly (readonly [number, number])[],
  [low, high]: readonly [number, number],
): [(far: number) => number, number] {
  const above = Math.max(...points.map(([at, far]) => at - high * far));
  const below = Math.min(...points.map(([at, far]) => at - low * far));
  const nearest = (below - above) / (high - low);
  return [(far) => (above + high * far + below + low * far) / 2, nearest];
}

function outerPoints(room: Room): Vec3[] {
  const walls = room.stations.flatMap((station) => station.walls);
  return [...walls, room.photograph, room.shelf, room.board].flatMap((wall) => {
    const frame = upright(wall.position_m, wall.yaw_rad);
    const half = wall.width_m / 2 + AROUND_M;
    return [-half, half].flatMap((x) => [pointOf(frame, x, 0), pointOf(frame, x, wall.height_m + AROUND_M)]);
  });
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
