/** Solid things of one colour: wall backs, beams, frames, plates, discs, rings. Instanced. */
import * as THREE from "three";
import { placed } from "./mesh";
import { type Rgb, rgb } from "./palette";
import { type Frame, scaled, type Vec3 } from "./placement";
import { makeMaterial, type Uniforms } from "./shaders";

export const WALL_FOG = 0.0125;

/** Centre, whole extents along three axes, colour, fog per metre. */
export interface Solid {
  centre: Vec3;
  x: Vec3;
  y: Vec3;
  z: Vec3;
  colour: Rgb;
  fog: number;
}

/** A box of `size` in a frame, its centre at the frame's origin. */
export function box(frame: Frame, size: Vec3, colour: string, fog = WALL_FOG): Solid {
  return {
    centre: frame.origin,
    x: scaled(frame.x, size[0]),
    y: scaled(frame.y, size[1]),
    z: scaled(frame.z, size[2]),
    colour: rgb(colour),
    fog,
  };
}

const PARTS = [
  ["centre", 3], ["alongX", 3], ["alongY", 3], ["alongZ", 3], ["paint", 4],
] as const;

/** One instanced draw of one shape. */
export class Solids {
  readonly mesh: THREE.Mesh;
  #geometry = new THREE.InstancedBufferGeometry();
  #capacity = 0;
  #attributes: THREE.InstancedBufferAttribute[] = [];

  constructor(shape: THREE.BufferGeometry, shared: Uniforms, order = 1) {
    this.#geometry.setAttribute("position", shape.getAttribute("position"));
    this.#geometry.setIndex(shape.index);
    this.mesh = placed(this.#geometry, makeMaterial("solid", shared), order);
    this.set([]);
  }

  set(solids: readonly Solid[]): void {
    if (solids.length > this.#capacity || this.#attributes.length === 0) {
      this.#reserve(Math.max(8, solids.length));
    }
    const [centre, x, y, z, paint] = this.#attributes.map((one) => one.array as Float32Array);
    solids.forEach((solid, i) => {
      centre!.set(solid.centre, 3 * i);
      x!.set(solid.x, 3 * i);
      y!.set(solid.y, 3 * i);
      z!.set(solid.z, 3 * i);
      paint!.set([...solid.colour, solid.fog], 4 * i);
    });
    for (const attribute of this.#attributes) attribute.needsUpdate = true;
    this.#geometry.instanceCount = solids.length;
    this.mesh.visible = solids.length > 0;
  }

  #reserve(capacity: number): void {
    this.#capacity = capacity;
    this.#geometry.dispose();
    this.#attributes = PARTS.map(([name, size]) => {
      const attribute = new THREE.InstancedBufferAttribute(
        new Float32Array(capacity * size), size,
      );
      this.#geometry.setAttribute(name, attribute);
      return attribute;
    });
  }
}

export const unitBox = (): THREE.BufferGeometry => new THREE.BoxGeometry(1, 1, 1);

/** A box without its front (+z). */
export function openBox(): THREE.BufferGeometry {
  const geometry = unitBox();
  const front = geometry.groups[4]!;
  const index = Array.from(geometry.index!.array);
  index.splice(front.start, front.count);
  geometry.setIndex(index);
  return geometry;
}

/** A disc of diameter 1 in the x-y plane. */
export const unitDisc = (): THREE.BufferGeometry => new THREE.CircleGeometry(0.5, 32);

/** A ring of radius 1 in the x-y plane; thickness as of Ø 0.4 m rings with 44 mm tubes. */
export const unitRing = (): THREE.BufferGeometry => new THREE.TorusGeometry(1, 0.11, 6, 28);
