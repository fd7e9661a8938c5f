import { describe, expect, it } from "vitest";

import type { Transform } from "../src/generated/protocol";
import { inLine, nearest } from "../src/hands/aligning";
import { aboutY, atHome } from "../src/hands/grabs";

const at = (x: number, y: number, z: number, yaw = 0): Transform => atHome([x, y, z], yaw);

describe("a wall in line with its neighbour", () => {
  it("keeps its place along the aisle and its size, and takes height and turn", () => {
    const moved = { ...at(0.7, 0.4, -9.2, 0.3), scale: 2 };
    expect(inLine(moved, at(0, 0, -6))).toEqual({
      position_m: [0, 0, -9.2], rotation: [0, 0, 0, 1], scale: 2,
    });
  });

  it("stands beside it, where it is more beside than ahead of it", () => {
    expect(inLine(at(5, 3, 1), at(1, 2.5, 0)).position_m).toEqual([5, 2.5, 0]);
  });

  it("is on the neighbour's own line, whichever way that goes", () => {
    const neighbour = at(10, 0, 10, Math.PI / 2); // ahead of it is -x
    const { position_m: [x, y, z], rotation } = inLine(at(6, 1, 10.5), neighbour);
    expect([x, y, z].map((one) => one.toFixed(6))).toEqual(["6.000000", "0.000000", "10.000000"]);
    expect(rotation).toEqual(aboutY(Math.PI / 2));
  });

  it("has the nearest as its neighbour, if there is one", () => {
    expect(nearest(at(0, 0, -4), [at(0, 0, 0), null, at(0, 0, -6), at(0, 0, -9)])).toBe(2);
    expect(nearest(at(0, 0, -4), [null])).toBeNull();
  });
});
