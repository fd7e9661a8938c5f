/** Where the visitor is, as far as the hint line cares. */

import type { Situation } from "../hud/hint";
import { nearestStation } from "./places";
import type { Store } from "./store";
import { distance, type Visitor } from "./visitor";

/** Whoever stands this near to a closed block can open it. */
const BLOCK_M = 4.5;

export function situationOf(store: Store, visitor: Visitor): Situation {
  const { room, selection, overview } = store;
  if (!room) return "loading";
  if (overview) return "over";
  if (selection) {
    const station = room.stations.find(({ key }) => key === selection.station);
    if (selection.tile !== null) return "lifted";
    return station?.closed ? "closed" : "wall";
  }
  const [x, , z] = visitor.position;
  if (z > room.start.position_m[2] - 4) return "start";
  if (z < room.end_m + 9) return "end";
  const nearest = nearestStation(room, [x, 0, z], store.transforms());
  const near = nearest && distance([x, z], [0, nearest.origin_m[2]]) < BLOCK_M;
  return near && nearest.closed ? "closed" : "aisle";
}
