/**
 * What is drawn once per wall or panel: faces, canvases, reflections. Four instanced draws,
 * whose instances are only numbers of rows, eight at a time, nearest first, without those out of
 * view. An instance costs as much as some dozen triangles, so that one a row would be dear.
 */
import * as THREE from "three";
import { Eyes } from "./eyes";
import { placed, quadGeometry } from "./mesh";
import { NearestFirst } from "./nearest";
import { makeMaterial, type Uniforms } from "./shaders";
import type { Wall, Walls } from "./walls";

/** Metres from the field at which a face's light is computed, and in how many directions. */
const NEAR_RINGS = { metres: [0, 0.06, 0.16, 0.42, 9], round: true };
const FAR_RINGS = { metres: [0, 0.1, 0.42, 9], round: false };
/** Faces beyond have a third of the vertices. */
export const NEAR_FACES_M = 14;
const EDGE_M = 0.012;
/** Canvases win over the faces they lie on. */
const IN_FRONT: [number, number] = [-1, -4];
const MOST_NUMBERS = 65536;
/** Reflections end here. */
const REFLECTED_M = 34;

/** Rows of an instance, as two attributes of four numbers; -1 for none. */
const TOGETHER = 8;

/** An instanced mesh whose instances are eight row numbers each. */
class Numbered {
  readonly mesh: THREE.Mesh;
  readonly geometry = new THREE.InstancedBufferGeometry();
  count = 0;
  #numbers: THREE.InstancedInterleavedBuffer;

  constructor(shape: THREE.BufferGeometry, material: THREE.Material, order: number) {
    const { index, attributes } = several(shape, TOGETHER);
    this.geometry.setIndex(index);
    for (const [name, values] of Object.entries(attributes)) {
      this.geometry.setAttribute(name, values);
    }
    const numbers = new Float32Array(MOST_NUMBERS);
    this.#numbers = new THREE.InstancedInterleavedBuffer(numbers, TOGETHER);
    this.#numbers.setUsage(THREE.DynamicDrawUsage);
    ["firstFour", "lastFour"].forEach((name, i) => {
      const four = new THREE.InterleavedBufferAttribute(this.#numbers, 4, 4 * i);
      this.geometry.setAttribute(name, four);
    });
    this.mesh = placed(this.geometry, material, order);
  }

  push(number: number): void {
    if (this.count < MOST_NUMBERS) this.#numbers.array[this.count++] = number;
  }

  finish(): void {
    this.mesh.visible = this.count > 0;
    this.geometry.instanceCount = Math.ceil(this.count / TOGETHER);
    while (this.count % TOGETHER !== 0) this.push(-1);
    if (this.count === 0) return;
    this.#numbers.clearUpdateRanges();
    this.#numbers.addUpdateRange(0, this.count);
    this.#numbers.needsUpdate = true;
  }
}

/** A shape so many times over; `member` tells which of them a vertex belongs to. */
function several(shape: THREE.BufferGeometry, times: number): THREE.BufferGeometry {
  const geometry = new THREE.BufferGeometry();
  for (const [name, { array, itemSize }] of Object.entries(shape.attributes)) {
    const values = Float32Array.from(
      { length: array.length * times }, (_, i) => array[i % array.length]!,
    );
    geometry.setAttribute(name, new THREE.BufferAttribute(values, itemSize));
  }
  const each = Object.values(shape.attributes)[0]!.count;
  const member = Float32Array.from({ length: each * times }, (_, i) => Math.floor(i / each));
  geometry.setAttribute("member", new THREE.BufferAttribute(member, 1));
  const one = Array.from(shape.index!.array);
  geometry.setIndex(Array.from({ length: times }, (_, i) => one.map((v) => v + i * each)).flat());
  return geometry;
}

export class Surfaces {
  readonly group = new THREE.Group();
  #walls: Walls;
  #faces: Numbered;
  #farFaces: Numbered;
  #canvases: Numbered;
  /** Looks up two activations a pixel: only while some layer fades. */
  #fading: THREE.Material;
  #calm: THREE.Material;
  #reflections: Numbered;
  #order: NearestFirst;
  #eyes = new Eyes();
  #sphere = new THREE.Sphere();
  lifted = false;
  /** What would be missed least: walls in the floor, and light on faces that are a little away. */
  reflects = true;
  nearFaces_m = NEAR_FACES_M;

  constructor(walls: Walls, shared: Uniforms) {
    this.#walls = walls;
    this.#order = new NearestFirst();
    const quad = quadGeometry();
    const face = makeMaterial("face", shared);
    this.#faces = new Numbered(faceGeometry(NEAR_RINGS), face, 0);
    this.#farFaces = new Numbered(faceGeometry(FAR_RINGS), face, 0);
    this.#calm = makeMaterial("canvas", shared, { offset: IN_FRONT });
    this.#fading = makeMaterial("canvas", shared, { offset: IN_FRONT, defines: { FADING: 1 } });
    this.#canvases = new Numbered(quad, this.#fading, 2);
    this.#reflections = new Numbered(
      quad, makeMaterial("reflection", shared, { blending: "add", sides: "both" }), 20,
    );
    const all = [this.#faces, this.#farFaces, this.#canvases, this.#reflections];
    this.group.add(...all.map((one) => one.mesh));
  }

  set fading(fading: boolean) {
    this.#canvases.mesh.material = fading ? this.#fading : this.#calm;
  }

  /** How many draw calls the walls take. */
  get draws(): number {
    return this.group.children.reduce((sum, mesh) => sum + Number(mesh.visible), 0);
  }

  /** Which walls any eye sees, nearest first. Allocates nothing: it runs in every frame. */
  update(eyes: readonly THREE.PerspectiveCamera[]): void {
    this.#eyes.look(eyes);
    const walls = this.#walls.all;
    const order = this.#order.sorted(walls, this.#eyes.middle);
    this.#faces.count = this.#farFaces.count = 0;
    this.#canvases.count = this.#reflections.count = 0;
    if (this.lifted) this.#canvases.push(this.#walls.panelCount);
    for (let i = 0; i < order.length; i++) {
      const row = order[i]!;
      const wall = walls[row]!;
      if (!this.#isInView(wall)) continue;
      const distance = this.#order.distances[row]!;
      (distance < this.nearFaces_m ? this.#faces : this.#farFaces).push(row);
      for (let k = 0; k < wall.panels.length; k++) this.#canvases.push(wall.firstPanel + k);
      const glows = wall.kind === "layer" && distance < REFLECTED_M;
      if (this.reflects && glows && Math.abs(wall.frame.origin[1]) < 0.5) this.#reflections.push(row);
    }
    this.#faces.finish();
    this.#farFaces.finish();
    this.#canvases.finish();
    this.#reflections.finish();
  }

  /** By the sphere around the wall and its reflection. */
  #isInView({ frame, width, height }: Wall): boolean {
    const { origin, x } = frame;
    const scale = Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
    this.#sphere.center.set(origin[0], origin[1], origin[2]);
    this.#sphere.radius = scale * Math.sqrt((width * width) / 4 + height * height);
    return this.#eyes.see(this.#sphere);
  }
}

/** Rings around the field, an edge, and the inside; face.vert.glsl places them. */
function faceGeometry({ metres, round }: typeof NEAR_RINGS): THREE.BufferGeometry {
  const ring: number[] = [];
  const away: number[] = [];
  const index: number[] = [];
  const D = Math.SQRT1_2;
  const around: [number, number, number, number][] = round
    ? [
        [0, 0, -1, 0], [0, 0, -D, -D], [0, 0, 0, -1], [1, 0, 0, -1], [1, 0, D, -D], [1, 0, 1, 0],
        [1, 1, 1, 0], [1, 1, D, D], [1, 1, 0, 1], [0, 1, 0, 1], [0, 1, -D, D], [0, 1, -1, 0],
      ]
    : [[0, 0, -1, -1], [1, 0, 1, -1], [1, 1, 1, 1], [0, 1, -1, 1]];
  const sides = around.length;
  for (const away_m of metres) {
    for (const one of around) {
      ring.push(...one);
      away.push(away_m, 0);
    }
  }
  for (let r = 0; r + 1 < metres.length; r++) {
    for (let i = 0; i < sides; i++) {
      const [a, b] = [r * sides + i, r * sides + ((i + 1) % sides)];
      index.push(a, a + sides, b, b, a + sides, b + sides);
    }
  }
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]] as const;
  const edge = ring.length / 4;
  for (const edge_m of [0, EDGE_M]) {
    for (const [x, y] of corners) {
      ring.push(x, y, 1 - 2 * x, 1 - 2 * y);
      away.push(edge_m, 1);
    }
  }
  for (let i = 0; i < 4; i++) {
    const [a, b] = [edge + i, edge + ((i + 1) % 4)];
    index.push(a, b, a + 4, b, b + 4, a + 4);
  }
  const inside = ring.length / 4;
  for (const [x, y] of corners) {
    ring.push(x, y, 0, 0);
    away.push(0, 2);
  }
  index.push(inside, inside + 1, inside + 2, inside, inside + 2, inside + 3);
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("ring", new THREE.BufferAttribute(new Float32Array(ring), 4));
  geometry.setAttribute("away", new THREE.BufferAttribute(new Float32Array(away), 2));
  geometry.setIndex(index);
  return geometry;
}
