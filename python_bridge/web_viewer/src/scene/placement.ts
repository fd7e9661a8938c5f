/** Where walls, texts and boxes stand once visitors have moved or scaled their stations. */
import type { Station, Transform } from "../generated/protocol";

export type Vec3 = [number, number, number];

/** A frame: origin and three axes, whose length is the scale. */
export interface Frame {
  origin: Vec3;
  x: Vec3;
  y: Vec3;
  z: Vec3;
}

/** The frame that a station's transform replaces. */
export type Home = Pick<Station, "origin_m" | "yaw_rad">;

/** The frame of something that stands at `position`, turned about +y. */
export function upright(position: Vec3, yaw: number): Frame {
  const [s, c] = [Math.sin(yaw), Math.cos(yaw)];
  return { origin: [...position], x: [c, 0, -s], y: [0, 1, 0], z: [s, 0, c] };
}

/** The frame of something that lies on the floor, readable for who looks along `yaw`. */
export function flat(position: Vec3, yaw = 0): Frame {
  const { origin, x, z } = upright(position, yaw);
  return { origin, x, y: scaled(z, -1), z: [0, 1, 0] };
}

export function pointOf(frame: Frame, x: number, y: number, z = 0): Vec3 {
  const at = (i: number) =>
    frame.origin[i]! + frame.x[i]! * x + frame.y[i]! * y + frame.z[i]! * z;
  return [at(0), at(1), at(2)];
}

export const scaled = (v: Vec3, by: number): Vec3 => [v[0] * by, v[1] * by, v[2] * by];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** The transforms of the shared document, ready to be applied to frames. */
export class Placement {
  #homes = new Map<string, Home>();
  #transforms: Record<string, Transform> = {};
  /** What hands hold here stands where they are, whatever the document says. */
  #held = new Map<string, Transform>();
  /** Stations that somebody else is moving just now. */
  #underway: ReadonlySet<string> = new Set();

  setStations(stations: readonly Station[]): void {
    this.#homes = new Map(stations.map((station) => [station.key, station]));
  }

  /** Stations that hands hold here, or somebody else is moving: they will soon stand elsewhere. */
  get loose(): ReadonlySet<string> {
    return new Set([...this.#held.keys(), ...this.#underway]);
  }

  /** Those that somebody else is moving just now. */
  get underway(): ReadonlySet<string> {
    return this.#underway;
  }

  setUnderway(stations: ReadonlySet<string>): void {
    this.#underway = stations;
  }

  /** The stations that moved and that nobody holds here. */
  setTransforms(transforms: Record<string, Transform>): string[] {
    const former = this.#transforms;
    this.#transforms = { ...transforms }; // the document's own is written on
    const keys = new Set([...Object.keys(former), ...Object.keys(transforms)]);
    return [...keys].filter((key) => !this.#held.has(key) && former[key] !== transforms[key]);
  }

  /** True if it was taken, or is let go of. */
  hold(station: string, transform: Transform | null): boolean {
    const before = this.#held.has(station);
    if (transform) this.#held.set(station, transform);
    else this.#held.delete(station);
    return before !== this.#held.has(station);
  }

  /** A path of the untransformed room whose ends go with their stations, and the rest between. */
  bent(path: readonly Vec3[], source: string, target: string): readonly Vec3[] {
    const [first, last] = [path[0], path.at(-1)];
    if (!first || !last || !(this.#isMoved(source) || this.#isMoved(target))) return path;
    const begin = minus(this.#point(first, source), first);
    const end = minus(this.#point(last, target), last);
    const along = lengths(path);
    return path.map((point, i) => {
      const share = along[i]! / Math.max(1e-9, along.at(-1)!);
      const by = (axis: number) => begin[axis]! + (end[axis]! - begin[axis]!) * share;
      return [point[0] + by(0), point[1] + by(1), point[2] + by(2)];
    });
  }

  #isMoved(station: string): boolean {
    return this.#held.has(station) || station in this.#transforms;
  }

  #point(at: Vec3, station: string): Vec3 {
    return this.moved({ origin: at, x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] }, station).origin;
  }

  /** The frame as its station was moved; unchanged if it belongs to none, or stands at home. */
  moved(frame: Frame, station: string): Frame {
    const transform = this.#held.get(station) ?? this.#transforms[station];
    const home = this.#homes.get(station);
    if (!transform || !home) return frame;
    const turned = (v: Vec3) => scaled(turnedFrom(home, v, transform), transform.scale);
    return {
      origin: transformed(frame.origin, home, transform),
      x: turned(frame.x),
      y: turned(frame.y),
      z: turned(frame.z),
    };
  }
}

/** How far along a path each of its points is. */
function lengths(path: readonly Vec3[]): number[] {
  let sum = 0;
  return path.map((point, i) => {
    const before = path[Math.max(0, i - 1)]!;
    sum += Math.hypot(...minus(point, before));
    return sum;
  });
}

/** A point of a station that stands there in the untransformed room. */
export function transformed(point: Vec3, home: Home, transform: Transform): Vec3 {
  const from = minus(point, home.origin_m);
  const [x, y, z] = scaled(turnedFrom(home, from, transform), transform.scale);
  const [px, py, pz] = transform.position_m;
  return [px + x, py + y, pz + z];
}

/** A direction of a station that stands there in the untransformed room. */
export function turnedFrom({ yaw_rad }: Home, v: Vec3, transform: Transform): Vec3 {
  if (yaw_rad === 0) return rotated(v, transform);
  const { x, z } = upright([0, 0, 0], yaw_rad);
  return rotated([dot(v, x), v[1], dot(v, z)], transform);
}

/** v turned by the transform's unit quaternion (x, y, z, w). */
export function rotated(v: Vec3, { rotation: [x, y, z, w] }: Transform): Vec3 {
  const t: Vec3 = scaled(cross([x, y, z], v), 2);
  const u = cross([x, y, z], t);
  return [v[0] + w * t[0] + u[0], v[1] + w * t[1] + u[1], v[2] + w * t[2] + u[2]];
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
