/** When the scene has to be drawn again: something changed, still moves, or is seen from elsewhere. */
import * as THREE from "three";

export class Movement {
  #dirty = true;
  #until = 0;
  #seenFrom = new THREE.Matrix4();
  #seenWith = new THREE.Matrix4();

  changed(): void {
    this.#dirty = true;
  }

  /** Something moves until then, in seconds. */
  keep(until: number): void {
    this.#until = Math.max(this.#until, until);
  }

  /** The last picture shows everything as it stays. */
  over(now: number): boolean {
    return !this.#dirty && now >= this.#until;
  }

  needsPicture(camera: THREE.PerspectiveCamera, now: number): boolean {
    camera.updateMatrixWorld();
    const { matrixWorld, projectionMatrix } = camera;
    const still = matrixWorld.equals(this.#seenFrom) && projectionMatrix.equals(this.#seenWith);
    return !still || !this.over(now);
  }

  /** A picture of this moment is there; one more shows the end of a movement. */
  drawn({ matrixWorld, projectionMatrix }: THREE.PerspectiveCamera, now: number): void {
    this.#seenFrom.copy(matrixWorld);
    this.#seenWith.copy(projectionMatrix);
    this.#dirty = now < this.#until;
  }
}
