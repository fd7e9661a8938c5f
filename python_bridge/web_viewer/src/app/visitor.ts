/** The visitor: where they stand and look, how they walk and fly, and jumps to other places. */

import type { PerspectiveCamera } from "three";

export const EYE_M = 1.6;
export const FLOOR_FOV = 58;
export const OVERVIEW_FOV = 34;

const WALK_M_S = 2.5;
const RUN_M_S = 6;
const TURN_RAD_S = 1.6;
const SETTLE_S = 0.07; // time constant of starting and stopping
const JUMP_S = 0.9;
const FADE_S = 0.35;
const FLIGHT_LIMIT_M = 30; // beyond it a flight would only make dizzy
/** Nobody sinks lower. */
const LOWEST_M = 0.25;
const STEEPEST_RAD = 1.45;
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;

export type Move = "forward" | "back" | "left" | "right" | "up" | "down" | "turnLeft" | "turnRight";

/** Eye position in metres, yaw (0 looks along -z, positive to the left) and pitch (up). */
export interface Pose {
  position: [number, number, number];
  yaw: number;
  pitch: number;
  fov?: number;
}

interface Jump {
  from: Required<Pose>;
  to: Required<Pose>;
  seconds: number;
  /** How long it takes, unless it goes through the dark. */
  lasts: number;
  fades: boolean;
  /** A headset's wearer stands there already, and it is still dark. */
  landed?: boolean;
  arrived: () => void;
}

/** A headset that is worn: it moves the eyes, and whoever is put somewhere goes with its space. */
export interface Worn {
  /** Its wearer walks or turns with the sticks. */
  readonly moving: boolean;
  stand(pose: Pose): void;
}

export class Visitor {
  position: [number, number, number] = [0, EYE_M, 1];
  yaw = 0;
  pitch = 0;
  fov = FLOOR_FOV;
  /** 0: the room is seen, 1: all is dark, in the middle of a long jump. */
  fade = 0;
  running = false;
  /** Every jump then goes through the dark. */
  worn: Worn | null = null;
  readonly moves = new Set<Move>();
  private readonly velocity: [number, number, number, number] = [0, 0, 0, 0];
  private speed = 2;
  private applied: number[] = [];
  private jump: Jump | null = null;

  constructor(private readonly calm: () => boolean = () => false) {}

  /** How many times faster than usual the visitor moves. */
  get pace(): number {
    return SPEEDS[this.speed] ?? 1;
  }

  get moving(): boolean {
    const walks = this.moves.size > 0 || this.velocity.some((v) => v !== 0);
    return this.jump !== null || walks || (this.worn?.moving ?? false);
  }

  get pose(): Required<Pose> {
    return { position: [...this.position], yaw: this.yaw, pitch: this.pitch, fov: this.fov };
  }

  /** Where a jump ends, or where the visitor stands. */
  get destination(): Required<Pose> {
    return this.jump && !this.jump.landed ? this.jump.to : this.pose;
  }

  faster(steps: number): void {
    this.speed = Math.min(SPEEDS.length - 1, Math.max(0, this.speed + steps));
  }

  look(yaw: number, pitch: number): void {
    if (this.jump) return;
    this.yaw += yaw;
    this.pitch = upright(this.pitch + pitch);
  }

  /** Moves by so many metres along the line of sight. */
  advance(metres: number): void {
    if (this.jump) return;
    const level = Math.cos(this.pitch);
    this.position[0] -= Math.sin(this.yaw) * level * metres;
    this.position[1] = Math.max(LOWEST_M, this.position[1] + Math.sin(this.pitch) * metres);
    this.position[2] -= Math.cos(this.yaw) * level * metres;
  }

  /** Stands there at once. */
  place(pose: Pose): void {
    this.jump = null;
    this.fade = 0;
    this.velocity.fill(0);
    const [x, y, z] = pose.position;
    this.position = [x, Math.max(LOWEST_M, y), z];
    this.yaw = pose.yaw;
    this.pitch = pose.pitch;
    this.fov = pose.fov ?? FLOOR_FOV;
    this.worn?.stand(pose);
  }

  /** The eyes of a headset's wearer are there; the camera follows them by itself. */
  see(pose: Required<Pose>): void {
    this.set(pose);
    this.applied = this.numbers();
  }

  /** Has the camera put where the eyes are anew. */
  forgetApplied(): void {
    this.applied = [];
  }

  /** Motion is unwanted. */
  get isCalm(): boolean {
    return this.calm();
  }

  /**
   * Goes there: in a flight of `lasts` seconds, or through the dark where it is far or motion is
   * unwanted.
   */
  goTo(pose: Pose, arrived: () => void = () => undefined, lasts = JUMP_S): void {
    const from = this.pose;
    const to = { fov: FLOOR_FOV, ...pose, yaw: nearestTurn(from.yaw, pose.yaw) };
    const fades = this.worn !== null || this.calm() || distance(from.position, to.position) > FLIGHT_LIMIT_M;
    this.velocity.fill(0);
    this.jump = { from, to, seconds: 0, lasts, fades, arrived };
  }

  /** Moves on by `seconds`; true if anything changed. */
  step(seconds: number): boolean {
    if (this.jump) return this.stepJump(this.jump, seconds);
    return this.stepWalk(seconds);
  }

  /** Puts the camera where the visitor's eyes are; false if it was there already. */
  apply(camera: PerspectiveCamera): boolean {
    if (this.seen) return false;
    this.applied = this.numbers();
    camera.position.set(...this.position);
    camera.rotation.set(this.pitch, this.yaw, 0, "YXZ");
    camera.fov = this.fov;
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    return true;
  }

  /** The camera is where the visitor's eyes are. */
  get seen(): boolean {
    return this.numbers().every((value, index) => value === this.applied[index]);
  }

  private numbers(): number[] {
    return [...this.position, this.yaw, this.pitch, this.fov];
  }

  private stepJump(jump: Jump, seconds: number): boolean {
    jump.seconds += seconds;
    const whole = jump.fades ? 2 * FADE_S : jump.lasts;
    const part = Math.min(1, jump.seconds / whole);
    if (jump.fades) {
      this.fade = 1 - Math.abs(2 * part - 1);
      if (this.worn) this.land(jump, part, this.worn);
      else this.set(part < 0.5 ? jump.from : jump.to);
    } else this.set(between(jump.from, jump.to, easeInOutCubic(part)));
    if (part === 1) {
      if (jump.landed) this.jump = null;
      else this.place(jump.to);
      jump.arrived();
    }
    return true;
  }

  /** Eyes go on moving in the dark. */
  private land(jump: Jump, part: number, worn: Worn): void {
    if (part < 0.5 || jump.landed) return;
    jump.landed = true;
    worn.stand(jump.to);
  }

  private stepWalk(seconds: number): boolean {
    const wanted = this.wanted();
    const share = 1 - Math.exp(-seconds / SETTLE_S);
    wanted.forEach((value, axis) => {
      const now = (this.velocity[axis] ?? 0) + (value - (this.velocity[axis] ?? 0)) * share;
      this.velocity[axis] = value === 0 && Math.abs(now) < 0.01 ? 0 : now;
    });
    if (this.velocity.every((value) => value === 0)) return false;
    const [right, up, forward, turn] = this.velocity;
    const [sin, cos] = [Math.sin(this.yaw), Math.cos(this.yaw)];
    this.position[0] += (right * cos - forward * sin) * seconds;
    this.position[1] = Math.max(LOWEST_M, this.position[1] + up * seconds);
    this.position[2] += (-right * sin - forward * cos) * seconds;
    this.yaw += turn * seconds;
    return true;
  }

  /** Wanted speed to the right, up, forward, and of turning left. */
  private wanted(): [number, number, number, number] {
    const is = (move: Move): number => (this.moves.has(move) ? 1 : 0);
    const speed = (this.running ? RUN_M_S : WALK_M_S) * this.pace;
    const right = is("right") - is("left");
    const forward = is("forward") - is("back");
    const level = right && forward ? speed / Math.SQRT2 : speed;
    const turn = (is("turnLeft") - is("turnRight")) * TURN_RAD_S;
    return [right * level, (is("up") - is("down")) * speed, forward * level, turn];
  }

  private set(pose: Required<Pose>): void {
    this.position = [...pose.position];
    this.yaw = pose.yaw;
    this.pitch = pose.pitch;
    this.fov = pose.fov;
  }
}

/** A pitch with which nobody stands on their head. */
export function upright(pitch: number): number {
  return Math.min(STEEPEST_RAD, Math.max(-STEEPEST_RAD, pitch));
}

export function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)));
}

function easeInOutCubic(t: number): number {
  return t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
}

/** The angle equal to `yaw` that is least far from `from`. */
export function nearestTurn(from: number, yaw: number): number {
  const whole = 2 * Math.PI;
  return yaw + whole * Math.round((from - yaw) / whole);
}

export function between(from: Required<Pose>, to: Required<Pose>, t: number): Required<Pose> {
  const mix = (a: number, b: number): number => a + (b - a) * t;
  const [a, b] = [from.position, to.position];
  return {
    position: [mix(a[0], b[0]), mix(a[1], b[1]), mix(a[2], b[2])],
    yaw: mix(from.yaw, to.yaw),
    pitch: mix(from.pitch, to.pitch),
    fov: mix(from.fov, to.fov),
  };
}
