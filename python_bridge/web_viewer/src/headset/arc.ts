/** Teleporting: the arc that a thrown ball takes from a hand, and where one may stand. */

import type { Room } from "../generated/protocol";
import { dot, minus, scaled, type Vec3 } from "../scene/placement";
import type { Wall } from "../scene/walls";
import { forwardOf, plus, type RigidPose, towards } from "./poses";

const MARGIN_M = 4;
const SPEED_M_S = 8;
const GRAVITY_M_S2 = 9.81;
const LONGEST_S = 3;
/** So near a wall nobody stands. */
const CLEARANCE_M = 0.35;
const EYE_M = 1.6;
const POINTS = 32;

/** What of a wall stands in the way. */
export type Standing = Pick<Wall, "frame" | "width" | "height">;

/** The part of the floor where one may stand: metres of the room, z from near down to far. */
export interface FloorArea {
  left: number;
  right: number;
  near: number;
  far: number;
}

/** 4 m around all walls, the start and the board. */
export function floorOf(room: Room, walls: readonly Standing[]): FloorArea {
  const start = room.start.position_m;
  const points: Vec3[] = [
    [0, 0, start[2]],
    [0, 0, Math.min(room.end_m, start[2])],
    start,
    room.board.position_m,
    ...walls.map(({ frame }) => frame.origin),
  ];
  const [xs, zs] = [points.map((point) => point[0]), points.map((point) => point[2])];
  return {
    left: least(xs) - MARGIN_M,
    right: -least(xs.map((x) => -x)) + MARGIN_M,
    near: -least(zs.map((z) => -z)) + MARGIN_M,
    far: least(zs) - MARGIN_M,
  };
}

export function contains(area: FloorArea, [x, , z]: Vec3): boolean {
  return x >= area.left && x <= area.right && z <= area.near && z >= area.far;
}

export class TeleportArc {
  /** From the hand to the end, in metres of the room. */
  points: Vec3[] = [];
  /** Where it ends: on the floor, on a wall, or in the air. */
  end: Vec3 = [0, 0, 0];
  /** One may stand at the end. */
  valid = false;

  /** Throws along the hand's -z. */
  throw(hand: RigidPose, floor: FloorArea, walls: readonly Standing[]): void {
    const velocity = scaled(forwardOf(hand), SPEED_M_S);
    const lands = landsAfter(hand.position[1], velocity[1]);
    const step = Math.min(LONGEST_S, lands) / (POINTS - 1);
    let onFloor = lands <= LONGEST_S;
    this.points = [hand.position];
    for (let i = 1; i < POINTS; i++) {
      const [from, to] = [this.points.at(-1)!, thrown(hand.position, velocity, i * step)];
      const part = firstCrossing(from, to, walls);
      this.points.push(part <= 1 ? towards(from, to, part) : to);
      if (part > 1) continue;
      onFloor = false;
      break;
    }
    this.end = this.points.at(-1)!;
    if (onFloor) this.end = this.points[this.points.length - 1] = [this.end[0], 0, this.end[2]];
    this.valid = onFloor && contains(floor, this.end) && isClear(this.end, walls);
  }
}

/** Whether there is room to stand between the walls. */
export function isClear(feet: Vec3, walls: readonly Standing[]): boolean {
  return walls.every((wall) => {
    const [x, y, z] = localOf(wall, feet);
    const scale = Math.sqrt(dot(wall.frame.x, wall.frame.x));
    const margin = CLEARANCE_M / scale;
    const high = y > wall.height || y < -EYE_M / scale;
    const beside = Math.abs(x) > wall.width / 2 + margin;
    return high || beside || Math.abs(z) >= margin;
  });
}

function landsAfter(height: number, up: number): number {
  const under = up * up + 2 * GRAVITY_M_S2 * height;
  const after = under < 0 ? -1 : (up + Math.sqrt(under)) / GRAVITY_M_S2;
  return after > 0 && height > 0 ? after : Infinity;
}

function thrown(from: Vec3, velocity: Vec3, seconds: number): Vec3 {
  const [x, y, z] = plus(from, scaled(velocity, seconds));
  return [x, y - (GRAVITY_M_S2 * seconds * seconds) / 2, z];
}

/** The least part of the way from a point to another at which it goes through a wall. */
function firstCrossing(from: Vec3, to: Vec3, walls: readonly Standing[]): number {
  let nearest = Infinity;
  for (const wall of walls) {
    const [a, b] = [localOf(wall, from), localOf(wall, to)];
    if (a[2] * b[2] > 0 || a[2] === b[2]) continue;
    const part = a[2] / (a[2] - b[2]);
    const [x, y] = towards(a, b, part);
    const inside = Math.abs(x) <= wall.width / 2 && y >= 0 && y <= wall.height;
    if (inside && part > 0) nearest = Math.min(nearest, part);
  }
  return nearest;
}

/** A point in the metres of a wall's frame. */
export function localOf({ frame: { origin, x, y, z } }: Standing, point: Vec3): Vec3 {
  const from = minus(point, origin);
  const square = dot(x, x);
  return [dot(from, x) / square, dot(from, y) / square, dot(from, z) / dot(z, z)];
}

/** Unlike Math.min of all, for any number of them. */
const least = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Infinity);
