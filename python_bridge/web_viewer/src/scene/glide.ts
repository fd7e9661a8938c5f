/** Walls on their way from where a former layout had them to where they stand now. */
import { type Frame, scaled, type Vec3 } from "./placement";
import type { Wall } from "./walls";

const GLIDE_S = 0.8;

export class Glide {
  #from: ReadonlyMap<string, Frame> = new Map();
  #began = -Infinity;

  /** When the walls have arrived. */
  get until(): number {
    return this.#began + GLIDE_S;
  }

  begin(walls: readonly Wall[], now: number): void {
    this.#from = new Map(walls.map((wall) => [nameOf(wall), wall.frame]));
    this.#began = now;
  }

  end(): void {
    this.#from = new Map();
    this.#began = -Infinity;
  }

  /** Where a wall is that will stand there; walls that are new stand there at once. */
  frameOf(wall: Wall, there: Frame, now: number): Frame {
    const from = this.#from.get(nameOf(wall));
    const share = Math.min(1, Math.max(0, (now - this.#began) / GLIDE_S));
    return from && share < 1 ? between(from, there, eased(share)) : there;
  }
}

function nameOf({ kind, station, index }: Wall): string {
  return `${kind} ${index} ${station}`;
}

function eased(t: number): number {
  return t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
}

export function between(a: Frame, b: Frame, share: number): Frame {
  const mix = (from: Vec3, to: Vec3): Vec3 => {
    const at = (axis: 0 | 1 | 2) => from[axis] + (to[axis] - from[axis]) * share;
    return [at(0), at(1), at(2)];
  };
  const turned = (from: Vec3, to: Vec3): Vec3 => {
    const axis = mix(from, to);
    const [length, wanted] = [Math.hypot(...axis), Math.hypot(...from) * (1 - share) + Math.hypot(...to) * share];
    return length < 1e-3 * wanted ? to : scaled(axis, wanted / length);
  };
  return {
    origin: mix(a.origin, b.origin), x: turned(a.x, b.x), y: turned(a.y, b.y), z: turned(a.z, b.z),
  };
}
