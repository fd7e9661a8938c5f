/**
 * Where the space that a headset tracks stands in the room: its floor's origin in metres, and its
 * yaw in radians. Heads and hands are given in it.
 */

import { minus, type Vec3 } from "../scene/placement";
import { aboutY, after, plus, type RigidPose, turn, yawOf } from "./poses";

export class TrackedSpace {
  constructor(
    readonly origin: Vec3 = [0, 0, 0],
    readonly yaw = 0,
  ) {}

  /** In the room, of what is tracked. */
  inRoom({ position, rotation }: RigidPose): RigidPose {
    const turned = aboutY(this.yaw);
    return {
      position: plus(this.origin, turn(turned, position)),
      rotation: after(turned, rotation),
    };
  }

  /** Turned by radians about the head, which stays where it is. */
  turned(trackedHead: Vec3, yaw: number): TrackedSpace {
    return around(trackedHead, this.feetOf(trackedHead), this.yaw + yaw);
  }

  /** With the head above `feet`, facing `yaw`, wherever in the tracked space it is. */
  facing(trackedHead: RigidPose, feet: Vec3, yaw: number): TrackedSpace {
    return around(trackedHead.position, feet, yaw - yawOf(trackedHead.rotation));
  }

  /** With the head above `feet`, facing where it does. */
  standing(trackedHead: Vec3, feet: Vec3): TrackedSpace {
    return around(trackedHead, feet, this.yaw);
  }

  moved(by: Vec3): TrackedSpace {
    return new TrackedSpace(plus(this.origin, by), this.yaw);
  }

  /** The point of the floor below a tracked head, in the room. */
  feetOf(trackedHead: Vec3): Vec3 {
    return plus(this.origin, level(trackedHead, this.yaw));
  }
}

function around(trackedHead: Vec3, feet: Vec3, yaw: number): TrackedSpace {
  return new TrackedSpace(minus(feet, level(trackedHead, yaw)), yaw);
}

const level = ([x, , z]: Vec3, yaw: number): Vec3 => turn(aboutY(yaw), [x, 0, z]);
