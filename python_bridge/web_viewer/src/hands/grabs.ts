/**
 * Where a station goes that hands hold: the rules of the Unity client's Scene/Grab, and of the
 * mouse, which is a hand that does not turn.
 *
 * Walls stay upright: they turn about the vertical alone, for leaning ones can be neither read nor
 * stood before. Nothing can be lost below the floor.
 */

import type { Transform } from "../generated/protocol";
import { minus, rotated, scaled, type Vec3 } from "../scene/placement";

/** x, y, z, w, of length one. */
export type Quaternion = [number, number, number, number];

/** Where a hand is in the room. */
export interface Hand {
  position: Vec3;
  rotation: Quaternion;
}

export const UNTURNED: Quaternion = [0, 0, 0, 1];
/** Hands make a station neither smaller nor larger. */
export const LEAST_SCALE = 0.2;
export const MOST_SCALE = 5;

/** Hands that touch say no direction, in metres. */
const NEAREST_M = 0.05;
/** A direction of length 1 has a heading if so much of it is level. */
const LEAST_LEVEL = 0.15;

/** Where the layout has a station. */
export function atHome(origin: Vec3, yaw = 0): Transform {
  return { position_m: [...origin], rotation: yaw === 0 ? [...UNTURNED] : aboutY(yaw), scale: 1 };
}

/** Turned by radians about the vertical through a point. */
export function turned(station: Transform, radians: number, about = station.position_m): Transform {
  const rotation = normalized(product(aboutY(radians), station.rotation));
  const position_m = plus(about, turnedBy(minus(station.position_m, about), radians));
  return { ...station, rotation, position_m };
}

/** As many times as large, within what hands may, while a point stays where it is. */
export function larger(station: Transform, times: number, about = station.position_m): Transform {
  const scale = bounded(station.scale * times, station.scale);
  const offset = scaled(minus(station.position_m, about), scale / station.scale);
  return { ...station, scale, position_m: aboveFloor(plus(about, offset)) };
}

export function shifted(station: Transform, by: Vec3): Transform {
  const [x, y, z] = station.position_m;
  return { ...station, position_m: aboveFloor([x + by[0], y + by[1], z + by[2]]) };
}

/** Held with one hand: it keeps its offset from the hand, and turns about +y with it. */
export class OneHandGrab {
  private readonly offset: Vec3;
  private last: Quaternion;
  private turn = 0;

  constructor(
    hand: Hand,
    private readonly station: Transform,
  ) {
    this.offset = minus(station.position_m, hand.position);
    this.last = hand.rotation;
  }

  /** Where it is now that the hand is there; to be called as it moves, for turns add up. */
  at(hand: Hand): Transform {
    this.turn += turnBetween(this.last, hand.rotation);
    this.last = hand.rotation;
    const position = plus(hand.position, turnedBy(this.offset, this.turn));
    return { ...turned(this.station, this.turn), position_m: aboveFloor(position) };
  }
}

/**
 * Held with two hands: it goes with the middle between them, turns as the line between them does
 * seen from above, and is as much larger as they are farther apart. While one hand is above the
 * other, that line has no direction, and the station keeps the turn it has.
 */
export class TwoHandGrab {
  private readonly middle: Vec3;
  private readonly apart: number;
  private heading: number | null;
  private turn = 0;

  constructor(
    left: Vec3,
    right: Vec3,
    private readonly station: Transform,
  ) {
    this.middle = between(left, right);
    this.apart = Math.max(NEAREST_M, length(minus(right, left)));
    this.heading = levelHeading(minus(right, left));
  }

  /** Where it is now that the hands are there; to be called as they move, for turns add up. */
  at(left: Vec3, right: Vec3): Transform {
    const line = minus(right, left);
    const heading = levelHeading(line);
    if (heading !== null && this.heading !== null) {
      this.turn += nearestTurn(heading - this.heading);
    }
    this.heading = heading;
    const { station } = this;
    const apart = Math.max(NEAREST_M, length(line));
    const scale = bounded((station.scale * apart) / this.apart, station.scale);
    const offset = scaled(minus(station.position_m, this.middle), scale / station.scale);
    const position = plus(between(left, right), turnedBy(offset, this.turn));
    return { ...turned(station, this.turn), position_m: aboveFloor(position), scale };
  }
}

/** Are they the same place, to what nobody sees? */
export function samePlace(a: Transform, b: Transform): boolean {
  const apart = length(minus(a.position_m, b.position_m));
  const turn = a.rotation.reduce((sum, part, i) => sum + Math.abs(part - b.rotation[i]!), 0);
  return apart < 1e-4 && turn < 1e-5 && Math.abs(a.scale - b.scale) < 1e-6;
}

/**
 * How far a hand turned about +y: as the way it points did, seen from above. About straight up or
 * down that is no direction, and beyond it the opposite one: there its right side shows the turn.
 */
function turnBetween(before: Quaternion, after: Quaternion): number {
  const axis: Vec3 = isLevel(before) && isLevel(after) ? [0, 0, -1] : [1, 0, 0];
  return nearestTurn(heading(by(after, axis)) - heading(by(before, axis)));
}

function isLevel(hand: Quaternion): boolean {
  const [x, , z] = by(hand, [0, 0, -1]);
  return Math.hypot(x, z) > LEAST_LEVEL;
}

const by = (rotation: Quaternion, v: Vec3): Vec3 =>
  rotated(v, { position_m: [0, 0, 0], rotation, scale: 1 });

/** Angle about +y of a direction seen from above. */
const heading = (v: Vec3): number => Math.atan2(-v[2], v[0]);

function levelHeading(v: Vec3): number | null {
  return Math.hypot(v[0], v[2]) < NEAREST_M ? null : heading(v);
}

/** The same turn, at most half a circle. */
function nearestTurn(radians: number): number {
  return radians - 2 * Math.PI * Math.round(radians / (2 * Math.PI));
}

/** One that was out of bounds before stays as it is, until it is back inside. */
function bounded(scale: number, before: number): number {
  const [least, most] = [Math.min(before, LEAST_SCALE), Math.max(before, MOST_SCALE)];
  return Math.min(most, Math.max(least, scale));
}

const aboveFloor = ([x, y, z]: Vec3): Vec3 => [x, Math.max(0, y), z];
export const plus = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const between = (a: Vec3, b: Vec3): Vec3 => scaled(plus(a, b), 0.5);
const length = (v: Vec3): number => Math.hypot(...v);

export const aboutY = (radians: number): Quaternion => [0, Math.sin(radians / 2), 0, Math.cos(radians / 2)];
const turnedBy = (v: Vec3, radians: number): Vec3 => by(aboutY(radians), v);

/** First b, then a. */
export function product(a: Quaternion, b: Quaternion): Quaternion {
  const [ax, ay, az, aw] = a;
  const [bx, by, bz, bw] = b;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

function normalized(q: Quaternion): Quaternion {
  const norm = Math.hypot(...q);
  return [q[0] / norm, q[1] / norm, q[2] / norm, q[3] / norm];
}
