/**
 * What is drawn once per wall or panel: faces, canvases, reflections. Three instanced draws,
 * whose instances are only numbers of rows, nearest first, without those out of view.
 */
import * as THREE from "three";
import { placed, quadGeometry } from "./mesh";
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
  #frustum = new THREE.Frustum();
  #sphere = new THREE.Sphere();
  #matrix = new THREE.Matrix4();
  lifted = false;

  constructor(walls: Walls, shared: Uniforms) {
    this.#walls = walls;
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

  /** Which walls are in view, nearest first. */
  update(camera: THREE.PerspectiveCamera): void {
    this.#matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    this.#frustum.setFromProjectionMatrix(this.#matrix);
    const seen: { row: number; wall: Wall; distance: number }[] = [];
    this.#walls.all.forEach((wall, row) => {
      const distance = this.#distance(wall, camera.position);
      if (this.#frustum.intersectsSphere(this.#sphere)) seen.push({ row, wall, distance });
    });
    seen.sort((a, b) => a.distance - b.distance);
    for (const batch of [this.#faces, this.#canvases, this.#reflections]) batch.count = 0;
    if (this.lifted) this.#canvases.push(this.#walls.panelCount);
    for (const { row, wall, distance } of seen) {
      this.#faces.push(row);
      wall.panels.forEach((_panel, i) => this.#canvases.push(wall.firstPanel + i));
      const glows = wall.kind === "layer" && distance < REFLECTED_M;
      if (glows && Math.abs(wall.frame.origin[1]) < 0.5) this.#reflections.push(row);
    }
    for (const batch of [this.#faces, this.#canvases, this.#reflections]) batch.finish();
  }

  /** Metres to the wall's middle; sets the sphere around wall and reflection. */
  #distance(wall: Wall, from: THREE.Vector3): number {
    const { origin, x, y } = wall.frame;
    const scale = Math.hypot(...x);
    this.#sphere.center.set(origin[0], origin[1], origin[2]);
    this.#sphere.radius = scale * Math.hypot(wall.width / 2, wall.height);
    const half = wall.height / 2;
    return Math.hypot(
      origin[0] + y[0] * half - from.x,
      origin[1] + y[1] * half - from.y,
      origin[2] + y[2] * half - from.z,
    );
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
