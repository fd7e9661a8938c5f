/**
 * A wall dragged on the screen, by mouse or fingers: at its body it moves over the floor, at a side
 * it turns, at a corner it grows. With Shift it goes up and down. Two fingers do all at once.
 */

import type { Transform } from "../generated/protocol";
import type { Ray } from "../scene/picking";
import { minus, type Vec3 } from "../scene/placement";
import { larger, plus, shifted, turned } from "./grabs";

export type Handle = "body" | "side" | "corner";
/** On the canvas, in CSS pixels from its top left corner. */
export type Point = readonly [x: number, y: number];

/** Nobody drags a wall out of sight. */
const FARTHEST_M = 60;
/** Half a turn across so many pixels. */
const TURN_PX = 500;
/** Fingers that touch say no direction. */
const NEAREST_PX = 12;

/** The canvas as the visitor sees it. */
export interface Screen {
  ray(point: Point): Ray;
  /** Null behind the eye. */
  project(point: Vec3): Point | null;
  /** How high a pixel is at a point of the room. */
  metresAPixel(point: Vec3): number;
}

/** What is held, and where the foot of the wall is about which it turns and grows. */
export interface Grasped {
  station: Transform;
  foot: Vec3;
}

/** One pointer, or two, that hold a wall from where they are now. */
export class Dragging {
  private readonly station: Transform;
  private readonly pivot: Vec3;
  private readonly foot: Point;

  constructor(
    private readonly screen: Screen,
    private readonly handle: Handle,
    private readonly from: readonly Point[],
    { station, foot }: Grasped,
    private readonly upright = false,
  ) {
    this.station = station;
    this.pivot = foot;
    this.foot = screen.project(foot) ?? from[0] ?? [0, 0];
  }

  /** Where it is now that the pointers are there. */
  at(to: readonly Point[]): Transform {
    const [a, b] = this.from;
    const [c, d] = to;
    if (!a || !c) return this.station;
    if (b && d) return this.withTwo([a, b], [c, d]);
    const { station, pivot } = this;
    if (this.handle === "corner") return larger(station, this.growth(a, c), pivot);
    if (this.handle === "side") return turned(station, ((c[0] - a[0]) * Math.PI) / TURN_PX, pivot);
    return this.upright ? this.lifted(c[1] - a[1]) : this.moved(a, c);
  }

  private withTwo([a, b]: [Point, Point], [c, d]: [Point, Point]): Transform {
    const twist = angle(c, d) - angle(a, b);
    const moved = this.moved(middle(a, b), middle(c, d));
    const pivot = plus(this.pivot, minus(moved.position_m, this.station.position_m));
    const grown = larger(moved, apart(c, d) / apart(a, b), pivot);
    return turned(grown, -twist, pivot); // y points down on a screen: clockwise there is so here
  }

  private growth(from: Point, to: Point): number {
    return apart(to, this.foot) / apart(from, this.foot);
  }

  private lifted(down: number): Transform {
    const metres = this.screen.metresAPixel(this.pivot);
    return shifted(this.station, [0, -down * metres, 0]);
  }

  /** Its foot stays as far from the pointer as it was, and on its height. */
  private moved(from: Point, to: Point): Transform {
    const [x, y] = this.foot;
    const height = this.pivot[1];
    const before = onLevel(this.screen.ray([x, y]), height);
    const now = onLevel(this.screen.ray([x + to[0] - from[0], y + to[1] - from[1]]), height);
    if (!before || !now) return this.station;
    return shifted(this.station, minus(now, before));
  }
}

/** Where a ray meets a level plane, at most so far away; null if it looks away from it. */
function onLevel({ origin, direction }: Ray, height: number): Vec3 | null {
  const level = Math.hypot(direction[0], direction[2]);
  if (level === 0) return null;
  const rise = height - origin[1];
  const reached = direction[1] === 0 ? Infinity : rise / direction[1];
  const farthest = FARTHEST_M / level;
  const length = reached > 0 ? Math.min(reached, farthest) : farthest;
  return [origin[0] + direction[0] * length, height, origin[2] + direction[2] * length];
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
const apart = (a: Point, b: Point): number =>
  Math.max(NEAREST_PX, Math.hypot(a[0] - b[0], a[1] - b[1]));
const angle = (a: Point, b: Point): number => Math.atan2(b[1] - a[1], b[0] - a[0]);
