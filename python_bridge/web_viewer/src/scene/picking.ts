/** What a ray meets: the same arithmetic as the canvas shader, on the walls' own frames. */
import type { Picture3D } from "../generated/protocol";
import { dot, type Frame, minus, pointOf, upright, type Vec3 } from "./placement";
import type { Hit } from "./types";
import { panelRect, type ShownPanel, type Wall } from "./walls";

export interface Ray {
  origin: Vec3;
  direction: Vec3;
}

/** A point on a plane, in its frame's metres from the frame's origin. */
interface Met {
  distance: number;
  x: number;
  y: number;
  point: Vec3;
}

/** Where a ray meets the front of a frame's x-y plane, or null. */
export function meet(ray: Ray, frame: Frame): Met | null {
  const facing = dot(ray.direction, frame.z);
  if (facing >= -1e-6) return null;
  const distance = dot(minus(frame.origin, ray.origin), frame.z) / facing;
  if (distance <= 0) return null;
  const at = (i: number) => ray.origin[i]! + distance * ray.direction[i]!;
  const point: Vec3 = [at(0), at(1), at(2)];
  const inside = minus(point, frame.origin);
  const scale = dot(frame.x, frame.x);
  return {
    distance, point, x: dot(inside, frame.x) / scale, y: dot(inside, frame.y) / scale,
  };
}

/** The tile of a panel at a point of its wall, with the place in it; null between tiles. */
export function tileAt(
  panel: ShownPanel, x: number, y: number,
): { tile: number; u: number; v: number } | null {
  const rect = panelRect(panel);
  const across = ((x - rect.left) / rect.width) * panel.columns;
  const down = ((rect.bottom + rect.height - y) / rect.height) * panel.rows;
  const [column, row] = [Math.floor(across), Math.floor(down)];
  if (column < 0 || row < 0 || column >= panel.columns || row >= panel.rows) return null;
  const cell = row * panel.columns + column;
  if (cell >= panel.count) return null;
  const u = (across - column - panel.free / 2) / (1 - panel.free);
  const v = (down - row - panel.free / 2) / (1 - panel.free);
  if (u < 0 || v < 0 || u > 1 || v > 1) return null;
  return { tile: panel.first + cell, u, v };
}

/** Corners of a tile on its wall: left, bottom, right, top in metres from the foot's middle. */
export function tileRect(panel: ShownPanel, tile: number): [number, number, number, number] {
  const rect = panelRect(panel);
  const cell = tile - panel.first;
  const [width, height] = [rect.width / panel.columns, rect.height / panel.rows];
  const left = rect.left + (cell % panel.columns) * width + (width * panel.free) / 2;
  const top = rect.bottom + rect.height - Math.floor(cell / panel.columns) * height
    - (height * panel.free) / 2;
  return [left, top - height * (1 - panel.free), left + width * (1 - panel.free), top];
}

/** A picture on the shelf's wall: id, middle and size. */
export interface Place {
  id: string;
  centre: [number, number, number];
  size: [number, number];
}

/** What a ray meets, so many lengths of its direction away. */
export interface Struck {
  distance: number;
  hit: Hit;
}

interface Things {
  walls: readonly Wall[];
  shelf: readonly Place[];
  /** Small pictures of input frames, below the large one. */
  frames?: readonly Place[];
  board: Picture3D | null;
  /** Where the ray meets the tile that stands before its wall. */
  lifted?: Struck | null;
}

/** The walls that a ray comes near to; there may be thousands. Allocates only what it returns. */
export function along({ origin, direction }: Ray, walls: readonly Wall[]): Wall[] {
  return walls.filter(({ frame, width, height }) => {
    const { origin: foot, x, y } = frame;
    const square = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    const [up, half] = [height / 2, width / 2];
    const dx = foot[0] + y[0] * up - origin[0];
    const dy = foot[1] + y[1] * up - origin[1];
    const dz = foot[2] + y[2] * up - origin[2];
    const way = dx * direction[0] + dy * direction[1] + dz * direction[2];
    const length = direction[0] ** 2 + direction[1] ** 2 + direction[2] ** 2;
    const aside = dx * dx + dy * dy + dz * dz - (way * way) / length;
    return aside <= square * (up * up + half * half) + 1e-6;
  });
}

/** The first thing a ray meets, null for the sky. */
export function pick(ray: Ray, things: Things): Hit | null {
  let nearest = things.lifted?.distance ?? Infinity;
  let hit = things.lifted?.hit ?? null;
  for (const wall of things.walls) {
    const met = meetWall(ray, wall);
    if (met && met.distance < nearest) {
      nearest = met.distance;
      hit = met.front ? hitOf(wall, met, things) : null;
    }
  }
  const onBoard = things.board && meetPicture(ray, things.board);
  if (onBoard && onBoard.distance < nearest) {
    nearest = onBoard.distance;
    hit = { kind: "board", point: onBoard.point };
  }
  const down = ray.direction[1] < 0 ? -ray.origin[1] / ray.direction[1] : Infinity;
  if (down < nearest) {
    const at = (i: number) => ray.origin[i]! + down * ray.direction[i]!;
    hit = { kind: "floor", point: [at(0), 0, at(2)] };
  }
  return hit;
}

function meetPicture(ray: Ray, picture: Picture3D): Met | null {
  const met = meet(ray, upright(picture.position_m, picture.yaw_rad));
  const inside = met && Math.abs(met.x) <= picture.width_m / 2
    && met.y >= 0 && met.y <= picture.height_m;
  return inside ? met : null;
}

/** A wall is met from the front, or hides what is behind it from the back. */
function meetWall(ray: Ray, wall: Wall): (Met & { front: boolean }) | null {
  const { origin, x, y, z } = wall.frame;
  const back: Frame = { origin, x, y, z: [-z[0], -z[1], -z[2]] };
  const front = meet(ray, wall.frame);
  const met = front ?? meet(ray, back);
  if (!met || Math.abs(met.x) > wall.width / 2 || met.y < 0 || met.y > wall.height) return null;
  return { ...met, front: front !== null };
}

function hitOf(wall: Wall, met: Met, { shelf, frames }: Things): Hit {
  const { point } = met;
  const among = (places: readonly Place[]): string | undefined => places.find(
    ({ centre, size }) =>
      Math.abs(met.x - centre[0]) <= size[0] / 2 && Math.abs(met.y - centre[1]) <= size[1] / 2,
  )?.id;
  if (wall.kind === "shelf") return { kind: "shelf", picture: among(shelf), point };
  if (wall.kind === "photograph") {
    const input = among(frames ?? []);
    return input === undefined ? { kind: "photograph", point } : { kind: "photograph", input, point };
  }
  const base = { station: wall.station, layer: wall.layer, wall: wall.index, point };
  for (const panel of wall.panels) {
    const tile = tileAt(panel, met.x, met.y);
    if (tile) return { kind: "tile", ...base, ...tile };
  }
  return { kind: "wall", ...base };
}

/** The middle of a point on a wall, raised by `front` metres before it. */
export function onWall(wall: Wall, x: number, y: number, front = 0): Vec3 {
  return pointOf(wall.frame, x, y, front);
}
