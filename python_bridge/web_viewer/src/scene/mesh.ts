/** Meshes whose vertices the shaders place: three must neither cull nor measure them. */
import * as THREE from "three";

/** Spares three from computing a sphere of positions that mean something else. */
export function unmeasured<G extends THREE.BufferGeometry>(geometry: G): G {
  geometry.boundingSphere = new THREE.Sphere(new THREE.Vector3(), Infinity);
  return geometry;
}

export function placed(
  geometry: THREE.BufferGeometry, material: THREE.Material, order: number,
): THREE.Mesh {
  const mesh = new THREE.Mesh(unmeasured(geometry), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = order;
  mesh.matrixAutoUpdate = false;
  return mesh;
}

/** A unit square: position 0 .. 1 from the left and the top. */
export function quadGeometry(): THREE.BufferGeometry {
  const geometry = new THREE.BufferGeometry();
  const corners = new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]);
  geometry.setAttribute("position", new THREE.BufferAttribute(corners, 2));
  geometry.setIndex([0, 2, 1, 1, 2, 3]);
  return geometry;
}

/** `count` quads of four vertices each, in the order of quadGeometry. */
export function quadIndices(count: number): Uint32Array {
  const index = new Uint32Array(6 * count);
  for (let i = 0; i < count; i++) {
    index.set([4 * i, 4 * i + 2, 4 * i + 1, 4 * i + 1, 4 * i + 2, 4 * i + 3], 6 * i);
  }
  return index;
}

/** Each group of `size` values so many times one after the other. */
export function repeated(values: ArrayLike<number>, size: number, times: number): Float32Array {
  const result = new Float32Array(values.length * times);
  for (let i = 0; i < result.length; i++) {
    const group = Math.floor(i / (size * times));
    result[i] = values[group * size + (i % size)]!;
  }
  return result;
}
