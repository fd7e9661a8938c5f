/** Between walls and the screen. */
import * as THREE from "three";
import { onWall, type Ray, tileRect } from "./picking";
import type { Vec3 } from "./placement";
import type { ScreenRectangle } from "./types";
import type { Wall } from "./walls";

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
