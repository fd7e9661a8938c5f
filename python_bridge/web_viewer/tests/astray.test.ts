import { describe, expect, it } from "vitest";

import { Astray, seesNothing } from "../src/app/astray";
import { EYE_M, FLOOR_FOV } from "../src/app/visitor";
import { roomOf, station } from "./rooms";

const stations = Array.from({ length: 20 }, (_, i) => station(`${i}`, -3 - 3 * i));
const at = { yaw_rad: 0, width_m: 2, height_m: 2 };
const room = {
  ...roomOf(stations, []),
  photograph: { ...at, position_m: [-2, 1.6, -1] as [number, number, number] },
  shelf: { ...at, position_m: [2, 1.6, -1] as [number, number, number] },
  board: { ...at, position_m: [0, 2, -68] as [number, number, number] },
};

function nothing(position: [number, number, number], yaw: number, pitch = 0): boolean {
  return seesNothing(room, {}, { position, yaw, pitch, fov: FLOOR_FOV }, 1.6);
}

describe("who is astray", () => {
  it("sees nothing behind the walls, past the ends, and far away", () => {
    expect(nothing([-9, EYE_M, -20], Math.PI / 2)).toBe(true); // outwards, to the left
    expect(nothing([0, EYE_M, -80], 0)).toBe(true);
    expect(nothing([0, EYE_M, 8], Math.PI)).toBe(true);
    expect(nothing([400, EYE_M, -20], Math.PI / 2)).toBe(true); // towards the room, in fog
    expect(nothing([0, 60, -20], 0, 0.5)).toBe(true); // above all, upwards
  });

  it("is not who walks the aisle, whatever they look at, nor who sees the room from outside", () => {
    for (const pitch of [-1.2, 0, 1.2]) expect(nothing([0, EYE_M, -20], 0, pitch)).toBe(false);
    expect(nothing([-30, EYE_M, -20], -Math.PI / 2)).toBe(false);
    expect(nothing([0, 60, -20], 0, -0.9)).toBe(false);
    expect(nothing([0, EYE_M, -80], Math.PI)).toBe(false);
  });

  it("is told after a second, and not if they saw something in between", () => {
    const astray = new Astray();
    const told = [0, 300, 600, 900].map((now) => astray.update(now, () => true));
    expect(told).toEqual([false, false, false, false]);
    expect(astray.update(1200, () => false)).toBe(false);
    expect(astray.update(1500, () => true)).toBe(false);
    expect(astray.update(2400, () => true)).toBe(false);
    expect(astray.update(2600, () => true)).toBe(true);
    expect(astray.update(2900, () => false)).toBe(false);
  });
});
