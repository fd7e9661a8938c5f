/** Whether the visitor sees nothing of the room: behind its walls, past its ends, far away. */

import type { Room, Transform } from "../generated/protocol";
import type { Vec3 } from "../scene/placement";
import { moved } from "./places";
import { distance, type Pose } from "./visitor";

/** Whoever sees nothing for so long is told of ways back. */
const PATIENCE_MS = 1000;
const INTERVAL_MS = 250;
/** Beyond it fog leaves nothing to see. */
const SEEN_M = 150;
/** Lower than this one may look at floor and sky between the walls. */
const LOW_M = 6;
/** What is seen of a wall is no farther from its middle. */
const REACH_M = 3;

/** Middles of all that can be seen. */
function landmarks(room: Room, transforms: Record<string, Transform>): Vec3[] {
  const exhibits = [room.photograph, room.shelf, room.board].flatMap((one) => one?.position_m ?? []);
  const pictures = Array.from({ length: exhibits.length / 3 }, (_, i) => exhibits.slice(3 * i, 3 * i + 3));
  const walls = room.stations.flatMap((station) =>
    station.walls.map((wall) => moved(wall.position_m, station, transforms)),
  );
  return [...(pictures as Vec3[]), ...walls];
}

/** Whether nothing of the room is in sight; `aspect` is the page's width by its height. */
export function seesNothing(
  room: Room,
  transforms: Record<string, Transform>,
  pose: Required<Pose>,
  aspect: number,
): boolean {
  const [sin, cos] = [Math.sin(pose.yaw), Math.cos(pose.yaw)];
  const high = Math.tan((pose.fov * Math.PI) / 360);
  const inSight = (point: Vec3): boolean => {
    if (distance(point, pose.position) > SEEN_M) return false;
    const [x, y, z] = point.map((value, axis) => value - (pose.position[axis] ?? 0)) as Vec3;
    const [right, level] = [x * cos - z * sin, -x * sin - z * cos];
    const ahead = level * Math.cos(pose.pitch) + y * Math.sin(pose.pitch);
    const up = y * Math.cos(pose.pitch) - level * Math.sin(pose.pitch);
    if (pose.position[1] < LOW_M) return Math.abs(right) < level * high * aspect + REACH_M && level > -REACH_M;
    return Math.abs(right) < ahead * high * aspect + REACH_M && Math.abs(up) < ahead * high + REACH_M;
  };
  return !landmarks(room, transforms).some(inSight);
}

/** Asks now and then, and answers only after a while: nobody is told in passing. */
export class Astray {
  private since: number | null = null;
  private asked = -Infinity;

  /** To be called every frame; `sees` says whether nothing is in sight. */
  update(now: number, nothing: () => boolean): boolean {
    if (now - this.asked >= INTERVAL_MS) {
      this.asked = now;
      if (!nothing()) this.since = null;
      else this.since ??= now;
    }
    return this.since !== null && now - this.since >= PATIENCE_MS;
  }
}
