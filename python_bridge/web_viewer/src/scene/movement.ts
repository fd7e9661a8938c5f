/**
 * When the scene has to be drawn again: something changed, still moves, or is seen from elsewhere.
 *
 * What the visitor does is drawn at once. What merely came (pages, and the fade that shows them) is
 * drawn at once too where pictures are quick; where they are slow, because the processor draws them,
 * it waits, so that most of the time is left for the pages that are still to come.
 */
import * as THREE from "three";

/** Pictures that take no longer, in seconds, are quick. */
export const QUICK_S = 0.025;
/** After a slow picture it takes so many times as long until the next one of what merely came. */
export const REST = 4;
const LONGEST_PAUSE_S = 0.5; // a page that slept, or was busy with something else

export class Movement {
  #dirty = true;
  #until = 0;
  #came = false;
  #driftsUntil = 0;
  /** The longest time between two frames after the picture before, and after the last one. */
  #took = 0;
  #takes = 0;
  #drawnAt = -1e3;
  #before = Infinity;
  #seenFrom = new THREE.Matrix4();
  #seenWith = new THREE.Matrix4();

  /** To be drawn at once. */
  changed(): void {
    this.#dirty = true;
  }

  /** To be drawn when there is time. */
  arrived(): void {
    this.#came = true;
  }

  /** Something moves until then, in seconds. */
  keep(until: number): void {
    this.#until = Math.max(this.#until, until);
  }

  /** Something moves until then that may be seen in steps. */
  drift(until: number): void {
    this.#driftsUntil = Math.max(this.#driftsUntil, until);
  }

  /** The last picture shows everything as it stays. */
  over(now: number): boolean {
    return !this.#urgent(now) && !this.#came && now >= this.#driftsUntil;
  }

  /** To be asked once a frame, so that it knows how long pictures take. */
  needsPicture(camera: THREE.PerspectiveCamera, now: number): boolean {
    // Not only the next frame is late after a slow picture: some may be under way at once.
    this.#takes = Math.max(this.#takes, now - this.#before);
    this.#before = now;
    camera.updateMatrixWorld();
    const { matrixWorld, projectionMatrix } = camera;
    const still = matrixWorld.equals(this.#seenFrom) && projectionMatrix.equals(this.#seenWith);
    if (!still || this.#urgent(now)) return true;
    return !this.over(now) && now - this.#drawnAt >= this.#pause;
  }

  /** A picture of this moment is there; one more shows the end of a movement. */
  drawn({ matrixWorld, projectionMatrix }: THREE.PerspectiveCamera, now: number): void {
    this.#seenFrom.copy(matrixWorld);
    this.#seenWith.copy(projectionMatrix);
    this.#dirty = now < this.#until;
    this.#came = now < this.#driftsUntil;
    this.#drawnAt = now;
    this.#took = this.#takes;
    this.#takes = 0;
  }

  #urgent(now: number): boolean {
    return this.#dirty || now < this.#until;
  }

  get #pause(): number {
    const takes = Math.max(this.#took, this.#takes);
    return takes > QUICK_S ? Math.min(LONGEST_PAUSE_S, REST * takes) : 0;
  }
}
