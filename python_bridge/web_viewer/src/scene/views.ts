/** Between walls and the screen. */
import * as THREE from "three";
import type { Room } from "../generated/protocol";
import { onWall, type Ray, tileRect } from "./picking";
import type { Vec3 } from "./placement";
import type { ScreenRectangle } from "./types";
import type { Wall } from "./walls";

/** Nothing is drawn beyond. */
export const FARTHEST_M = 9000;
/** A room so long is seen from above as the art direction has it; farther away, a longer one. */
const OVERVIEW_M = 190;
const OVERVIEW_GROWTH = 0.8;

/** How steeply a room is looked at from where the whole of it is seen, upwards; not the corridor. */
export const OVERVIEW_TILT = { linear: 0, spiral: -0.95, tower: 0 } as const;
/** A room so wide is seen as a whole through fog that is as thin as from above a corridor. */
const WHOLE_M = 70;

/** How many times as far as usual a room is seen from above, and how much thinner its fog is. */
export function overviewScale({ end_m, way }: Pick<Room, "end_m" | "way">): number {
  if (way.length > 0) return Math.max(1, spanOf(way) / WHOLE_M);
  return Math.max(1, -end_m / OVERVIEW_M) ** OVERVIEW_GROWTH;
}

function spanOf(way: Room["way"]): number {
  const spans = ([0, 1, 2] as const).map((axis) => {
    const along = way.map(({ position_m }) => position_m[axis]);
    return Math.max(...along) - Math.min(...along);
  });
  return Math.max(...spans);
}

/** The ray from the eye through normalized device coordinates. */
export function rayThrough(camera: THREE.PerspectiveCamera, x: number, y: number): Ray {
  camera.updateMatrixWorld();
  const from = new THREE.Vector3().setFromMatrixPosition(camera.matrixWorld);
  const to = new THREE.Vector3(x, y, 0.5).unproject(camera).sub(from).normalize();
  return { origin: from.toArray(), direction: to.toArray() };
}

/** Where a tile is on a canvas of this size (CSS pixels); null if a corner is behind the eye. */
export function tileOnScreen(
  camera: THREE.PerspectiveCamera, wall: Wall, tile: number, width: number, height: number,
): ScreenRectangle | null {
  const panel = wall.panels.find((one) => tile >= one.first && tile < one.first + one.count);
  if (!panel) return null;
  const [left, bottom, right, top] = tileRect(panel, tile);
  const corners = [[left, bottom], [right, bottom], [left, top], [right, top]] as const;
  return onScreen(camera, corners.map(([x, y]) => onWall(wall, x, y)), width, height);
}

/** The rectangle around points on a canvas of this size; null if one is behind the eye. */
export function onScreen(
  camera: THREE.PerspectiveCamera, points: readonly Vec3[], width: number, height: number,
): ScreenRectangle | null {
  camera.updateMatrixWorld();
  const xs: number[] = [];
  const ys: number[] = [];
  for (const at of points) {
    const point = new THREE.Vector3(...at).applyMatrix4(camera.matrixWorldInverse);
    if (point.z > -0.01) return null;
    point.applyMatrix4(camera.projectionMatrix);
    xs.push(((point.x + 1) / 2) * width);
    ys.push(((1 - point.y) / 2) * height);
  }
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}
