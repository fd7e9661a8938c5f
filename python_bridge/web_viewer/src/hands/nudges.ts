/** Walls moved by keys, a step at a time. */

import type { Transform } from "../generated/protocol";
import type { Vec3 } from "../scene/placement";
import { larger, shifted, turned } from "./grabs";

const STEP_M = 0.1;
const LARGE_STEP_M = 1;
const STEP_RAD = Math.PI / 36;
const LARGE_STEP_RAD = Math.PI / 6;
const STEP_SCALE = 1.1;

/** To the right, up and ahead, as the visitor looks. */
const WAYS = {
  left: [-1, 0, 0],
  right: [1, 0, 0],
  up: [0, 1, 0],
  down: [0, -1, 0],
  forward: [0, 0, 1],
  back: [0, 0, -1],
} as const;

export type Nudge = keyof typeof WAYS | "turnLeft" | "turnRight" | "larger" | "smaller";

const BY_CODE: Record<string, Nudge> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "forward",
  ArrowDown: "back",
  PageUp: "up",
  PageDown: "down",
  KeyQ: "turnLeft",
  KeyE: "turnRight",
};
const BY_SIGN: Record<string, Nudge> = {
  "+": "larger",
  "=": "larger",
  "-": "smaller",
  _: "smaller",
};

type Key = Pick<KeyboardEvent, "key" | "code" | "shiftKey">;

/** What a key does to the wall that is arranged. AZERTY's 6, a minus, places an image there, too. */
export function nudgeOf({ key, code, shiftKey }: Key): Nudge | undefined {
  if (code.startsWith("Digit") && !shiftKey) return undefined;
  return BY_SIGN[key] ?? BY_CODE[code];
}

/** A step of a visitor who looks along `yaw`, a large one with `far`; walls turn about `foot`. */
export interface Step {
  nudge: Nudge;
  far: boolean;
  yaw: number;
  foot: Vec3;
}

/** A station after a step. */
export function nudged(station: Transform, { nudge, far, yaw, foot }: Step): Transform {
  const turn = far ? LARGE_STEP_RAD : STEP_RAD;
  if (nudge === "turnLeft") return turned(station, turn, foot);
  if (nudge === "turnRight") return turned(station, -turn, foot);
  if (nudge === "larger") return larger(station, STEP_SCALE, foot);
  if (nudge === "smaller") return larger(station, 1 / STEP_SCALE, foot);
  const step = far ? LARGE_STEP_M : STEP_M;
  const [right, up, ahead] = WAYS[nudge];
  const [sin, cos] = [Math.sin(yaw), Math.cos(yaw)];
  const by: Vec3 = [right * cos - ahead * sin, up, -right * sin - ahead * cos];
  return shifted(station, [by[0] * step, by[1] * step, by[2] * step]);
}
