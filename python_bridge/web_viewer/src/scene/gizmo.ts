/** Handles around a wall that can be moved: corners make it larger, sides turn it. */
import type * as THREE from "three";
import { box, type Solid, Solids, unitBox } from "./boxes";
import { COLOUR } from "./palette";
import { onWall } from "./picking";
import type { Vec3 } from "./placement";
import type { Uniforms } from "./shaders";
import type { Wall } from "./walls";

/** Edge of a handle, as a share of how far away it is. */
const EDGE = 0.022;
const LEAST_M = 0.05;
const THIN_M = 0.012;
const BEFORE_M = 0.03;
const FOG = 0.006;

export interface HandlePlace {
  kind: "corner" | "side";
  point: Vec3;
}

/** Where the handles of a wall are, just before it. */
export function handlesOf(wall: Wall): HandlePlace[] {
  const { width, height } = wall;
  const at = (kind: HandlePlace["kind"], x: number, y: number): HandlePlace =>
    ({ kind, point: onWall(wall, x * width / 2, y * height, BEFORE_M) });
  return [
    at("corner", -1, 1), at("corner", 1, 1), at("corner", -1, 0), at("corner", 1, 0),
    at("side", -1, 0.5), at("side", 1, 0.5),
  ];
}

export class Gizmo {
  readonly mesh: THREE.Mesh;
  #solids: Solids;
  #shown = "";

  constructor(shared: Uniforms) {
    this.#solids = new Solids(unitBox(), shared, 32);
    this.mesh = this.#solids.mesh;
  }

  /** Around a wall as it stands, seen from `eye`; null: around none. */
  update(wall: Wall | null, eye: Vec3): void {
    const key = wall ? JSON.stringify([wall.frame, wall.width, wall.height, eye]) : "";
    if (key === this.#shown) return;
    this.#shown = key;
    this.#solids.set(wall ? handlesOf(wall).map((handle) => solidOf(wall, handle, eye)) : []);
  }
}

/** Corners are squares, sides are upright bars: what each does shows before it is tried. */
function solidOf(wall: Wall, { kind, point }: HandlePlace, eye: Vec3): Solid {
  const apart = Math.hypot(...point.map((value, axis) => value - eye[axis]!));
  const scale = Math.hypot(...wall.frame.x);
  const edge = Math.max(LEAST_M, EDGE * apart) / scale;
  const tall = kind === "side" ? 3 * edge : edge;
  const wide = kind === "side" ? 0.5 * edge : edge;
  return box({ ...wall.frame, origin: point }, [wide, tall, THIN_M], COLOUR.accent, FOG);
}
