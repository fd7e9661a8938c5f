import { PerspectiveCamera } from "three";
import { describe, expect, it } from "vitest";

import { beforeWall } from "../src/app/places";
import { screenOf } from "../src/app/screen";
import { FLOOR_FOV } from "../src/app/visitor";
import type { Station, Wall as Stood } from "../src/generated/protocol";
import {
  captionScale, cornersOf, liftBefore, liftedPlace, meetLifted, type Raised, windowOn,
} from "../src/scene/lifting";
import { freePart } from "../src/scene/page";
import { pick, tileRect } from "../src/scene/picking";
import { pointOf, upright } from "../src/scene/placement";
import { roomOf } from "./rooms";
import type { Sight } from "../src/scene/types";
import { onScreen, rayThrough } from "../src/scene/views";
import type { ShownPanel, Wall } from "../src/scene/walls";

/** A wall of 2 x 2 maps of 222 pixels, and the station it stands in. */
const PANEL: ShownPanel = {
  first: 0, count: 4, rows: 2, columns: 2, centre_m: [0, 1.58], pitch_m: [0.472, 0.472],
  free: freePart(0.085),
};
const stood: Stood = {
  layer: "conv", side: 1, position_m: [2.4, 0.06, -6], yaw_rad: -0.9076, width_m: 1.5,
  height_m: 3.25, branch: 0, panels: [PANEL],
};
const station = { key: "conv", origin_m: [0, 0, -6], yaw_rad: 0, walls: [stood] } as unknown as Station;
const frame = upright(stood.position_m, stood.yaw_rad);
const wall: Wall = {
  station: "conv", index: 0, kind: "layer", layer: "relu", panels: [PANEL], width: 1.5,
  height: 3.25, home: frame, frame, field: { left: 0, bottom: 0, width: 0, height: 0 },
  firstPanel: 0,
};
const CAPTION = { width: 0.7, height: 0.2 };

function sightOf(width: number, height: number): Sight {
  const screen = screenOf(width, height);
  return { fov: FLOOR_FOV, ...beforeWall(station, stood, roomOf([station], []), {}, screen), screen };
}

function cameraAt({ position, yaw, pitch, fov, screen }: Sight): PerspectiveCamera {
  const camera = new PerspectiveCamera(fov, screen.width / screen.height, 0.08, 1500);
  camera.position.set(...(position as [number, number, number]));
  camera.rotation.set(pitch, yaw, 0, "YXZ");
  return camera;
}

function raisedFor(sight: Sight, tile: number): Raised {
  const lift = liftBefore(wall, sight);
  const [left, bottom, right, top] = tileRect(PANEL, tile);
  const window = windowOn(wall, lift, sight);
  const scale = captionScale(window);
  const caption = { width: CAPTION.width * scale, height: CAPTION.height * scale };
  const { x, y, edge } = liftedPlace({ left, bottom, right, top }, wall, caption, window);
  return { wall, tile, edge, caption, frame: { ...frame, origin: pointOf(frame, x, y, lift) } };
}

describe("a lifted tile", () => {
  it.each([[1280, 720], [900, 600], [1600, 900]])("fits what panels leave free of %i x %i", (w, h) => {
    const sight = sightOf(w, h);
    const { free } = sight.screen;
    for (let tile = 0; tile < 4; tile++) {
      const at = onScreen(cameraAt(sight), cornersOf(raisedFor(sight, tile)), w, h)!;
      expect(at.x).toBeGreaterThan(free.left - 0.5);
      expect(at.y).toBeGreaterThan(free.top - 0.5);
      expect(at.x + at.w).toBeLessThan(free.right + 0.5);
      expect(at.y + at.h).toBeLessThan(free.bottom + 0.5);
      expect(at.h).toBeGreaterThan(0.7 * (free.bottom - free.top));
    }
  });

  it("stands between the wall and an eye that is near, whole in sight", () => {
    const [x, , z] = pointOf(frame, 0, 0, 0.5);
    const sight: Sight = { ...sightOf(1280, 720), position: [x, 1.6, z] };
    const lift = liftBefore(wall, sight);
    expect(lift).toBeCloseTo(0.25);
    expect(liftBefore(wall, sightOf(1280, 720))).toBe(0.34);
    const at = onScreen(cameraAt(sight), cornersOf(raisedFor(sight, 1)), 1280, 720)!;
    expect(at.y).toBeGreaterThan(sight.screen.free.top - 0.5);
  });

  it("is 3.2 times as large for who looks elsewhere", () => {
    const sight = sightOf(1280, 720);
    expect(windowOn(wall, 0.34, { ...sight, yaw: sight.yaw + Math.PI })).toBeNull();
    const small = { left: 0, bottom: 1.5, right: 0.1, top: 1.6 };
    expect(liftedPlace(small, wall, CAPTION, null).edge[0]).toBeCloseTo(0.1 * 1.085 * 3.2);
  });

  it("keeps to its wall as far as it can", () => {
    const corner = { left: 0.6, bottom: 0.3, right: 0.7, top: 0.4 };
    const { x, y, edge } = liftedPlace(corner, wall, CAPTION, null);
    expect(x + CAPTION.width / 2).toBeLessThanOrEqual(wall.width / 2 + 1e-9);
    expect(y - edge[1] / 2 - CAPTION.height).toBeGreaterThan(0.1);
    const wide = liftedPlace(corner, { ...wall, width: 0.5 }, CAPTION, null);
    expect(wide.x).toBeCloseTo(0);
  });

  it("is met where it is drawn, and hides what is behind it", () => {
    const sight = sightOf(1280, 720);
    const camera = cameraAt(sight);
    const raised = raisedFor(sight, 2);
    const hitAt = (u: number, v: number) => {
      const [x, y] = [(u - 0.5) * raised.edge[0], (0.5 - v) * raised.edge[1]];
      const place = onScreen(camera, [pointOf(raised.frame, x, y)], 2, 2)!;
      const ray = rayThrough(camera, place.x - 1, 1 - place.y);
      return pick(ray, { walls: [wall], shelf: [], board: null, lifted: meetLifted(ray, raised) });
    };
    for (const [u, v] of [[0.02, 0.03], [0.5, 0.25], [0.97, 0.9]] as const) {
      const hit = hitAt(u, v)!;
      expect(hit).toMatchObject({ kind: "tile", layer: "relu", tile: 2, lifted: true });
      expect(hit.u).toBeCloseTo((u - 0.01) / 0.98, 3);
      expect(hit.v).toBeCloseTo((v - 0.01) / 0.98, 3);
    }
    const caption = hitAt(0.5, 1 + 0.1 / raised.edge[1])!;
    expect(caption).toMatchObject({ kind: "wall", lifted: true });
    expect(caption.u).toBeUndefined();
    expect(hitAt(0.5, 1.3)?.lifted).toBeUndefined();
  });

  it("is hidden by a wall that stands before it", () => {
    const sight = sightOf(1280, 720);
    const before = { ...wall, frame: { ...frame, origin: pointOf(frame, 0, 0, 1) } };
    const ray = rayThrough(cameraAt(sight), 0, 0);
    const things = { walls: [wall, before], shelf: [], board: null };
    const lifted = meetLifted(ray, raisedFor(sight, 0));
    expect(lifted).not.toBeNull();
    expect(pick(ray, { ...things, lifted })?.lifted).toBeUndefined();
  });
});
