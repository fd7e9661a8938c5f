/** Where a lifted tile stands: before its wall, larger, and whole in the free part of the screen. */
import * as THREE from "three";
import { PITCH } from "./page";
import { meet, type Ray, type Struck } from "./picking";
import { type Frame, pointOf } from "./placement";
import type { Hit, Sight } from "./types";
import { rayThrough } from "./views";
import type { Wall } from "./walls";

const LIFT_M = 0.34;
const LIFTED_SIZE = 3.2;
const MOST_LIFTED_M = 2;
/** Between the tile and the edge of what it stands on, on both sides together. */
const BORDER_M = 0.03;
/** Above the floor and below the wall's top. */
const LOWEST_M = 0.12;
const HIGHEST_M = 0.035;
/** Captions are as large on the screen from wherever a tile is lifted. */
const USUAL_WINDOW_M = 2;
const LARGEST_CAPTION = 1.6;
/** Who stands nearer has the tile halfway between the wall and the eye. */
const SHARE_OF_DISTANCE = 0.5;

/** Of its pitch, around a lifted tile; the accent's frame lies there. */
export const LIFTED_GAP = 0.02;

/** A rectangle on a wall, in metres from the middle of its foot. */
export interface Bounds {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** Below a lifted tile, in metres. */
export interface Caption {
  width: number;
  height: number;
}

/** Middle and edges of a lifted tile in metres on its wall, with the frame around it. */
export interface Lifted {
  x: number;
  y: number;
  edge: [width: number, height: number];
}

/** How far before its wall a tile is lifted, in metres of the wall. */
export function liftBefore({ frame }: Pick<Wall, "frame">, sight: Sight | null): number {
  if (!sight) return LIFT_M;
  const inside = sight.position.map((value, axis) => value - frame.origin[axis]!);
  const away = inside.reduce((sum, value, axis) => sum + value * frame.z[axis]!, 0);
  const distance = away / frame.z.reduce((sum, value) => sum + value * value, 0);
  return distance > 0 ? Math.min(LIFT_M, SHARE_OF_DISTANCE * distance) : LIFT_M;
}

/**
 * What of the plane `lift` metres before a wall is seen in the free part of the screen; null for
 * who does not look at the wall from its front.
 */
export function windowOn(
  wall: Pick<Wall, "frame">, lift: number, sight: Sight | null,
): Bounds | null {
  if (!sight) return null;
  const plane: Frame = { ...wall.frame, origin: pointOf(wall.frame, 0, 0, lift) };
  const { width, height, free } = sight.screen;
  const camera = new THREE.PerspectiveCamera(sight.fov, width / height);
  camera.position.set(...sight.position);
  camera.rotation.set(sight.pitch, sight.yaw, 0, "YXZ");
  const corner = (x: number, y: number) =>
    meet(rayThrough(camera, (2 * x) / width - 1, 1 - (2 * y) / height), plane);
  const [a, b] = [corner(free.left, free.top), corner(free.right, free.top)];
  const [c, d] = [corner(free.left, free.bottom), corner(free.right, free.bottom)];
  if (!a || !b || !c || !d) return null;
  const [left, right] = [Math.max(a.x, c.x), Math.min(b.x, d.x)];
  const [bottom, top] = [Math.max(c.y, d.y), Math.min(a.y, b.y)];
  return right > left && top > bottom ? { left, bottom, right, top } : null;
}

/** How much larger than usual a caption is written. */
export function captionScale(window: Bounds | null): number {
  const high = window ? window.top - window.bottom : USUAL_WINDOW_M;
  return Math.min(LARGEST_CAPTION, high / USUAL_WINDOW_M);
}

/**
 * 3.2 times as large as on the wall, but no larger than fits the window together with its
 * caption, and no farther beyond the wall's edges than it has to be. A large tile, a matrix of
 * tokens for instance, is read where it is: it only steps forward.
 */
export function liftedPlace(
  tile: Bounds, wall: Pick<Wall, "width" | "height">, caption: Caption, window: Bounds | null,
): Lifted {
  const [width, height] = [(tile.right - tile.left) * PITCH, (tile.top - tile.bottom) * PITCH];
  const room = Math.min(MOST_LIFTED_M / width, MOST_LIFTED_M / height);
  const usual = Math.min(LIFTED_SIZE, Math.max(1, room));
  const factor = window
    ? Math.min(
        usual,
        (window.right - window.left - BORDER_M) / width,
        Math.max(0.1, window.top - window.bottom - BORDER_M - caption.height) / height,
      )
    : usual;
  const edge: [number, number] = [width * factor, height * factor];
  const slab = slabOf(edge, caption);
  let x = kept((tile.left + tile.right) / 2, -wall.width / 2, wall.width / 2, slab.width);
  let foot = kept(
    (tile.bottom + tile.top) / 2 - caption.height / 2, LOWEST_M, wall.height - HIGHEST_M,
    slab.height,
  );
  if (window) {
    x = kept(x, window.left, window.right, slab.width);
    foot = kept(foot, window.bottom, window.top, slab.height);
  }
  return { x, y: foot + caption.height / 2, edge };
}

/** What a lifted tile stands on, with its caption: width and height. */
export function slabOf(edge: readonly [number, number], caption: Caption): Caption {
  return {
    width: Math.max(edge[0] + BORDER_M, caption.width),
    height: edge[1] + BORDER_M + caption.height,
  };
}

/** The middle of something of this size between two ends; in their middle if it is larger. */
function kept(middle: number, low: number, high: number, size: number): number {
  const [least, most] = [low + size / 2, high - size / 2];
  return least > most ? (low + high) / 2 : Math.min(most, Math.max(least, middle));
}

/** A lifted tile as it is drawn now, with what it stands on. */
export interface Raised {
  wall: Wall;
  tile: number;
  /** At its middle. */
  frame: Frame;
  edge: readonly [width: number, height: number];
  caption: Caption;
}

/** Corners of what a lifted tile stands on, in the room. */
export function cornersOf({ frame, edge, caption }: Raised): [number, number, number][] {
  const { width, height } = slabOf(edge, caption);
  const top = (edge[1] + BORDER_M) / 2;
  return [[-1, top], [1, top], [-1, top - height], [1, top - height]].map(([side, y]) =>
    pointOf(frame, (side! * width) / 2, y!),
  );
}

/** The lifted tile or its caption as a ray meets it, null for neither. */
export function meetLifted(ray: Ray, raised: Raised): Struck | null {
  const { wall, tile, frame, edge, caption } = raised;
  const met = meet(ray, frame);
  const { width, height } = slabOf(edge, caption);
  const top = (edge[1] + BORDER_M) / 2;
  if (!met || Math.abs(met.x) > width / 2 || met.y > top || met.y < top - height) return null;
  const base = {
    station: wall.station, layer: wall.layer, wall: wall.index, point: met.point, lifted: true,
  };
  const inside = (place: number) => (place - LIFTED_GAP / 2) / (1 - LIFTED_GAP);
  const [u, v] = [inside(met.x / edge[0] + 0.5), inside(0.5 - met.y / edge[1])];
  const isOn = Math.min(u, v) >= 0 && Math.max(u, v) <= 1;
  const hit: Hit = isOn ? { kind: "tile", ...base, tile, u, v } : { kind: "wall", ...base };
  return { distance: met.distance, hit };
}
