/** Walking and turning with the sticks of a headset's controllers, and the comfort of it. */

import type { Vec3 } from "../scene/placement";

/** Time constant of starting and stopping, in seconds. */
const SETTLE_S = 0.07;
const STILL = 0.01;

/** Part of a stick's way that counts as none. */
export const DEAD_ZONE = 0.15;
/** Metres a second with the stick at its end. */
export const FASTEST_M_S = 2.5;
/** Radians a second with the stick at its end. */
export const FASTEST_TURN_RAD_S = Math.PI / 2;

/** A speed that follows the wanted one softly, and ends at 0. */
export function settled(now: number, wanted: number, seconds: number): number {
  const next = now + (wanted - now) * (1 - Math.exp(-seconds / SETTLE_S));
  return wanted === 0 && Math.abs(next) < STILL ? 0 : next;
}

/** Smooth walking and turning. */
export class StickMotion {
  private x = 0;
  private z = 0;
  private turning = 0;

  /** Metres a second, of the last step. */
  get speed(): number {
    return Math.hypot(this.x, this.z);
  }

  /** Radians a second to the left, of the last step. */
  get turnSpeed(): number {
    return this.turning;
  }

  stop(): void {
    this.x = this.z = this.turning = 0;
  }

  /**
   * Metres in the room to move in these seconds, for who faces `yaw`; x is the stick's way to the
   * right and y forward, -1 .. 1. No way is faster than straight ahead.
   */
  walk(x: number, y: number, yaw: number, seconds: number): Vec3 {
    const way = Math.hypot(x, y);
    const speed = Math.abs(wantedOf(way)) * FASTEST_M_S;
    const [right, forward] = way > 0 ? [(x / way) * speed, (y / way) * speed] : [0, 0];
    const [sin, cos] = [Math.sin(yaw), Math.cos(yaw)];
    this.x = settled(this.x, right * cos - forward * sin, seconds);
    this.z = settled(this.z, -right * sin - forward * cos, seconds);
    return [this.x * seconds, 0, this.z * seconds];
  }

  /** Radians to turn left in these seconds; x is the stick's way right. */
  turn(x: number, seconds: number): number {
    this.turning = settled(this.turning, -wantedOf(x) * FASTEST_TURN_RAD_S, seconds);
    return this.turning * seconds;
  }
}

function wantedOf(way: number): number {
  const beyond = (Math.abs(way) - DEAD_ZONE) / (1 - DEAD_ZONE);
  return Math.sign(way) * Math.min(1, Math.max(0, beyond));
}

const FLICKED_AT = 0.7; // of the stick's way
const RESTS_BELOW = 0.35;

/** Turns by a fixed angle, once a flick of the stick. */
export class SnapTurn {
  private rests = true;

  constructor(readonly angle = Math.PI / 6) {}

  /** Radians to turn left now, 0 for none; `stick` goes from -1 (left) to 1 (right). */
  step(stick: number): number {
    const way = Math.abs(stick);
    if (way < RESTS_BELOW) this.rests = true;
    if (!this.rests || way < FLICKED_AT) return 0;
    this.rests = false;
    return stick > 0 ? -this.angle : this.angle;
  }
}

const SLOW_M_S = 0.3;
const FAST_M_S = 3;
const SLOW_RAD_S = 0.3;
const FAST_RAD_S = 1.6;
/** Time constants. */
const COMES_S = 0.12;
const GOES_S = 0.35;

/**
 * How much of the edge of sight is dark while the headset's wearer is moved: motion at the edge of
 * sight makes dizzy.
 */
export class Vignette {
  /** 0: nothing is dark; 1: only the middle is seen. */
  strength = 0;

  /**
   * The strength that suits a speed (m/s) and a turn (rad/s): 0 for who walks on their own feet,
   * 1 at 3 m/s or 1.6 rad/s.
   */
  static wanted(speed: number, turnSpeed: number): number {
    return Math.max(
      smooth(speed, SLOW_M_S, FAST_M_S),
      smooth(Math.abs(turnSpeed), SLOW_RAD_S, FAST_RAD_S),
    );
  }

  /** Moves on; `comfort` (0 .. 1) is the visitor's setting. It comes sooner than it goes. */
  step(speed: number, turnSpeed: number, comfort: number, seconds: number): void {
    const wanted = comfort * Vignette.wanted(speed, turnSpeed);
    const constant = wanted > this.strength ? COMES_S : GOES_S;
    const next = this.strength + (wanted - this.strength) * (1 - Math.exp(-seconds / constant));
    this.strength = wanted === 0 && next < 0.002 ? 0 : next;
  }
}

function smooth(value: number, least: number, most: number): number {
  const t = Math.min(1, Math.max(0, (value - least) / (most - least)));
  return t * t * (3 - 2 * t);
}
