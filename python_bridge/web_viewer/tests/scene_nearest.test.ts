import { describe, expect, it } from "vitest";

import { NearestFirst } from "../src/scene/nearest";
import type { Wall } from "../src/scene/walls";

function wallAt(x: number, z: number): Wall {
  const frame = { origin: [x, 0, z], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };
  return { frame, height: 3.2 } as unknown as Wall;
}

describe("walls by distance", () => {
  const walls = Array.from({ length: 500 }, (_, i) =>
    wallAt(i % 2 ? 2 : -2, -((i * 7919) % 500) * 0.7),
  );

  it("are in order wherever one walks or jumps to", () => {
    const nearest = new NearestFirst();
    for (const z of [0, -0.4, -0.8, -300, -299, 20, -150.3]) {
      const order = [...nearest.sorted(walls, { x: 0.3, y: 1.6, z })];
      expect(new Set(order).size).toBe(walls.length);
      const slow = walls.map(({ frame: { origin: [x, , at] } }) => Math.hypot(x - 0.3, at - z));
      order.slice(1).forEach((wall, i) => {
        expect(slow[wall]!).toBeGreaterThanOrEqual(slow[order[i]!]! - 1e-4);
      });
    }
  });

  it("are in their own order where they are equally far, wherever one came from", () => {
    const nearest = new NearestFirst();
    const pairs = [wallAt(-2, -4), wallAt(2, -4), wallAt(-2, -9), wallAt(2, -9)];
    nearest.sorted(pairs, { x: 1, y: 1.6, z: 0 });
    expect([...nearest.sorted(pairs, { x: 0, y: 1.6, z: 0 })]).toEqual([0, 1, 2, 3]);
  });

  it("are counted anew in another room", () => {
    const nearest = new NearestFirst();
    nearest.sorted(walls, { x: 0, y: 0, z: 0 });
    const few = [wallAt(0, -9), wallAt(0, -3)];
    expect([...nearest.sorted(few, { x: 0, y: 1.6, z: 0 })]).toEqual([1, 0]);
  });
});
