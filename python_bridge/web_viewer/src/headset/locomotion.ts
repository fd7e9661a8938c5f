/** How a headset's wearer gets about: sticks, turns, teleporting; where their space stands. */

import type { Vec3 } from "../scene/placement";
import { type FloorArea, type Standing, TeleportArc } from "./arc";
import type { Comfort } from "./comfort";
import { SnapTurn, StickMotion, Vignette } from "./motion";
import { type RigidPose, yawOf } from "./poses";
import { TrackedSpace } from "./space";

/** Of the stick's way forward. */
const AIMS_AT = 0.7;
const AIMS_UNTIL = 0.3;

interface Stick {
  x: number;
  y: number;
}

/** What the hands do in a frame. */
export interface Steering {
  walk: Stick;
  turn: Stick;
  /** The hand that aims, in the tracked space; null for none. */
  aim: RigidPose | null;
  /** It is aimed with a pinch or a trigger, whatever the stick does. */
  pressed: boolean;
}

export interface Ground {
  floor: FloorArea;
  walls: readonly Standing[];
}

export class Locomotion {
  space = new TrackedSpace();
  readonly arc = new TeleportArc();
  readonly vignette = new Vignette();
  /** Where a teleport would end is shown. */
  aims = false;
  private readonly motion = new StickMotion();
  private readonly snap = new SnapTurn();

  get moving(): boolean {
    return this.motion.speed > 0 || this.motion.turnSpeed !== 0;
  }

  stop(): void {
    this.motion.stop();
    this.aims = false;
  }

  /** Moves on; where to teleport to, null for nowhere. */
  step(
    steering: Steering,
    head: RigidPose,
    ground: Ground | null,
    comfort: Comfort,
    seconds: number,
  ): Vec3 | null {
    this.walk(comfort.walks ? steering.walk : { x: 0, y: 0 }, head, seconds);
    this.turn(this.aims ? 0 : steering.turn.x, head, comfort, seconds);
    const { speed, turnSpeed } = this.motion;
    this.vignette.step(speed, turnSpeed, comfort.vignette, seconds);
    return this.aim(steering, ground);
  }

  private walk({ x, y }: Stick, head: RigidPose, seconds: number): void {
    const yaw = yawOf(this.space.inRoom(head).rotation);
    this.space = this.space.moved(this.motion.walk(x, y, yaw, seconds));
  }

  private turn(x: number, head: RigidPose, { smoothTurn }: Comfort, seconds: number): void {
    const smooth = this.motion.turn(smoothTurn ? x : 0, seconds);
    const turn = smoothTurn ? smooth : this.snap.step(x);
    if (turn !== 0) this.space = this.space.turned(head.position, turn);
  }

  private aim({ turn, aim, pressed }: Steering, ground: Ground | null): Vec3 | null {
    const forward = aim ? turn.y : 0;
    if ((forward > AIMS_AT || pressed) && ground) this.aims = true;
    if (!this.aims) return null;
    if (aim && ground && (pressed || forward > AIMS_UNTIL)) {
      this.arc.throw(this.space.inRoom(aim), ground.floor, ground.walls);
      return null;
    }
    this.aims = false;
    return aim && this.arc.valid ? this.arc.end : null;
  }
}
