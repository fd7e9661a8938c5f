import { describe, expect, it } from "vitest";

import { nudged, nudgeOf } from "../src/hands/nudges";
import { UNTURNED } from "../src/hands/grabs";

const key = (key: string, code: string, shiftKey = false) => ({ key, code, shiftKey });

describe("keys that move a wall", () => {
  it("are signs for size, and places for the rest", () => {
    expect(nudgeOf(key("+", "Equal", true))).toBe("larger");
    expect(nudgeOf(key("-", "Minus"))).toBe("smaller");
    expect(nudgeOf(key("a", "KeyQ"))).toBe("turnLeft"); // AZERTY
    expect(nudgeOf(key("x", "KeyX"))).toBeUndefined();
  });

  it("are not the digits that place images, whatever they say", () => {
    expect(nudgeOf(key("-", "Digit6"))).toBeUndefined(); // AZERTY
    expect(nudgeOf(key("+", "Digit1", true))).toBe("larger"); // Swiss
  });

  it("go the way the visitor looks", () => {
    const station = { position_m: [0, 0, 0] as [number, number, number], rotation: [...UNTURNED] as [number, number, number, number], scale: 1 };
    const step = { far: false, yaw: Math.PI / 2, foot: [0, 0, 0] as [number, number, number] };
    const { position_m: at } = nudged(station, { ...step, nudge: "forward" });
    expect(at[0]).toBeCloseTo(-0.1, 9); // who looks along -x
    expect(at[2]).toBeCloseTo(0, 9);
  });
});
