/** Sky and floor, lines of light on it, and the fields of blocks. */
import * as THREE from "three";
import type { Field, FloorLine } from "../generated/protocol";
import { placed, quadGeometry, unmeasured } from "./mesh";
import { rgb } from "./palette";
import { makeMaterial, type Uniforms } from "./shaders";
import { FARTHEST_M } from "./views";

/** The last one is beyond all fog, also the thin one of the overview of a long room. */
const FLOOR_RINGS_M = [3, 9, 30, 120, 1400, FARTHEST_M];
const FLOOR_SPOKES = 24;
/** No corner in the plane of the eye (w = 0), where software rendering loses its coordinates. */
const FLOOR_TURN = 0.0837;
/** Most reach of the light that lines spill; less in bends, where it would fold. */
const SPILL_M = 0.9;
const LEAST_SPILL_M = 0.12;
const LINE_Y_M = 0.006;

export function makeSky(shared: Uniforms): THREE.Mesh {
  const dome = new THREE.SphereGeometry(1, 32, 12, 0, 2 * Math.PI, 0, 0.53 * Math.PI);
  const material = makeMaterial("sky", shared, { sides: "inside", writesDepth: false });
  return placed(dome, material, 10);
}

/**
 * The floor goes with the camera. Near the eye its triangles are small: the depth of one that
 * reaches from the feet to the horizon is off by more than what lies on the floor is high.
 */
export function makeFloor(shared: Uniforms): THREE.Mesh {
  const corners: number[] = [];
  const index: number[] = [];
  FLOOR_RINGS_M.forEach((radius, ring) => {
    for (let i = 0; i < FLOOR_SPOKES; i++) {
      const angle = (2 * Math.PI * i) / FLOOR_SPOKES + FLOOR_TURN;
      corners.push(radius * Math.cos(angle), radius * Math.sin(angle));
      const [a, b] = [ring * FLOOR_SPOKES + i, ring * FLOOR_SPOKES + ((i + 1) % FLOOR_SPOKES)];
      if (ring > 0) index.push(a - FLOOR_SPOKES, b - FLOOR_SPOKES, a, a, b - FLOOR_SPOKES, b);
      else if (i > 1) index.push(0, i, i - 1);
    }
  });
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(corners, 2));
  geometry.setIndex(index);
  const material = makeMaterial("floor", shared, { writesDepth: false, offset: [0, 16] });
  return placed(geometry, material, 11);
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
    geometry.setAttribute("across", new THREE.Float32BufferAttribute(across, 3));
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
  const points = subdivided(line.points_m);
  const reaches = spillReaches(points);
  const colour = rgb(line.colour);
  const first = position.length / 3;
  points.forEach(([x, z], i) => {
    const [ax, az] = points[Math.max(0, i - 1)]!;
    const [bx, bz] = points[Math.min(points.length - 1, i + 1)]!;
    const length = Math.hypot(bx - ax, bz - az) || 1;
    const [nx, nz] = [-(bz - az) / length, (bx - ax) / length];
    const reach = reaches[i]!;
    for (const side of [-reach, reach]) {
      position.push(x + nx * side, LINE_Y_M, z + nz * side);
      across.push(side, line.width_m, reach);
      paint.push(...colour);
    }
    const a = first + 2 * i;
    if (i > 0) index.push(a - 2, a - 1, a, a - 1, a + 1, a);
  });
}

type Point = [number, number];

const between = (a: Point, b: Point) => Math.hypot(b[0] - a[0], b[1] - a[1]);

/** Long pieces get points near their ends, so that the spill widens soon after a bend. */
function subdivided(points: readonly Point[]): Point[] {
  const found: Point[] = [];
  points.forEach((point, i) => {
    const former = points[i - 1];
    if (former) {
      const length = between(former, point);
      if (length < 1e-4) return;
      const at = (t: number): Point => [
        former[0] + (point[0] - former[0]) * t, former[1] + (point[1] - former[1]) * t,
      ];
      if (length > 3) found.push(at(1.2 / length), at(1 - 1.2 / length));
      else if (length > 0.6) found.push(at(0.5));
    }
    found.push([...point]);
  });
  return found;
}

/** How far the spill may reach at each point: less than the radius of the bend it is in. */
function spillReaches(points: readonly Point[]): number[] {
  const reaches = points.map((point, i) => {
    const [a, b] = [points[i - 1], points[i + 1]];
    if (!a || !b) return SPILL_M;
    const turn = Math.abs(
      Math.atan2(point[1] - a[1], point[0] - a[0]) - Math.atan2(b[1] - point[1], b[0] - point[0]),
    );
    const angle = Math.min(turn, 2 * Math.PI - turn);
    const radius = Math.min(between(a, point), between(point, b)) / Math.max(angle, 1e-4);
    return Math.max(LEAST_SPILL_M, Math.min(SPILL_M, 0.7 * radius));
  });
  const limit = (i: number, j: number) => {
    const most = reaches[j]! + 0.7 * between(points[i]!, points[j]!);
    reaches[i] = Math.min(reaches[i]!, most);
  };
  for (let i = 1; i < reaches.length; i++) limit(i, i - 1);
  for (let i = reaches.length - 2; i >= 0; i--) limit(i, i + 1);
  return reaches;
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
