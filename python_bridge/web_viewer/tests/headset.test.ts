import { describe, expect, it } from "vitest";

import { floorOf, isClear, type Standing, TeleportArc } from "../src/headset/arc";
import { loadComfort, saveComfort, USUAL } from "../src/headset/comfort";
import { follow, graspOf, heldJoints } from "../src/headset/controls";
import { Locomotion, type Steering } from "../src/headset/locomotion";
import { SnapTurn, StickMotion, Vignette } from "../src/headset/motion";
import {
  aboutY, after, apart, forwardOf, pitchOf, plus, type Quaternion, type RigidPose, yawOf,
} from "../src/headset/poses";
import { TrackedSpace } from "../src/headset/space";
import { STEPS, Thrift } from "../src/headset/thrift";
import { pointOf, upright, type Vec3 } from "../src/scene/placement";
import { roomOf, station } from "./rooms";

const FLOOR = { left: -50, right: 50, near: 50, far: -50 };

const aboutX = (pitch: number): Quaternion => [Math.sin(pitch / 2), 0, 0, Math.cos(pitch / 2)];
const looking = (yaw: number, pitch: number): Quaternion => after(aboutY(yaw), aboutX(pitch));
const hand = (height: number, pitch: number, yaw = 0): RigidPose => ({
  position: [0, height, 0],
  rotation: looking(yaw, pitch),
});
const wall = (scale = 1, foot = 0.06): Standing => {
  const frame = upright([-2, foot, -4], 0.9);
  const by = (v: Vec3): Vec3 => [v[0] * scale, v[1] * scale, v[2] * scale];
  return { frame: { ...frame, x: by(frame.x), y: by(frame.y), z: by(frame.z) }, width: 1.5, height: 3.25 };
};

function near(a: Vec3, b: Vec3, within = 1e-9): void {
  expect(apart(a, b), `${a.join(" ")} and ${b.join(" ")}`).toBeLessThan(within);
}

describe("directions", () => {
  it("have the yaw and pitch that they were made of", () => {
    for (const [yaw, pitch] of [[0, 0], [1.2, 0.4], [-2.9, -1.1], [3, 1.3]] as const) {
      expect(yawOf(looking(yaw, pitch))).toBeCloseTo(yaw, 9);
      expect(pitchOf(looking(yaw, pitch))).toBeCloseTo(pitch, 9);
    }
  });

  it("have a yaw straight up and down too", () => {
    for (const pitch of [Math.PI / 2, -Math.PI / 2, 1.55, -1.55]) {
      expect(yawOf(looking(0.7, pitch))).toBeCloseTo(0.7, 9);
    }
  });
});

describe("teleporting", () => {
  it("lands where a ball would that is thrown step by step", () => {
    const arc = new TeleportArc();
    arc.throw(hand(1.2, 0.5), FLOOR, []);
    let [y, z, up] = [1.2, 0, 8 * Math.sin(0.5)];
    for (; y > 0; up -= 9.81e-5) [y, z] = [y + up * 1e-5, z - 8 * Math.cos(0.5) * 1e-5];
    expect(arc.valid).toBe(true);
    near(arc.end, [0, 0, z], 1e-2);
    near(arc.points[0]!, [0, 1.2, 0]);
    near(arc.points.at(-1)!, arc.end);
  });

  it("goes neither through walls nor into them, nor beside the floor", () => {
    const one = wall();
    const arc = new TeleportArc();
    const before = pointOf(one.frame, 0, 1.5, 2);
    arc.throw({ position: before, rotation: looking(0.9, 0) }, FLOOR, [one]);
    expect(arc.valid).toBe(false);
    expect(arc.end[1]).toBeGreaterThan(1);
    expect(apart(arc.end, pointOf(one.frame, 0, arc.end[1] - 0.06))).toBeLessThan(1e-9);
    const close = pointOf(one.frame, 0, 1.2, 0.2);
    arc.throw({ position: close, rotation: looking(0, -1.57) }, FLOOR, [one]);
    expect([arc.end[1], arc.valid]).toEqual([0, false]);
    expect(isClear(pointOf(one.frame, 0, 0, 0.2), [one])).toBe(false);
    expect(isClear(pointOf(one.frame, 0, 0, 1), [one])).toBe(true);
    arc.throw(hand(1.2, 0), { ...FLOOR, far: -1 }, []);
    expect(arc.valid).toBe(false);
    arc.throw(hand(1.2, 0), FLOOR, []);
    expect(arc.valid).toBe(true);
    arc.throw(hand(1.2, 1.5), FLOOR, []); // up into the air
    expect(arc.end[1]).toBe(0);
    arc.throw({ ...hand(60, 0) }, FLOOR, []);
    expect(arc.valid).toBe(false);
  });

  it.each([0.2, 5])("stands below a wall that is raised above the eyes (scale %f)", (scale) => {
    expect(isClear([-2, 0, -4], [wall(scale, 1)])).toBe(false);
    expect(isClear([-2, 0, -4], [wall(scale, 3)])).toBe(true);
  });

  it("may end 4 m around walls, start and board, wherever walls were moved", () => {
    const room = roomOf([station("a", -4)], []);
    const area = floorOf(room, [wall(), { ...wall(), frame: upright([30, 0, -90], 0) }]);
    expect(area.right).toBeCloseTo(34);
    expect(area.far).toBeCloseTo(-94);
    expect(area.near).toBeGreaterThanOrEqual(room.start.position_m[2] + 4);
  });
});

describe("turning and walking", () => {
  it("turns once a flick", () => {
    const turn = new SnapTurn(Math.PI / 4);
    const flicks = [0, 0.5, 0.8, 1, 1, 0.8, 0.6, 0.8, 0.1, -1, -1, 0];
    expect(flicks.reduce((sum, stick) => sum + turn.step(stick), 0)).toBeCloseTo(0, 12);
    expect(turn.step(1)).toBe(-Math.PI / 4); // right is a negative yaw
    expect(new SnapTurn().angle).toBeCloseTo(Math.PI / 6, 12);
  });

  const walked = (sticks: StickMotion, x: number, y: number, yaw: number, seconds: number): Vec3 => {
    let gone: Vec3 = [0, 0, 0];
    for (let i = 0; i < seconds * 90; i++) gone = plus(gone, sticks.walk(x, y, yaw, 1 / 90));
    return gone;
  };

  it("walks where one faces, no faster diagonally", () => {
    const gone = walked(new StickMotion(), 0, 1, Math.PI / 2, 2);
    expect(gone[0]).toBeLessThan(-4.7);
    expect(gone[0]).toBeGreaterThanOrEqual(-5);
    expect(gone[2]).toBeCloseTo(0, 9);
    const diagonal = walked(new StickMotion(), 1, 1, 0, 2);
    expect(Math.hypot(...diagonal)).toBeLessThanOrEqual(5);
    expect(diagonal[0]).toBeCloseTo(-diagonal[2], 9);
    expect(walked(new StickMotion(), 0.05, 0.1, 0, 1)).toEqual([0, 0, 0]);
    expect(new StickMotion().turn(1, 0.1)).toBeLessThan(0); // to the right
  });

  it("darkens the edge of sight with speed, and only then", () => {
    expect(Vignette.wanted(0.2, 0)).toBe(0);
    expect(Vignette.wanted(3, 0)).toBe(1);
    expect(Vignette.wanted(0, -1.6)).toBe(1);
    const vignette = new Vignette();
    vignette.step(6, 0, 0.5, 10);
    expect(vignette.strength).toBeCloseTo(0.5, 6); // as comfort has it
    vignette.step(0, 0, 0.5, 10);
    expect(vignette.strength).toBe(0);
  });
});

describe("the tracked space", () => {
  const head: RigidPose = { position: [0.7, 1.6, -0.4], rotation: looking(0.3, -0.2) };

  it("turns about the head", () => {
    const space = new TrackedSpace([3, 0, -7], 1.1);
    const turned = space.turned(head.position, 0.8);
    near(turned.inRoom(head).position, space.inRoom(head).position);
    expect(yawOf(turned.inRoom(head).rotation)).toBeCloseTo(1.1 + 0.3 + 0.8, 9);
  });

  it("puts the head somewhere, and not the middle of the play area", () => {
    const space = new TrackedSpace([1, 0, 2], 0.5).facing(head, [-3, 0, -9], 2.2);
    near(space.inRoom(head).position, [-3, 1.6, -9]);
    expect(yawOf(space.inRoom(head).rotation)).toBeCloseTo(2.2, 9);
    near(space.feetOf(head.position), [-3, 0, -9]);
    near(forwardOf(space.standing(head.position, [1, 0, 1]).inRoom(head)), forwardOf(space.inRoom(head)));
  });
});

describe("locomotion", () => {
  const head: RigidPose = { position: [0, 1.6, 0], rotation: looking(0, 0) };
  const ground = { floor: FLOOR, walls: [] };
  const idle: Steering = { walk: { x: 0, y: 0 }, turn: { x: 0, y: 0 }, aim: null, pressed: false };
  const aiming = { ...idle, aim: hand(1.2, 0.2) };

  it("aims while the stick is forward, and jumps when it is let go of", () => {
    const way = new Locomotion();
    const pushed = { ...aiming, turn: { x: 0.9, y: 0.8 } };
    expect(way.step(pushed, head, ground, USUAL, 0.01)).toBeNull();
    expect(way.aims).toBe(true);
    const { yaw } = way.space;
    expect(way.step({ ...aiming, turn: { x: 1, y: 0.5 } }, head, ground, USUAL, 0.01)).toBeNull();
    expect(way.space.yaw).toBe(yaw); // who aims does not turn
    expect(way.step(aiming, head, ground, USUAL, 0.01)).toEqual(way.arc.end);
    expect(way.aims).toBe(false);
  });

  it("goes nowhere with a hand that is lost, or to where nobody can stand", () => {
    const way = new Locomotion();
    way.step({ ...aiming, pressed: true }, head, ground, USUAL, 0.01);
    expect(way.step({ ...idle }, head, ground, USUAL, 0.01)).toBeNull();
    const nowhere = { floor: { ...FLOOR, far: 0, near: 0 }, walls: [] };
    way.step({ ...aiming, pressed: true }, head, nowhere, USUAL, 0.01);
    expect(way.step(aiming, head, nowhere, USUAL, 0.01)).toBeNull();
  });

  it("walks only for those who like to", () => {
    const steering = { ...idle, walk: { x: 0, y: 1 } };
    const [walks, stays] = [new Locomotion(), new Locomotion()];
    for (let i = 0; i < 20; i++) {
      walks.step(steering, head, ground, USUAL, 0.02);
      stays.step(steering, head, ground, { ...USUAL, walks: false }, 0.02);
    }
    expect(walks.space.origin[2]).toBeLessThan(-0.5);
    expect(stays.space.origin).toEqual([0, 0, 0]);
    expect(walks.vignette.strength).toBeGreaterThan(0);
  });

  it("turns smoothly or by steps", () => {
    const steering = { ...idle, turn: { x: 1, y: 0 } };
    const [smooth, snaps] = [new Locomotion(), new Locomotion()];
    for (let i = 0; i < 10; i++) {
      smooth.step(steering, head, ground, { ...USUAL, smoothTurn: true }, 0.02);
      snaps.step(steering, head, ground, USUAL, 0.02);
    }
    expect(snaps.space.yaw).toBeCloseTo(-Math.PI / 6, 9);
    expect(smooth.space.yaw).toBeLessThan(-0.1);
    expect(smooth.space.yaw).toBeGreaterThan(-0.2 * (Math.PI / 2));
  });
});

describe("comfort", () => {
  const storage = (text: string | null) => {
    const kept = { text };
    return {
      kept,
      getItem: () => kept.text,
      setItem: (_key: string, value: string) => void (kept.text = value),
    };
  };

  it("is kept", () => {
    const place = storage(null);
    expect(loadComfort(place)).toEqual(USUAL);
    const mine = { ...USUAL, hand: "left" as const, vignette: 0.25, seated: true };
    saveComfort(mine, place);
    expect(loadComfort(place)).toEqual(mine);
  });

  it.each(["", "nonsense", "[]", "null", '{"vignette": 7, "hand": "third", "walks": "yes"}'])(
    "is the usual where what was kept makes no sense: %s",
    (text) => expect(loadComfort(storage(text))).toEqual(USUAL),
  );

  it("does without a browser that keeps things", () => {
    expect(loadComfort(null)).toEqual(USUAL);
    const full = { getItem: () => null, setItem: () => { throw new Error("full"); } };
    expect(() => saveComfort(USUAL, full)).not.toThrow();
  });
});

describe("presses", () => {
  const press = () => ({ down: false, began: false, ended: false });

  it("begin and end once, however many frames they last", () => {
    const one = press();
    follow(one, [true]);
    expect(one).toEqual({ down: true, began: true, ended: false });
    follow(one, undefined);
    expect(one).toEqual({ down: true, began: false, ended: false });
    follow(one, [false]);
    expect(one).toEqual({ down: false, began: false, ended: true });
    follow(one, undefined);
    expect(one).toEqual(press());
  });

  it("count when they are over within a frame", () => {
    const one = press();
    follow(one, [true, false]);
    expect(one).toEqual({ down: false, began: true, ended: true });
  });

  it("of a bare hand are those of a fist", () => {
    const flat = Array.from({ length: 25 }, (_, i): Vec3 => [0, 0, i === 0 ? 0 : -0.17]);
    const fist = heldJoints({ position: [0, 0, 0], rotation: [0, 0, 0, 1] }, "left");
    expect(graspOf(flat, false)).toBe(false);
    expect(graspOf(fist, false)).toBe(true);
  });
});

describe("the frame budget", () => {
  const seconds = 1 / 72;
  const run = (thrift: Thrift, frames: number, took: (step: number) => number): number[] => {
    const steps: number[] = [];
    for (let i = 0; i < frames; i++) {
      if (thrift.frame(took(thrift.step))) steps.push(thrift.step);
    }
    return steps;
  };

  it("leaves out what is missed least first, and no more than it takes", () => {
    expect(STEPS.map(({ reflections }) => reflections)).toEqual([true, true, false, false, false]);
    expect(STEPS.map(({ tubeSides }) => tubeSides)).toEqual([5, 5, 5, 3, 3]);
    const thrift = new Thrift(seconds);
    run(thrift, 72 * 5, (step) => (step < 2 ? 2 * seconds : seconds));
    expect(thrift.step).toBe(2);
    expect(thrift.spared.reflections).toBe(false);
  });

  it("never leaves out anything of a scene that is drawn in time, but for one late frame", () => {
    const thrift = new Thrift(seconds);
    let frame = 0;
    expect(run(thrift, 7200, () => (frame++ % 50 === 0 ? 2 * seconds : seconds))).toEqual([]);
  });

  it("brings back what there is room for again", () => {
    const thrift = new Thrift(seconds);
    run(thrift, 72 * 3, () => 3 * seconds);
    expect(thrift.step).toBe(3);
    run(thrift, 72 * 60, () => seconds);
    expect(thrift.step).toBe(0);
  });

  it("does not go to and fro: what was too much is tried less and less often", () => {
    const thrift = new Thrift(seconds);
    const changes = run(thrift, 72 * 600, (step) => (step < 2 ? 2 * seconds : seconds));
    expect(thrift.step).toBeLessThanOrEqual(2);
    // In ten minutes: it begins, and comes back to it a few times.
    expect(changes.length).toBeLessThan(24);
    expect(changes.length).toBeGreaterThan(4);
  });

  it("learns nothing from a page that slept", () => {
    const thrift = new Thrift(seconds);
    expect(run(thrift, 1000, () => 5)).toEqual([]);
  });

  it("asks for fewer pixels next time only if all else was not enough", () => {
    const thrift = new Thrift(seconds);
    expect(thrift.scaleAfter(0.8)).toBe(1);
    run(thrift, 72 * 10, () => 3 * seconds);
    expect(thrift.scaleAfter(1)).toBeCloseTo(0.8);
    expect(thrift.scaleAfter(0.62)).toBe(0.6);
    const middling = new Thrift(seconds);
    run(middling, 72 * 2, () => 3 * seconds);
    expect(middling.scaleAfter(0.8)).toBe(0.8);
  });
});
