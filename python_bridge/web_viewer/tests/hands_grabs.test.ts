import { describe, expect, it } from "vitest";

import type { Transform } from "../src/generated/protocol";
import {
  atHome, larger, LEAST_SCALE, MOST_SCALE, OneHandGrab, type Quaternion, samePlace, shifted, turned,
  TwoHandGrab, UNTURNED,
} from "../src/hands/grabs";
import { rotated, type Vec3 } from "../src/scene/placement";

const aboutY = (radians: number): Quaternion =>
  [0, Math.sin(radians / 2), 0, Math.cos(radians / 2)];
const aboutX = (radians: number): Quaternion =>
  [Math.sin(radians / 2), 0, 0, Math.cos(radians / 2)];
const station: Transform = { position_m: [1, 0, -4], rotation: [...UNTURNED], scale: 1 };

/** The yaw that a transform turns by, by brute force: where its x axis went. */
function yawOf({ rotation }: Transform): number {
  const [x, , z] = rotated([1, 0, 0], { position_m: [0, 0, 0], rotation, scale: 1 });
  return Math.atan2(-z, x);
}

function near(a: readonly number[], b: readonly number[]): void {
  a.forEach((part, i) => expect(part).toBeCloseTo(b[i]!, 9));
}

describe("one hand", () => {
  it("carries the station by as much as the hand moves", () => {
    const grab = new OneHandGrab({ position: [0, 1, 0], rotation: UNTURNED }, station);
    near(grab.at({ position: [2, 1.5, -3], rotation: UNTURNED }).position_m, [3, 0.5, -7]);
  });

  it("swings the station around the hand as that turns", () => {
    const grab = new OneHandGrab({ position: [1, 1, 0], rotation: UNTURNED }, station);
    const at = grab.at({ position: [1, 1, 0], rotation: aboutY(Math.PI / 2) });
    near(at.position_m, [-3, 0, 0]);
    expect(yawOf(at)).toBeCloseTo(Math.PI / 2, 9);
  });

  it("does not lean it when the hand does", () => {
    const grab = new OneHandGrab({ position: [1, 1, 0], rotation: UNTURNED }, station);
    const at = grab.at({ position: [1, 1, 0], rotation: aboutX(-0.5) });
    near(at.rotation, UNTURNED);
  });

  it("adds small turns up to more than a whole one", () => {
    const grab = new OneHandGrab({ position: [1, 1, -4], rotation: UNTURNED }, station);
    let at = station;
    for (let step = 1; step <= 50; step++) {
      at = grab.at({ position: [1, 1, -4], rotation: aboutY(step * 0.2) });
    }
    expect(Math.cos(yawOf(at) - 10)).toBeCloseTo(1, 9);
  });

  it("loses nothing below the floor", () => {
    const grab = new OneHandGrab({ position: [0, 1, 0], rotation: UNTURNED }, station);
    expect(grab.at({ position: [0, -3, 0], rotation: UNTURNED }).position_m[1]).toBe(0);
  });
});

describe("two hands", () => {
  const [left, right]: [Vec3, Vec3] = [[-0.5, 1, 0], [0.5, 1, 0]];

  it("make it as much larger as they are farther apart, about the middle", () => {
    const at = new TwoHandGrab(left, right, station).at([-1, 1, 0], [1, 1, 0]);
    expect(at.scale).toBeCloseTo(2, 9);
    near(at.position_m, [2, 0, -8]); // (0, 1, 0) + 2 * (1, -1, -4), and not below the floor
  });

  it("turn it as the line between them turns", () => {
    const at = new TwoHandGrab(left, right, station).at([0, 1, 0.5], [0, 1, -0.5]);
    expect(yawOf(at)).toBeCloseTo(Math.PI / 2, 9);
  });

  it("keep the turn while one is above the other", () => {
    const grab = new TwoHandGrab(left, right, station);
    grab.at([0, 1, 0.5], [0, 1, -0.5]);
    expect(yawOf(grab.at([0, 0.5, 0], [0, 1.5, 0.01]))).toBeCloseTo(Math.PI / 2, 9);
  });

  it("cannot make it vanish or endless", () => {
    const grab = new TwoHandGrab(left, right, station);
    expect(grab.at([0, 1, 0], [0, 1, 0]).scale).toBe(LEAST_SCALE);
    expect(grab.at([-50, 1, 0], [50, 1, 0]).scale).toBe(MOST_SCALE);
  });

  it("leave alone what was out of bounds before", () => {
    expect(larger({ ...station, scale: 9 }, 1).scale).toBe(9);
    expect(larger({ ...station, scale: 9 }, 2).scale).toBe(9);
    expect(larger({ ...station, scale: 9 }, 0.5).scale).toBe(4.5);
  });
});

describe("places", () => {
  it("turns stay of length one, however many there are", () => {
    let at = station;
    for (let step = 0; step < 10_000; step++) at = turned(at, 0.1);
    expect(Math.hypot(...at.rotation)).toBeCloseTo(1, 12);
  });

  it("tells places apart that are seen to differ", () => {
    const home = atHome([1, 0, -4]);
    expect(samePlace(home, station)).toBe(true);
    expect(samePlace(home, shifted(station, [0, 0, 0.001]))).toBe(false);
    expect(samePlace(home, turned(station, 0.01))).toBe(false);
    expect(samePlace(home, { ...station, scale: 1.01 })).toBe(false);
  });
});
