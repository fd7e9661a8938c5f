/**
 * Darkness before the eyes: all of it in a jump, the edge of sight while the headset's wearer is
 * moved. It lies so far away that both eyes see it alike.
 */
import * as THREE from "three";

const SIDES = 48;
const DISTANCE_M = 2;
/** Metres off the middle at that distance: where the dark begins, is whole, and ends. */
const RINGS_M = [0, 1.2, 2.2, 20];
/** #0d0d16, as the floor. */
const DARK = [0x0d / 255, 0x0d / 255, 0x16 / 255] as const;

export class Veil {
  readonly mesh: THREE.Mesh;
  private readonly colours: THREE.BufferAttribute;
  private shown: [dark: number, edge: number] = [-1, -1];

  constructor() {
    const geometry = discOf();
    const count = RINGS_M.length * SIDES;
    const values = Float32Array.from({ length: 4 * count }, (_, i) => DARK[i % 4] ?? 0);
    this.colours = new THREE.BufferAttribute(values, 4);
    geometry.setAttribute("color", this.colours);
    const material = new THREE.MeshBasicMaterial({
      vertexColors: true,
      transparent: true,
      depthTest: false,
      depthWrite: false,
      side: THREE.DoubleSide,
    });
    this.mesh = new THREE.Mesh(geometry, material);
    Object.assign(this.mesh, { frustumCulled: false, renderOrder: 1000, visible: false });
    this.mesh.matrixAutoUpdate = false;
  }

  /** Both 0 .. 1, before `head`; nothing is drawn where both are 0. */
  draw(head: THREE.Matrix4, dark: number, edge: number): void {
    this.mesh.visible = dark > 0 || edge > 0;
    if (!this.mesh.visible) return;
    this.mesh.matrix.copy(head);
    this.mesh.matrixWorldNeedsUpdate = true;
    if (dark === this.shown[0] && edge === this.shown[1]) return;
    this.shown = [dark, edge];
    for (let i = 0; i < this.colours.count; i++) {
      this.colours.setW(i, Math.min(1, i / SIDES < 2 ? dark : Math.max(dark, edge)));
    }
    this.colours.needsUpdate = true;
  }
}

function discOf(): THREE.BufferGeometry {
  const points = RINGS_M.flatMap((radius) =>
    Array.from({ length: SIDES }, (_, i) => {
      const angle = (2 * Math.PI * i) / SIDES;
      return [radius * Math.cos(angle), radius * Math.sin(angle), -DISTANCE_M];
    }),
  );
  const index: number[] = [];
  for (let i = 0; i < (RINGS_M.length - 1) * SIDES; i++) {
    const next = Math.floor(i / SIDES) * SIDES + ((i + 1) % SIDES);
    index.push(i, i + SIDES, next, next, i + SIDES, next + SIDES);
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(points.flat(), 3));
  geometry.setIndex(index);
  return geometry;
}
