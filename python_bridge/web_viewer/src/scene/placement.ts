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

/** The frame of something that stands at `position`, turned about +y. */
export function upright(position: Vec3, yaw: number): Frame {
  const [s, c] = [Math.sin(yaw), Math.cos(yaw)];
  return { origin: [...position], x: [c, 0, -s], y: [0, 1, 0], z: [s, 0, c] };
}

/** The frame of something that lies on the floor, readable for who walks along -z. */
export function flat(position: Vec3): Frame {
  return { origin: [...position], x: [1, 0, 0], y: [0, 0, -1], z: [0, 1, 0] };
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
  #origins = new Map<string, Vec3>();
  #transforms: Record<string, Transform> = {};

  setStations(stations: readonly Station[]): void {
    this.#origins = new Map(stations.map((station) => [station.key, station.origin_m]));
  }

  setTransforms(transforms: Record<string, Transform>): void {
    this.#transforms = transforms;
  }

  /** The frame as its station was moved; unchanged if it belongs to none, or stands at home. */
  moved(frame: Frame, station: string): Frame {
    const transform = station === "" ? undefined : this.#transforms[station];
    const origin = this.#origins.get(station);
    if (!transform || !origin) return frame;
    const turned = (v: Vec3) => scaled(rotated(v, transform), transform.scale);
    return {
      origin: transformed(frame.origin, origin, transform),
      x: turned(frame.x),
      y: turned(frame.y),
      z: turned(frame.z),
    };
  }
}

/** A point of a station whose origin in the untransformed room is `origin`. */
export function transformed(point: Vec3, origin: Vec3, transform: Transform): Vec3 {
  const [x, y, z] = scaled(rotated(minus(point, origin), transform), transform.scale);
  const [px, py, pz] = transform.position_m;
  return [px + x, py + y, pz + z];
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
