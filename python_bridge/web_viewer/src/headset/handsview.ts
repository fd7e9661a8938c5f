/** What is seen of hands: their bones, their rays, and where a teleport would end. */
import type * as THREE from "three";
import { COLOUR, rgb } from "../scene/palette";
import { scaled, type Vec3 } from "../scene/placement";
import type { Uniforms } from "../scene/shaders";
import type { TeleportArc } from "./arc";
import { heldJoints, type Joints, type Side } from "./controls";
import { LiveSolids } from "./livesolids";
import { apart, forwardOf, plus, type RigidPose, towards } from "./poses";

const HAND = rgb(COLOUR.gate);
const BAND = rgb(COLOUR.opened);
const RAY_M = 0.0025;
const LONGEST_RAY_M = 12;
/** Rays begin a little before the hand. */
const RAY_BEGINS_M = 0.005;
const DOT_M = 0.008;
const ARC_M = 0.004;
const RING_M = 0.3;
const RING_SIDES = 24;
const MOST_BONES = 2 * 32 + 2 * 4 + 40 + RING_SIDES;

/** Joints from the wrist along each finger, and half as thick as they are there. */
const FINGERS: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4],
  [0, 6, 7, 8, 9],
  [0, 11, 12, 13, 14],
  [0, 16, 17, 18, 19],
  [0, 21, 22, 23, 24],
];
const PALM_M = 0.019;
const FINGER_M = 0.0105;
const TIP_M = 0.008;
const FOREARM_M = 0.1;

export class HandsView {
  private readonly solids: LiveSolids;

  constructor(shared: Uniforms) {
    this.solids = new LiveSolids(shared, MOST_BONES);
  }

  get mesh(): THREE.Mesh {
    return this.solids.mesh;
  }

  begin(eyes: Vec3): void {
    this.solids.begin(eyes);
  }

  finish(): void {
    this.solids.finish();
  }

  /** A hand, all in the room: a bare one's joints, or one that holds a controller there. */
  hand(side: Side, grip: RigidPose, bare: Joints | null): void {
    const joints = bare ?? heldJoints(grip, side);
    for (const finger of FINGERS) {
      for (let i = 1; i < finger.length; i++) {
        const [a, b] = [joints[finger[i - 1]!]!, joints[finger[i]!]!];
        const palm = i === 1;
        this.solids.bone(a, b, palm ? PALM_M : FINGER_M, HAND, {
          thick: palm ? 0.75 * PALM_M : i + 1 === finger.length ? TIP_M : FINGER_M,
        });
      }
    }
    const [wrist, middle] = [joints[0]!, joints[10]!];
    const back = (metres: number): Vec3 => towards(wrist, middle, -metres / apart(wrist, middle));
    this.solids.bone(wrist, back(FOREARM_M), 0.025, HAND, { thick: 0.031 });
    this.solids.bone(back(0.035), back(0.06), 0.032, BAND);
  }

  /** As far as it reaches; brighter where a press would do something. */
  ray(hand: RigidPose, distance: number, active: boolean): void {
    const length = Math.min(distance, LONGEST_RAY_M);
    const colour = rgb(active ? COLOUR.accent : COLOUR.second);
    const along = (metres: number): Vec3 => plus(hand.position, scaled(forwardOf(hand), metres));
    if (length > RAY_BEGINS_M) {
      const how = { thick: 0.6 * RAY_M, lit: false, fog: 0.004 };
      this.solids.bone(along(RAY_BEGINS_M), along(length), RAY_M, colour, how);
    }
    if (distance > LONGEST_RAY_M) return;
    const size = DOT_M * Math.max(0.6, 0.5 * length);
    this.solids.bone(along(length - size), along(length), size, colour, { lit: false });
  }

  /** The arc, and a ring where it ends. */
  arc({ points, end, valid }: TeleportArc): void {
    const colour = rgb(valid ? COLOUR.accent : COLOUR.error);
    const how = { lit: false, fog: 0.004 };
    for (let i = 1; i < points.length; i++) {
      this.solids.bone(points[i - 1]!, points[i]!, ARC_M, colour, how);
    }
    if (!valid) return;
    const around = (k: number): Vec3 => {
      const angle = (2 * Math.PI * k) / RING_SIDES;
      return [end[0] + RING_M * Math.cos(angle), 0.02, end[2] + RING_M * Math.sin(angle)];
    };
    for (let k = 0; k < RING_SIDES; k++) {
      this.solids.bone(around(k), around(k + 1), 0.014, colour, how);
    }
  }
}
