/** What the eyes see: one of a camera, or two with a headset. Allocates nothing from frame to frame. */
import * as THREE from "three";

export class Eyes {
  /** The middle between them. */
  readonly middle = new THREE.Vector3();
  #frustums: THREE.Frustum[] = [];
  #count = 0;
  #at = new THREE.Vector3();
  #matrix = new THREE.Matrix4();

  look(cameras: readonly THREE.PerspectiveCamera[]): void {
    this.#count = cameras.length;
    this.middle.set(0, 0, 0);
    for (let i = 0; i < cameras.length; i++) {
      const { projectionMatrix, matrixWorldInverse, matrixWorld } = cameras[i]!;
      this.#matrix.multiplyMatrices(projectionMatrix, matrixWorldInverse);
      (this.#frustums[i] ??= new THREE.Frustum()).setFromProjectionMatrix(this.#matrix);
      this.#at.setFromMatrixPosition(matrixWorld);
      this.middle.addScaledVector(this.#at, 1 / cameras.length);
    }
  }

  /** Whether any of them sees some of a sphere. */
  see(sphere: THREE.Sphere): boolean {
    for (let i = 0; i < this.#count; i++) {
      if (this.#frustums[i]!.intersectsSphere(sphere)) return true;
    }
    return false;
  }
}
