/** Places with a direction, of heads and hands: in the tracked space, or in the room. */

import { plus, type Quaternion } from "../hands/grabs";
import { rotated, scaled, type Vec3 } from "../scene/placement";

export { aboutY, plus, product as after, type Quaternion } from "../hands/grabs";

export interface RigidPose {
  position: Vec3;
  rotation: Quaternion;
}

export const UP: Vec3 = [0, 1, 0];
/** Of a direction so much has to be level, or it has no heading. */
const LEAST_LEVEL = 0.15;

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

export const length = (v: Vec3): number => Math.hypot(v[0], v[1], v[2]);

export const apart = (a: Vec3, b: Vec3): number =>
  Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

export function unit(v: Vec3): Vec3 {
  return scaled(v, 1 / (length(v) || 1));
}

/** From a to b, by a share of the way. */
export const towards = (a: Vec3, b: Vec3, share: number): Vec3 => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

export const turn = (rotation: Quaternion, v: Vec3): Vec3 =>
  rotated(v, { position_m: [0, 0, 0], rotation, scale: 1 });

/** The way it points: its -z. */
export const forwardOf = ({ rotation }: RigidPose): Vec3 => turn(rotation, [0, 0, -1]);

export function pointIn({ position, rotation }: RigidPose, local: Vec3): Vec3 {
  return plus(position, turn(rotation, local));
}

/**
 * Which way it faces about +y, 0 along -z and positive to the left. Of what looks straight up or
 * down, the way its right side shows.
 */
export function yawOf(rotation: Quaternion): number {
  const ahead = turn(rotation, [0, 0, -1]);
  if (Math.hypot(ahead[0], ahead[2]) > LEAST_LEVEL) return Math.atan2(-ahead[0], -ahead[2]);
  const right = turn(rotation, [1, 0, 0]);
  return Math.atan2(-right[2], right[0]);
}

/** How far it looks up. */
export function pitchOf(rotation: Quaternion): number {
  const [x, y, z] = turn(rotation, [0, 0, -1]);
  return Math.atan2(y, Math.hypot(x, z));
}
