/** Where the visitor is, as far as the hint line cares. */

import type { Situation } from "../hud/hint";
import type { Store } from "./store";
import type { Visitor } from "./visitor";

export function situationOf(store: Store, visitor: Visitor): Situation {
  const { room, selection, overview } = store;
  if (!room) return "loading";
  if (overview) return "over";
  if (selection) {
    const station = room.stations.find(({ key }) => key === selection.station);
    if (selection.tile !== null) return "lifted";
    return station?.closed ? "closed" : "wall";
  }
  const z = visitor.position[2];
  if (z > room.start.position_m[2] - 4) return "start";
  return z < room.end_m + 9 ? "end" : "aisle";
}
