/** Sky and floor, lines of light on it, and the fields of blocks. */
import * as THREE from "three";
import type { Field, FloorLine } from "../generated/protocol";
import { placed, quadGeometry, unmeasured } from "./mesh";
import { rgb } from "./palette";
import { makeMaterial, type Uniforms } from "./shaders";

const FLOOR_REACH_M = 1400;
const SPILL_M = 0.9;
const LINE_Y_M = 0.006;

export function makeSky(shared: Uniforms): THREE.Mesh {
  const dome = new THREE.SphereGeometry(1, 32, 12, 0, 2 * Math.PI, 0, 0.53 * Math.PI);
  const material = makeMaterial("sky", shared, { sides: "inside", writesDepth: false });
  return placed(dome, material, 10);
}

/** The floor goes with the camera. */
export function makeFloor(shared: Uniforms): THREE.Mesh {
  const r = FLOOR_REACH_M;
  const geometry = new THREE.BufferGeometry();
  const corners = new Float32Array([-r, -r, r, -r, -r, r, r, r]);
  geometry.setAttribute("position", new THREE.BufferAttribute(corners, 2));
  geometry.setIndex([0, 2, 1, 1, 2, 3]);
  return placed(geometry, makeMaterial("floor", shared, { writesDepth: false }), 11);
}

/** All floor lines, merged. */
export class Lines {
  readonly mesh: THREE.Mesh;

  constructor(shared: Uniforms) {
    const material = makeMaterial("line", shared, { blending: "over", sides: "both" });
    this.mesh = placed(new THREE.BufferGeometry(), material, 22);
    this.mesh.visible = false;
  }

  set(lines: readonly FloorLine[]): void {
    const position: number[] = [];
    const across: number[] = [];
    const paint: number[] = [];
    const index: number[] = [];
    for (const line of lines) addLine(line, position, across, paint, index);
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.Float32BufferAttribute(position, 3));
    geometry.setAttribute("across", new THREE.Float32BufferAttribute(across, 2));
    geometry.setAttribute("paint", new THREE.Float32BufferAttribute(paint, 3));
    geometry.setIndex(index);
    this.mesh.geometry.dispose();
    this.mesh.geometry = unmeasured(geometry);
    this.mesh.visible = index.length > 0;
  }
}

function addLine(
  line: FloorLine, position: number[], across: number[], paint: number[], index: number[],
): void {
  const points = line.points_m;
  const colour = rgb(line.colour);
  const first = position.length / 3;
  points.forEach(([x, z], i) => {
    const [ax, az] = points[Math.max(0, i - 1)]!;
    const [bx, bz] = points[Math.min(points.length - 1, i + 1)]!;
    const length = Math.hypot(bx - ax, bz - az) || 1;
    const [nx, nz] = [-(bz - az) / length, (bx - ax) / length];
    for (const side of [-SPILL_M, SPILL_M]) {
      position.push(x + nx * side, LINE_Y_M, z + nz * side);
      across.push(side, line.width_m);
      paint.push(...colour);
    }
    const a = first + 2 * i;
    if (i > 0) index.push(a - 2, a - 1, a, a - 1, a + 1, a);
  });
}

/** The floors of blocks. */
export class Fields {
  readonly mesh: THREE.Mesh;
  #geometry = new THREE.InstancedBufferGeometry();

  constructor(shared: Uniforms) {
    const quad = quadGeometry();
    this.#geometry.setAttribute("position", quad.getAttribute("position"));
    this.#geometry.setIndex(quad.index);
    const material = makeMaterial("field", shared, { blending: "add", sides: "both" });
    this.mesh = placed(this.#geometry, material, 21);
    this.mesh.visible = false;
  }

  set(fields: readonly Field[]): void {
    const extent = fields.flatMap((field) => [
      -field.width_m / 2, field.far_m, field.width_m, field.near_m - field.far_m,
    ]);
    const strength = fields.map((field) => (field.opened ? 1.7 : 1));
    this.#geometry.dispose();
    this.#geometry.setAttribute(
      "extent", new THREE.InstancedBufferAttribute(new Float32Array(extent), 4),
    );
    this.#geometry.setAttribute(
      "strength", new THREE.InstancedBufferAttribute(new Float32Array(strength), 1),
    );
    this.#geometry.instanceCount = fields.length;
    this.mesh.visible = fields.length > 0;
  }
}
