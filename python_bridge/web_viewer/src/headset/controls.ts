/** Both hands of a headset's wearer, with controllers or bare: where they are and what they press. */

import type { Vec3 } from "../scene/placement";
import { apart, pointIn, type RigidPose } from "./poses";

export type Side = "left" | "right";
export const SIDES: readonly Side[] = ["left", "right"];

/** Something that is pressed and let go of. */
export interface Press {
  down: boolean;
  /** In this frame. */
  began: boolean;
  ended: boolean;
}

/** The place of every joint of a bare hand, in the order of the specification, wrist first. */
export type Joints = readonly Vec3[];

/** A hand in this frame; places are of the tracked space. */
export interface HandState {
  readonly side: Side;
  tracked: boolean;
  /** It points along its -z. */
  ray: RigidPose;
  grip: RigidPose;
  /** What touches: the tip of the index finger, or of the controller. */
  tip: Vec3;
  joints: Joints | null;
  /** x to the right, y forward; -1 .. 1. */
  stick: { x: number; y: number };
  select: Press;
  squeeze: Press;
  menu: Press;
}

/** Places of gamepad parts in the mapping "xr-standard". */
const STICK_X = 2;
const STICK_Y = 3;
const MENU_BUTTON = 4;
/** A bare hand grasps with its last three fingers: their tips come so near to the wrist. */
const GRASPS_M = 0.1;
const LETS_GO_M = 0.13;
const FINGER_TIPS = [14, 19, 24] as const;
const INDEX_TIP = 9;

const NOWHERE: RigidPose = { position: [0, 0, 0], rotation: [0, 0, 0, 1] };
const idle = (): Press => ({ down: false, began: false, ended: false });

export class Controls {
  readonly left = handOf("left");
  readonly right = handOf("right");
  private readonly events = new Map<string, boolean[]>();
  private session: XRSession | null = null;

  begin(session: XRSession): void {
    this.session = session;
    // An emulated select is over before it begins: only starts and ends tell.
    for (const [name, what, down] of EVENTS) {
      session.addEventListener(name, (event) => {
        const key = `${sideOf(event.inputSource)} ${what}`;
        this.events.set(key, [...(this.events.get(key) ?? []), down]);
      });
    }
  }

  end(): void {
    this.session = null;
    this.events.clear();
    for (const hand of [this.left, this.right]) release(hand);
  }

  of(side: Side): HandState {
    return side === "left" ? this.left : this.right;
  }

  /** To be called at the beginning of every frame. */
  update(frame: XRFrame, space: XRReferenceSpace): void {
    for (const hand of [this.left, this.right]) {
      const source = this.sourceOf(hand.side);
      const ray = source && poseOf(frame, source.targetRaySpace, space);
      hand.tracked = ray !== null && ray !== undefined;
      if (!source || !ray) {
        release(hand);
        continue;
      }
      hand.ray = ray;
      hand.grip = (source.gripSpace && poseOf(frame, source.gripSpace, space)) ?? ray;
      hand.joints = source.hand ? jointsOf(frame, source.hand, space) : null;
      hand.tip = hand.joints?.[INDEX_TIP] ?? ray.position;
      this.press(hand, source);
    }
    this.events.clear();
  }

  private press(hand: HandState, { gamepad }: XRInputSource): void {
    const axes = gamepad?.axes ?? [];
    hand.stick = { x: axes[STICK_X] ?? 0, y: -(axes[STICK_Y] ?? 0) };
    follow(hand.select, this.events.get(`${hand.side} select`));
    const grasps = hand.joints && graspOf(hand.joints, hand.squeeze.down);
    const events = this.events.get(`${hand.side} squeeze`);
    follow(hand.squeeze, events ?? (grasps === null ? undefined : [grasps]));
    follow(hand.menu, [gamepad?.buttons[MENU_BUTTON]?.pressed ?? false]);
  }

  /** A controller goes before the hand that holds it; what says no side is the right one. */
  private sourceOf(side: Side): XRInputSource | undefined {
    const sources = [...(this.session?.inputSources ?? [])].filter((one) => sideOf(one) === side);
    return sources.find(({ gamepad, hand }) => gamepad && !hand) ?? sources[0];
  }
}

const EVENTS = [
  ["selectstart", "select", true],
  ["selectend", "select", false],
  ["squeezestart", "squeeze", true],
  ["squeezeend", "squeeze", false],
] as const;

function handOf(side: Side): HandState {
  return {
    side,
    tracked: false,
    ray: NOWHERE,
    grip: NOWHERE,
    tip: [0, 0, 0],
    joints: null,
    stick: { x: 0, y: 0 },
    select: idle(),
    squeeze: idle(),
    menu: idle(),
  };
}

function sideOf({ handedness }: XRInputSource): Side {
  return handedness === "left" ? "left" : "right";
}

/** A hand that is lost lets go of everything. */
function release(hand: HandState): void {
  hand.tracked = false;
  hand.joints = null;
  hand.stick = { x: 0, y: 0 };
  for (const press of [hand.select, hand.squeeze, hand.menu]) follow(press, [false]);
}

/** What it was told since the last frame; a press that was over within one still counts. */
export function follow(press: Press, told: readonly boolean[] | undefined): void {
  const before = press.down;
  const now = told?.at(-1) ?? before;
  press.began = !before && (told?.includes(true) ?? false);
  press.ended = (before || press.began) && !now;
  press.down = now;
}

function poseOf(frame: XRFrame, of: XRSpace, space: XRReferenceSpace): RigidPose | null {
  const transform = frame.getPose(of, space)?.transform;
  return transform ? rigid(transform) : null;
}

export function rigid({ position, orientation }: XRRigidTransform): RigidPose {
  return {
    position: [position.x, position.y, position.z],
    rotation: [orientation.x, orientation.y, orientation.z, orientation.w],
  };
}

/** Null where not all joints are seen. */
function jointsOf(frame: XRFrame, hand: XRHand, space: XRReferenceSpace): Vec3[] | null {
  const joints: Vec3[] = [];
  for (const joint of hand.values()) {
    const pose = frame.getJointPose?.(joint, space);
    if (!pose) return null;
    const { x, y, z } = pose.transform.position;
    joints.push([x, y, z]);
  }
  return joints.length > FINGER_TIPS[2] ? joints : null;
}

/** Whether a bare hand is a fist; it opens wider than it closed. */
export function graspOf(joints: Joints, grasps: boolean): boolean {
  const [wrist] = joints;
  if (!wrist) return false;
  const sum = FINGER_TIPS.reduce((total, tip) => total + apart(joints[tip] ?? wrist, wrist), 0);
  return sum / FINGER_TIPS.length < (grasps ? LETS_GO_M : GRASPS_M);
}

// Of a right hand around a controller, in the space of its grip: the back of the hand faces +x, the
// thumb is at -z, the knuckles are at -y, and the forearm goes back between +y and +z.
const HELD: Joints = [
  [0.018, 0.045, 0.048],
  [0.006, 0.018, -0.01], [-0.01, -0.004, -0.03], [-0.02, -0.026, -0.038], [-0.022, -0.042, -0.04],
  [0.022, 0.02, 0.004], [0.026, -0.03, -0.028], [0.014, -0.056, -0.036], [-0.004, -0.072, -0.042],
  [-0.016, -0.078, -0.046],
  [0.024, 0.02, 0.014], [0.028, -0.032, -0.008], [0.012, -0.058, -0.01], [-0.014, -0.058, -0.01],
  [-0.024, -0.04, -0.01],
  [0.022, 0.022, 0.024], [0.026, -0.028, 0.011], [0.01, -0.052, 0.011], [-0.014, -0.052, 0.011],
  [-0.022, -0.036, 0.011],
  [0.018, 0.024, 0.034], [0.021, -0.02, 0.028], [0.007, -0.042, 0.03], [-0.013, -0.043, 0.03],
  [-0.02, -0.028, 0.03],
];

/** The joints of a hand that holds a controller: nobody sees them, but they are there. */
export function heldJoints(grip: RigidPose, side: Side): Joints {
  const mirror = side === "left" ? -1 : 1;
  return HELD.map(([x, y, z]) => pointIn(grip, [mirror * x, y, z]));
}
