/** Where the visitor is, as far as the hint line cares. */

import type { Situation } from "../hud/hint";
import { depthOf } from "./layouts";
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
  const [x, y, z] = visitor.position;
  const depth = depthOf(room, visitor.position);
  const start = room.way[0]?.z_m ?? room.start.position_m[2];
  if (depth > start - (room.layout === "tower" ? 0.5 : 4)) return "start";
  if (depth < room.end_m + (room.layout === "tower" ? 0.5 : 9)) return "end";
  const nearest = nearestStation(room, [x, y, z], store.transforms());
  const [ox, , oz] = nearest?.origin_m ?? [0, 0, 0];
  const near = nearest && distance([x, z], [room.way.length > 0 ? ox : 0, oz]) < BLOCK_M;
  return near && nearest.closed ? "closed" : "aisle";
}
