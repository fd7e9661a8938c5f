/** Bones and boxes that move in every frame: one draw, whose buffers stay. */
import * as THREE from "three";
import { unmeasured, placed } from "../scene/mesh";
import type { Rgb } from "../scene/palette";
import { minus, type Vec3 } from "../scene/placement";
import { makeMaterial, type Uniforms } from "../scene/shaders";
import { cross, length, unit, UP } from "./poses";

const SIDES = 6;
/** Along a bone, and how thick it is there. */
const RINGS = [[0, 0.72], [0.14, 1], [0.86, 1], [1, 0.72]] as const;
const EACH = RINGS.length * SIDES;
const ANGLES = Array.from({ length: SIDES }, (_, k) => (2 * Math.PI * k) / SIDES);
const [COS, SIN] = [ANGLES.map(Math.cos), ANGLES.map(Math.sin)] as const;
/** Of a colour: in the shade, towards the sky, and at the rim. */
const SHADE = 0.62;
const SKY = 0.42;
const RIM = 0.5;

export class LiveSolids {
  readonly mesh: THREE.Mesh;
  private readonly position: THREE.BufferAttribute;
  private readonly paint: THREE.BufferAttribute;
  private count = 0;
  private eye: Vec3 = [0, 0, 0];
  /** Of the vertex that is being made: there are thousands in every frame. */
  private readonly at: Vec3 = [0, 0, 0];
  private readonly normal: Vec3 = [0, 0, 0];

  constructor(
    shared: Uniforms,
    private readonly most: number,
    order = 4,
  ) {
    const geometry = unmeasured(new THREE.BufferGeometry());
    this.position = new THREE.BufferAttribute(new Float32Array(most * EACH * 3), 3);
    this.paint = new THREE.BufferAttribute(new Float32Array(most * EACH * 4), 4);
    for (const attribute of [this.position, this.paint]) attribute.setUsage(THREE.DynamicDrawUsage);
    geometry.setAttribute("position", this.position);
    geometry.setAttribute("paint", this.paint);
    geometry.setIndex(indices(most));
    this.mesh = placed(geometry, makeMaterial("solid", shared), order);
    this.mesh.visible = false;
  }

  /** Forgets all; `eye` is where it will be seen from. */
  begin(eye: Vec3): void {
    this.count = 0;
    this.eye = eye;
  }

  /** A round bone from a to b. `lit`: with shade and rim; else of one colour, as light is. */
  bone(a: Vec3, b: Vec3, radius: number, colour: Rgb, { thick = radius, lit = true, fog = 0 } = {}): void {
    const way = minus(b, a);
    if (this.count >= this.most || length(way) < 1e-5) return;
    const along = unit(way);
    const x = unit(cross(Math.abs(along[1]) < 0.95 ? UP : [1, 0, 0], along));
    const y = cross(along, x);
    const first = this.count++ * EACH;
    for (let ring = 0; ring < RINGS.length; ring++) {
      const [share, girth] = RINGS[ring]!;
      const out = girth * (radius + (thick - radius) * share);
      for (let k = 0; k < SIDES; k++) {
        const [cos, sin] = [COS[k]!, SIN[k]!];
        for (let axis = 0; axis < 3; axis++) {
          this.normal[axis] = x[axis]! * cos + y[axis]! * sin;
          this.at[axis] = a[axis]! + way[axis]! * share + this.normal[axis]! * out;
        }
        this.put(first + ring * SIDES + k, colour, lit ? this.light() : 1, fog);
      }
    }
  }

  private put(vertex: number, [r, g, b]: Rgb, light: number, fog: number): void {
    const [x, y, z] = this.at;
    this.position.setXYZ(vertex, x, y, z);
    this.paint.setXYZW(vertex, r * light, g * light, b * light, fog);
  }

  finish(): void {
    this.mesh.visible = this.count > 0;
    this.mesh.geometry.setDrawRange(0, this.count * INDICES.length);
    this.position.needsUpdate = this.paint.needsUpdate = true;
  }

  /** On the vertex that is being made. */
  private light(): number {
    const { at, eye, normal } = this;
    const [x, y, z] = [eye[0] - at[0], eye[1] - at[1], eye[2] - at[2]];
    const away = Math.hypot(x, y, z) || 1;
    const facing = Math.abs(normal[0] * x + normal[1] * y + normal[2] * z) / away;
    return SHADE + SKY * Math.max(0, normal[1]) + RIM * (1 - facing) ** 3;
  }
}

/** Of one bone: its sides, and both ends. */
const INDICES: readonly number[] = (() => {
  const index: number[] = [];
  for (let ring = 0; ring + 1 < RINGS.length; ring++) {
    for (let k = 0; k < SIDES; k++) {
      const [a, b] = [ring * SIDES + k, ring * SIDES + ((k + 1) % SIDES)];
      index.push(a, b, a + SIDES, b, b + SIDES, a + SIDES);
    }
  }
  const last = EACH - SIDES;
  for (let k = 1; k + 1 < SIDES; k++) index.push(0, k + 1, k, last, last + k, last + k + 1);
  return index;
})();

function indices(count: number): THREE.BufferAttribute {
  const all = new Uint16Array(count * INDICES.length);
  for (let i = 0; i < all.length; i++) {
    all[i] = INDICES[i % INDICES.length]! + EACH * Math.floor(i / INDICES.length);
  }
  return new THREE.BufferAttribute(all, 1);
}
