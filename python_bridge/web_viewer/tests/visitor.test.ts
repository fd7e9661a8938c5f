import { describe, expect, it } from "vitest";

import { Visitor, distance } from "../src/app/visitor";

function walk(visitor: Visitor, seconds: number): void {
  for (let frame = 0; frame < seconds * 60; frame++) visitor.step(1 / 60);
}

describe("a visitor", () => {
  it("walks 2.5 m/s along the line of sight, and runs 6 m/s", () => {
    for (const [running, speed] of [
      [false, 2.5],
      [true, 6],
    ] as const) {
      const visitor = new Visitor();
      visitor.place({ position: [0, 1.6, 0], yaw: Math.PI / 2, pitch: 0.4 });
      visitor.running = running;
      visitor.moves.add("forward");
      walk(visitor, 4);
      // Yaw is positive to the left, so a quarter turn looks along -x.
      expect(-visitor.position[0]).toBeGreaterThan(3.9 * speed);
      expect(-visitor.position[0]).toBeLessThanOrEqual(4 * speed + 1e-6);
      expect(visitor.position[1]).toBe(1.6);
      expect(visitor.position[2]).toBeCloseTo(0, 6);
    }
  });

  it("is not faster diagonally, and stops when the keys are let go", () => {
    const visitor = new Visitor();
    const start = visitor.pose.position;
    visitor.moves.add("forward").add("right");
    walk(visitor, 4);
    expect(distance(visitor.position, start)).toBeLessThanOrEqual(10 + 1e-6);
    visitor.moves.clear();
    walk(visitor, 1);
    expect(visitor.moving).toBe(false);
    expect(visitor.step(1)).toBe(false);
  });

  it("does not sink through the floor", () => {
    const visitor = new Visitor();
    visitor.moves.add("down");
    walk(visitor, 5);
    expect(visitor.position[1]).toBeGreaterThan(0.2);
    visitor.place({ position: [1, -5, 2], yaw: 0, pitch: 0 });
    expect(visitor.position).toEqual([1, 0.25, 2]);
  });

  it("flies to a near place in 0.9 s, by the shorter turn", () => {
    const visitor = new Visitor();
    visitor.place({ position: [0, 1.6, 0], yaw: 3, pitch: 0 });
    let arrivals = 0;
    visitor.goTo({ position: [1, 1.6, -5], yaw: -3, pitch: 0.1 }, () => arrivals++);
    visitor.step(0.45);
    expect(visitor.position[2]).toBeCloseTo(-2.5, 6);
    expect(visitor.yaw).toBeCloseTo(Math.PI, 6);
    expect(visitor.fade).toBe(0);
    visitor.step(0.46);
    expect(visitor.position).toEqual([1, 1.6, -5]);
    expect(Math.cos(visitor.yaw)).toBeCloseTo(Math.cos(-3), 12);
    expect([visitor.moving, arrivals]).toEqual([false, 1]);
  });

  it("goes far, or calmly, through the dark", () => {
    for (const [calm, z] of [
      [false, -31],
      [true, -5],
    ] as const) {
      const visitor = new Visitor(() => calm);
      const { position } = visitor.pose;
      visitor.goTo({ position: [0, 1.6, z], yaw: 0, pitch: 0 });
      visitor.step(0.34);
      expect(visitor.position).toEqual(position);
      expect(visitor.fade).toBeGreaterThan(0.9);
      visitor.step(0.02);
      expect(visitor.position[2]).toBe(z);
      visitor.step(0.35);
      expect([visitor.fade, visitor.moving]).toEqual([0, false]);
    }
  });
});
