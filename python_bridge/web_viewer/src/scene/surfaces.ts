/**
 * What is drawn once per wall or panel: faces, canvases, reflections. Three instanced draws,
 * whose instances are only numbers of rows, nearest first, without those out of view.
 */
import * as THREE from "three";
import { placed, quadGeometry } from "./mesh";
import { NearestFirst } from "./nearest";
import { makeMaterial, type Uniforms } from "./shaders";
import type { Wall, Walls } from "./walls";

const RINGS_M = [0, 0.06, 0.16, 0.42, 9];
const EDGE_M = 0.012;
/** Canvases win over the faces they lie on. */
const IN_FRONT: [number, number] = [-1, -4];
const MOST_INDICES = 65536;
/** Reflections end here. */
const REFLECTED_M = 34;

/** An instanced mesh whose instances are row numbers. */
class Numbered {
  readonly mesh: THREE.Mesh;
  readonly numbers: THREE.InstancedBufferAttribute;
  readonly geometry: THREE.InstancedBufferGeometry;
  count = 0;

  constructor(
    attribute: string, shape: THREE.BufferGeometry, material: THREE.Material, order: number,
  ) {
    this.geometry = new THREE.InstancedBufferGeometry();
    for (const [name, values] of Object.entries(shape.attributes)) {
      this.geometry.setAttribute(name, values);
    }
    this.geometry.setIndex(shape.index);
    this.numbers = new THREE.InstancedBufferAttribute(new Float32Array(MOST_INDICES), 1);
    this.numbers.setUsage(THREE.DynamicDrawUsage);
    this.geometry.setAttribute(attribute, this.numbers);
    this.mesh = placed(this.geometry, material, order);
  }

  push(number: number): void {
    if (this.count < MOST_INDICES) this.numbers.array[this.count++] = number;
  }

  finish(): void {
    this.geometry.instanceCount = this.count;
    this.mesh.visible = this.count > 0;
    if (this.count === 0) return;
    this.numbers.clearUpdateRanges();
    this.numbers.addUpdateRange(0, this.count);
    this.numbers.needsUpdate = true;
  }
}

export class Surfaces {
  readonly group = new THREE.Group();
  #walls: Walls;
  #faces: Numbered;
  #canvases: Numbered;
  /** Looks up two activations a pixel: only while some layer fades. */
  #fading: THREE.Material;
  #calm: THREE.Material;
  #reflections: Numbered;
  #order: NearestFirst;
  #frustum = new THREE.Frustum();
  #sphere = new THREE.Sphere();
  #matrix = new THREE.Matrix4();
  lifted = false;

  constructor(walls: Walls, shared: Uniforms) {
    this.#walls = walls;
    this.#order = new NearestFirst();
    const quad = quadGeometry();
    this.#faces = new Numbered(
      "wallIndex", faceGeometry(), makeMaterial("face", shared), 0,
    );
    this.#calm = makeMaterial("canvas", shared, { offset: IN_FRONT });
    this.#fading = makeMaterial("canvas", shared, { offset: IN_FRONT, defines: { FADING: 1 } });
    this.#canvases = new Numbered("panelIndex", quad, this.#fading, 2);
    this.#reflections = new Numbered(
      "wallIndex", quad, makeMaterial("reflection", shared, { blending: "add", sides: "both" }), 20,
    );
    this.group.add(this.#faces.mesh, this.#canvases.mesh, this.#reflections.mesh);
  }

  set fading(fading: boolean) {
    this.#canvases.mesh.material = fading ? this.#fading : this.#calm;
  }

  /** How many draw calls the walls take. */
  get draws(): number {
    return this.group.children.reduce((sum, mesh) => sum + Number(mesh.visible), 0);
  }

  /** Which walls are in view, nearest first. Allocates nothing: it runs in every frame. */
  update(camera: THREE.PerspectiveCamera): void {
    this.#matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    this.#frustum.setFromProjectionMatrix(this.#matrix);
    const walls = this.#walls.all;
    const order = this.#order.sorted(walls, camera.position);
    this.#faces.count = this.#canvases.count = this.#reflections.count = 0;
    if (this.lifted) this.#canvases.push(this.#walls.panelCount);
    for (let i = 0; i < order.length; i++) {
      const row = order[i]!;
      const wall = walls[row]!;
      if (!this.#isInView(wall)) continue;
      this.#faces.push(row);
      for (let k = 0; k < wall.panels.length; k++) this.#canvases.push(wall.firstPanel + k);
      const glows = wall.kind === "layer" && this.#order.distances[row]! < REFLECTED_M;
      if (glows && Math.abs(wall.frame.origin[1]) < 0.5) this.#reflections.push(row);
    }
    this.#faces.finish();
    this.#canvases.finish();
    this.#reflections.finish();
  }

  /** By the sphere around the wall and its reflection. */
  #isInView({ frame, width, height }: Wall): boolean {
    const { origin, x } = frame;
    const scale = Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
    this.#sphere.center.set(origin[0], origin[1], origin[2]);
    this.#sphere.radius = scale * Math.sqrt((width * width) / 4 + height * height);
    return this.#frustum.intersectsSphere(this.#sphere);
  }
}

/** Rings around the field (104 triangles with edge and inside); face.vert.glsl places them. */
function faceGeometry(): THREE.BufferGeometry {
  const ring: number[] = [];
  const away: number[] = [];
  const index: number[] = [];
  const D = Math.SQRT1_2;
  const around: [number, number, number, number][] = [
    [0, 0, -1, 0], [0, 0, -D, -D], [0, 0, 0, -1], [1, 0, 0, -1], [1, 0, D, -D], [1, 0, 1, 0],
    [1, 1, 1, 0], [1, 1, D, D], [1, 1, 0, 1], [0, 1, 0, 1], [0, 1, -D, D], [0, 1, -1, 0],
  ];
  RINGS_M.forEach((metres) => {
    for (const one of around) {
      ring.push(...one);
      away.push(metres, 0);
    }
  });
  for (let r = 0; r + 1 < RINGS_M.length; r++) {
    for (let i = 0; i < 12; i++) {
      const [a, b] = [r * 12 + i, r * 12 + ((i + 1) % 12)];
      index.push(a, a + 12, b, b, a + 12, b + 12);
    }
  }
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]] as const;
  const edge = ring.length / 4;
  for (const metres of [0, EDGE_M]) {
    for (const [x, y] of corners) {
      ring.push(x, y, 1 - 2 * x, 1 - 2 * y);
      away.push(metres, 1);
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
