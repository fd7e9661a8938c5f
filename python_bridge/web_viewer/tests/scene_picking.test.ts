import { PerspectiveCamera } from "three";
import { describe, expect, it } from "vitest";

import type { Transform } from "../src/generated/protocol";
import { freePart } from "../src/scene/page";
import { pick, tileAt, tileRect } from "../src/scene/picking";
import { Placement, pointOf, upright } from "../src/scene/placement";
import { resolveIncludes } from "../src/scene/shaders";
import { rayThrough, tileOnScreen } from "../src/scene/views";
import type { ShownPanel, Wall } from "../src/scene/walls";

const PANEL: ShownPanel = {
  first: 16, count: 11, rows: 3, columns: 4, centre_m: [0.1, 1.52], pitch_m: [0.4, 0.3],
  free: freePart(0.085),
};

function wall(frame = upright([-2.2, 0.06, -8.6], 0.9076)): Wall {
  return {
    station: "conv", index: 0, kind: "layer", layer: "relu", panels: [PANEL], width: 2.1,
    height: 3.25, home: frame, frame, field: { left: -0.7, bottom: 1.07, width: 1.6, height: 0.9 },
    firstPanel: 0,
  };
}

/** A camera that stands before the wall and looks at it. */
/** Feet 2.75 m along a wall's normal from its middle, and the yaw to face it. */
function standBefore({ frame: { origin, z } }: Wall) {
  const far = 2.75 / Math.hypot(...z);
  const position = origin.map((value, axis) => value + far * z[axis]!) as [number, number, number];
  return { position, yaw: Math.atan2(z[0], z[2]) };
}

function cameraBefore(one: Wall): PerspectiveCamera {
  const camera = new PerspectiveCamera(58, 16 / 9, 0.08, 1500);
  const { position, yaw } = standBefore(one);
  camera.position.set(position[0], 1.6, position[2]);
  camera.rotation.set(0, yaw, 0, "YXZ");
  camera.updateMatrixWorld();
  return camera;
}

describe("tiles of a panel", () => {
  it("are found in their own middles, and nothing is in the gaps or behind the last", () => {
    for (let tile = 16; tile < 27; tile++) {
      const [left, bottom, right, top] = tileRect(PANEL, tile);
      const found = tileAt(PANEL, (left + right) / 2, (bottom + top) / 2);
      expect(found?.tile).toBe(tile);
      expect(found?.u).toBeCloseTo(0.5);
      expect(tileAt(PANEL, right + 0.005, (bottom + top) / 2)).toBeNull();
    }
    const [left, bottom, right, top] = tileRect(PANEL, 27);
    expect(tileAt(PANEL, (left + right) / 2, (bottom + top) / 2)).toBeNull();
  });

  it("touch where the room has no gaps, and keep their middles in any", () => {
    const [touching, narrow] = [0, 0.6].map((gap) => ({ ...PANEL, free: freePart(gap) }));
    const [left, bottom, right, top] = tileRect(touching!, 17);
    expect(tileRect(touching!, 16)[2]).toBeCloseTo(left, 9);
    expect([right - left, top - bottom].map((edge) => edge.toFixed(6))).toEqual(["0.400000", "0.300000"]);
    const small = tileRect(narrow!, 17);
    expect(small[2] - small[0]).toBeCloseTo(0.4 / 1.6, 9);
    expect(small[0] + small[2]).toBeCloseTo(left + right, 9);
    expect(tileAt(touching!, left + 0.01, top - 0.01)?.tile).toBe(17);
    expect(tileAt(narrow!, left + 0.01, top - 0.01)).toBeNull();
  });

  it("run row by row from the top left", () => {
    expect(tileRect(PANEL, 17)[0]).toBeGreaterThan(tileRect(PANEL, 16)[2]);
    expect(tileRect(PANEL, 20)[3]).toBeLessThan(tileRect(PANEL, 16)[1]);
  });
});

describe("a ray through the pointer", () => {
  it("meets the tile that is drawn there", () => {
    const one = wall();
    const camera = cameraBefore(one);
    for (let tile = 16; tile < 27; tile++) {
      const at = tileOnScreen(camera, one, tile, 1600, 900)!;
      const [x, y] = [(at.x + at.w / 2) / 800 - 1, 1 - (at.y + at.h / 2) / 450];
      const hit = pick(rayThrough(camera, x, y), { walls: [one], shelf: [], board: null });
      expect(hit).toMatchObject({ kind: "tile", station: "conv", layer: "relu", wall: 0, tile });
    }
  });

  it("does not see through the back of another wall", () => {
    const one = wall();
    const camera = cameraBefore(one);
    const between = wall({ ...upright(pointOf(one.frame, 0, 0, 1.2), 0.9076 + Math.PI) });
    const hit = pick(rayThrough(camera, 0, 0), { walls: [one, between], shelf: [], board: null });
    expect(hit).toBeNull();
  });

  it("meets the floor below the horizon, and nothing above", () => {
    const camera = cameraBefore(wall());
    const nothing = { walls: [], shelf: [], board: null };
    expect(pick(rayThrough(camera, 0, -0.5), nothing)).toMatchObject({ kind: "floor" });
    expect(pick(rayThrough(camera, 0, 0.5), nothing)).toBeNull();
  });
});

describe("a moved station", () => {
  const origin: [number, number, number] = [0, 0, -8];
  const placement = new Placement();
  placement.setStations([{ key: "conv", origin_m: origin, yaw_rad: 0 } as never]);

  it("goes where p -> position + rotation (scale (p - origin)) says, and is met there", () => {
    const half = Math.sin(0.3);
    const transform: Transform = {
      position_m: [1, 0.5, -4], rotation: [0, half, 0, Math.cos(0.3)], scale: 1.4,
    };
    placement.setTransforms({ conv: transform });
    const home = wall();
    const frame = placement.moved(home.home, "conv");
    const p = pointOf(home.home, 0.5, 1.2);
    const [x, y, z] = [p[0] - origin[0], p[1] - origin[1], p[2] - origin[2]].map((v) => v * 1.4) as
      [number, number, number];
    const [s, c] = [Math.sin(0.6), Math.cos(0.6)];
    const expected = [1 + c * x + s * z, 0.5 + y, -4 - s * x + c * z];
    pointOf(frame, 0.5, 1.2).forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 9));
    const moved = { ...home, frame };
    const camera = cameraBefore(moved);
    const at = tileOnScreen(camera, moved, 20, 1600, 900)!;
    const ray = rayThrough(camera, (at.x + at.w / 2) / 800 - 1, 1 - (at.y + at.h / 2) / 450);
    expect(pick(ray, { walls: [moved], shelf: [], board: null })).toMatchObject({ tile: 20 });
  });

  it("is told apart from one that only the hands that hold it move", () => {
    const at = (x: number): Transform => ({ position_m: [x, 0, 0], rotation: [0, 0, 0, 1], scale: 1 });
    const document: Record<string, Transform> = { conv: at(1) };
    placement.setTransforms(document);
    expect(placement.hold("conv", at(2))).toBe(true);
    expect(placement.hold("conv", at(3))).toBe(false);
    document["conv"] = at(3); // as the store does
    expect(placement.setTransforms(document)).toEqual([]);
    expect(placement.hold("conv", null)).toBe(true);
    document["conv"] = at(4);
    expect(placement.setTransforms(document)).toEqual(["conv"]);
    expect(placement.setTransforms(document)).toEqual([]);
  });

  it("stays at home without a transform", () => {
    placement.setTransforms({});
    const home = upright([1, 0, 2], 0.4);
    expect(placement.moved(home, "conv")).toBe(home);
    expect(placement.moved(home, "")).toBe(home);
  });
});

describe("shader includes", () => {
  it("come once each, and an unknown one is refused by name", () => {
    const text = resolveIncludes('#include "prelude.glsl"\n#include "prelude.glsl"\nvoid main() {}');
    expect(text.match(/#define float2 vec2/g)).toHaveLength(1);
    expect(() => resolveIncludes('#include "library/nothing.hlsl"')).toThrow(/library\/nothing\.hlsl/);
  });
});
