/**
 * Walls from the nearest to the farthest, frame after frame, without allocating anything. Those that
 * are equally far are in their own order, whatever the order was in the frame before: the same
 * picture comes out of the same place.
 */
import type { Wall } from "./walls";

/** So many moves a wall are cheaper than sorting anew: from frame to frame little changes. */
const MOST_MOVES = 16;

interface Point {
  x: number;
  y: number;
  z: number;
}

export class NearestFirst {
  /** Metres to the middle of each wall. */
  distances = new Float32Array();
  #order = new Uint32Array();
  #byDistance = (a: number, b: number) => this.distances[a]! - this.distances[b]! || a - b;

  /** Indices of all walls, in order of their distance; valid until the next call. */
  sorted(walls: readonly Wall[], from: Point): Uint32Array {
    if (this.#order.length !== walls.length) {
      this.distances = new Float32Array(walls.length);
      this.#order = Uint32Array.from(walls, (_wall, i) => i);
    }
    for (let i = 0; i < walls.length; i++) this.distances[i] = distance(walls[i]!, from);
    if (!this.#insertAll()) this.#order.sort(this.#byDistance);
    return this.#order;
  }

  /** Sorts what is nearly sorted; false, and not sorted, if it was not. */
  #insertAll(): boolean {
    const order = this.#order;
    let left = MOST_MOVES * order.length;
    for (let i = 1; i < order.length; i++) {
      const wall = order[i]!;
      let to = i;
      while (to > 0 && this.#byDistance(order[to - 1]!, wall) > 0) {
        order[to] = order[to - 1]!;
        to--;
      }
      order[to] = wall;
      left -= i - to;
      if (left < 0) return false;
    }
    return true;
  }
}

function distance({ frame, height }: Wall, from: Point): number {
  const { origin, y } = frame;
  const half = height / 2;
  const dx = origin[0] + y[0] * half - from.x;
  const dy = origin[1] + y[1] * half - from.y;
  const dz = origin[2] + y[2] * half - from.z;
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
