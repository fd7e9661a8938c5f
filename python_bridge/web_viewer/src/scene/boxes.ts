/**
 * Solid things of one colour: wall backs, beams, frames, plates, discs, rings.
 *
 * One mesh holds all of a shape: thousands of instances of a dozen triangles each take ten times as
 * long to draw as their triangles do, most of all where the processor draws.
 */
import * as THREE from "three";
import { placed, unmeasured } from "./mesh";
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

/** One draw of all solids of a shape. */
export class Solids {
  readonly mesh: THREE.Mesh;
  #shape: THREE.BufferGeometry;

  constructor(shape: THREE.BufferGeometry, shared: Uniforms, order = 1) {
    this.#shape = shape;
    this.mesh = placed(new THREE.BufferGeometry(), makeMaterial("solid", shared), order);
    this.mesh.visible = false;
  }

  set(solids: readonly Solid[]): void {
    const corners = this.#shape.getAttribute("position").array;
    const each = corners.length / 3;
    const position = new Float32Array(solids.length * corners.length);
    const paint = new Float32Array(solids.length * each * 4);
    solids.forEach(({ centre, x, y, z, colour, fog }, i) => {
      for (let k = 0; k < each; k++) {
        const [u, v, w] = [corners[3 * k]!, corners[3 * k + 1]!, corners[3 * k + 2]!];
        const vertex = i * each + k;
        for (let axis = 0; axis < 3; axis++) {
          position[3 * vertex + axis] =
            centre[axis]! + x[axis]! * u + y[axis]! * v + z[axis]! * w;
        }
        paint.set(colour, 4 * vertex);
        paint[4 * vertex + 3] = fog;
      }
    });
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.BufferAttribute(position, 3));
    geometry.setAttribute("paint", new THREE.BufferAttribute(paint, 4));
    geometry.setIndex(new THREE.BufferAttribute(indicesOf(this.#shape, solids.length), 1));
    this.mesh.geometry.dispose();
    this.mesh.geometry = unmeasured(geometry);
    this.mesh.visible = solids.length > 0;
  }
}

/** Those of a shape, `count` times over. */
function indicesOf(shape: THREE.BufferGeometry, count: number): Uint32Array {
  const one = shape.index!.array;
  const each = shape.getAttribute("position").count;
  const index = new Uint32Array(count * one.length);
  for (let i = 0; i < index.length; i++) {
    index[i] = one[i % one.length]! + each * Math.floor(i / one.length);
  }
  return index;
}

/** A cube of edge 1: eight corners, since it has one colour. */
export function unitBox(): THREE.BufferGeometry {
  return boxOf([...FRONT, ...SIDES]);
}

/** A box without its front (+z). */
export function openBox(): THREE.BufferGeometry {
  return boxOf(SIDES);
}

// Corners are numbered by x + 2 y + 4 z; counter-clockwise from outside.
const FRONT = [4, 5, 7, 4, 7, 6];
const SIDES = [
  0, 2, 3, 0, 3, 1, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3,
];

function boxOf(index: number[]): THREE.BufferGeometry {
  const geometry = new THREE.BufferGeometry();
  const corners = Array.from({ length: 8 }, (_, i) => [i & 1, (i >> 1) & 1, i >> 2]).flat();
  const position = new Float32Array(corners.map((one) => one - 0.5));
  geometry.setAttribute("position", new THREE.BufferAttribute(position, 3));
  geometry.setIndex(index);
  return geometry;
}

/** A disc of diameter 1 in the x-y plane. */
export const unitDisc = (): THREE.BufferGeometry => new THREE.CircleGeometry(0.5, 32);

/** A ring of radius 1 in the x-y plane; thickness as of Ø 0.4 m rings with 44 mm tubes. */
export const unitRing = (): THREE.BufferGeometry => new THREE.TorusGeometry(1, 0.11, 6, 28);
