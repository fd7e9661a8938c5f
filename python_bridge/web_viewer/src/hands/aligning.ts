/** A wall that was moved by hand set in line with its neighbour: as high, turned alike, on one line. */

import type { Store } from "../app/store";
import type { Transform } from "../generated/protocol";
import { dot, minus, rotated, scaled, type Vec3 } from "../scene/placement";
import type { Edits } from "./edits";
import { plus, samePlace } from "./grabs";
import type { Holding } from "./holding";
import { namesAt } from "./keeping";

export class Aligning {
  constructor(
    private readonly store: Store,
    private readonly holding: Holding,
    private readonly edits: Edits,
    /** What keys and pointers hold is let go of. */
    private readonly finish: () => void,
    private readonly say: (message: string, about: string) => void,
  ) {}

  /** The chosen wall, else the one that was moved last here. */
  async align(): Promise<void> {
    const { room, selection } = this.store;
    const key = selection?.station ?? this.holding.lastMoved;
    const station = room?.stations.find((one) => one.key === key);
    if (!room || !station) {
      this.say("Go to a wall first: Shift M sets it in line with its neighbour", "arrange");
      return;
    }
    this.finish();
    const hidden = namesAt(this.store, "hidden");
    const others = room.stations.filter((one) => one !== station && !hidden.has(one.key));
    const at = this.holding.placeOf(station.key);
    const places = others.map((one) => this.holding.placeOf(one.key));
    const neighbour = at && nearest(at, places);
    const beside = others[neighbour ?? -1];
    const line = places[neighbour ?? -1];
    if (!at || !beside || !line) {
      this.say("There is no other wall to stand in line with", "arrange");
      return;
    }
    const value = inLine(at, line);
    if (samePlace(value, at)) {
      this.say(`${station.title} is in line with ${beside.title}`, "arrange");
      return;
    }
    const path = this.edits.path("stations", station.key);
    const what = `setting ${station.title} in line`;
    if (!(await this.edits.write(what, [{ path, value }]))) return;
    this.say(`${station.title} is in line with ${beside.title}; Ctrl Z undoes it`, "arrange");
  }
}

/** Which of the places is nearest; null where there is none. */
export function nearest(to: Transform, places: readonly (Transform | null)[]): number | null {
  let found: number | null = null;
  let least = Infinity;
  places.forEach((place, index) => {
    const distance = place ? Math.hypot(...minus(place.position_m, to.position_m)) : Infinity;
    if (distance < least) [found, least] = [index, distance];
  });
  return found;
}

/**
 * On the line through the neighbour, ahead of or beside it, whichever it is more by now; as high,
 * and turned as it is. It keeps its size, and its place along the line.
 */
export function inLine(station: Transform, neighbour: Transform): Transform {
  const from = minus(station.position_m, neighbour.position_m);
  const still = { position_m: [0, 0, 0] as Vec3, rotation: neighbour.rotation, scale: 1 };
  const axes = ([[1, 0, 0], [0, 0, 1]] as Vec3[]).map((axis) => rotated(axis, still));
  const [beside, ahead] = axes.map((axis) => dot(from, axis)) as [number, number];
  const [axis, along] = Math.abs(beside) > Math.abs(ahead) ? [axes[0]!, beside] : [axes[1]!, ahead];
  return {
    ...station,
    position_m: plus(neighbour.position_m, scaled(axis, along)),
    rotation: [...neighbour.rotation],
  };
}
