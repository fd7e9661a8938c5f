/** Paths overhead, merged into one mesh. */
import * as THREE from "three";
import type { Tube } from "../generated/protocol";
import { placed, unmeasured } from "./mesh";
import { rgb } from "./palette";
import { makeMaterial, type Uniforms } from "./shaders";

const SIDES = 5;
/** Fog per metre; what bows far overhead must not clutter the distance. */
const FOG: Record<Tube["kind"], number> = { add: 0.032, concat: 0.022, rail: 0.014 };

export class Tubes {
  readonly mesh: THREE.Mesh;
  /** Fewer draw faster. */
  sides = SIDES;

  constructor(shared: Uniforms) {
    this.mesh = placed(new THREE.BufferGeometry(), makeMaterial("solid", shared), 3);
    this.set([]);
  }

  set(tubes: readonly Tube[]): void {
    const position: number[] = [];
    const paint: number[] = [];
    const index: number[] = [];
    for (const tube of tubes) addTube(tube, this.sides, position, paint, index);
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.Float32BufferAttribute(position, 3));
    geometry.setAttribute("paint", new THREE.Float32BufferAttribute(paint, 4));
    geometry.setIndex(index);
    this.mesh.geometry.dispose();
    this.mesh.geometry = unmeasured(geometry);
    this.mesh.visible = index.length > 0;
  }
}

function addTube(
  tube: Tube, sides: number, position: number[], paint: number[], index: number[],
): void {
  const points = tube.points_m
    .map((point) => new THREE.Vector3(...point))
    .filter((point, i, all) => i === 0 || point.distanceTo(all[i - 1]!) > 1e-4);
  if (points.length < 2) return;
  const colour = [...rgb(tube.colour), FOG[tube.kind]];
  const first = position.length / 3;
  let side = new THREE.Vector3();
  points.forEach((point, i) => {
    const along = new THREE.Vector3()
      .subVectors(points[Math.min(i + 1, points.length - 1)]!, points[Math.max(i - 1, 0)]!)
      .normalize();
    side = carried(side, along);
    const other = new THREE.Vector3().crossVectors(along, side);
    for (let k = 0; k < sides; k++) {
      const angle = (2 * Math.PI * k) / sides;
      const out = side.clone().multiplyScalar(Math.cos(angle))
        .addScaledVector(other, Math.sin(angle));
      position.push(...point.clone().addScaledVector(out, tube.radius_m).toArray());
      paint.push(...colour);
    }
  });
  for (let i = 0; i + 1 < points.length; i++) {
    for (let k = 0; k < sides; k++) {
      const a = first + i * sides + k;
      const b = first + i * sides + ((k + 1) % sides);
      index.push(a, b, a + sides, b, b + sides, a + sides);
    }
  }
}

/** `side` carried along without twist: made square to the new direction. */
function carried(side: THREE.Vector3, along: THREE.Vector3): THREE.Vector3 {
  const next = side.clone().addScaledVector(along, -side.dot(along));
  if (next.lengthSq() > 1e-6) return next.normalize();
  const up = Math.abs(along.y) < 0.9 ? new THREE.Vector3(0, 1, 0) : new THREE.Vector3(1, 0, 0);
  return next.crossVectors(along, up).normalize();
}
