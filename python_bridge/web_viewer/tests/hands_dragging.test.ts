import { PerspectiveCamera } from "three";
import { describe, expect, it } from "vitest";

import type { Transform } from "../src/generated/protocol";
import { Dragging, type Point, type Screen } from "../src/hands/dragging";
import { UNTURNED } from "../src/hands/grabs";
import { rayThrough, onScreen } from "../src/scene/views";

const [WIDTH, HEIGHT] = [1280, 720];
const station: Transform = { position_m: [0.5, 0, -6], rotation: [...UNTURNED], scale: 1 };
const held = { station, foot: station.position_m };

function screenFrom(height: number, pitch: number): Screen {
  const camera = new PerspectiveCamera(58, WIDTH / HEIGHT, 0.08, 1500);
  camera.position.set(0, height, 0);
  camera.rotation.set(pitch, 0, 0, "YXZ");
  camera.updateMatrixWorld();
  return {
    ray: ([x, y]) => rayThrough(camera, (2 * x) / WIDTH - 1, 1 - (2 * y) / HEIGHT),
    project: (point) => {
      const at = onScreen(camera, [point], WIDTH, HEIGHT);
      return at && [at.x, at.y];
    },
    metresAPixel: (point) => {
      const away = Math.hypot(point[0], point[1] - height, point[2]);
      return (2 * away * Math.tan((58 * Math.PI) / 360)) / HEIGHT;
    },
  };
}

describe("a wall dragged on the screen", () => {
  const screen = screenFrom(1.6, 0);

  it("keeps its foot as far from the pointer as it was", () => {
    for (const [dx, dy] of [[120, 0], [-200, 60], [0, 80], [33, -10]] as const) {
      const from: Point = [700, 300];
      const at = new Dragging(screen, "body", [from], held).at([[700 + dx, 300 + dy]]);
      const [before, now] = [screen.project(station.position_m)!, screen.project(at.position_m)!];
      expect(now[0] - before[0]).toBeCloseTo(dx, 6);
      expect(now[1] - before[1]).toBeCloseTo(dy, 6);
      expect(at.position_m[1]).toBe(0);
    }
  });

  it("stays within sight when the pointer goes above the horizon", () => {
    const at = new Dragging(screen, "body", [[700, 300]], held).at([[700, -4000]]);
    expect(Math.hypot(...at.position_m)).toBeLessThan(70);
    expect(at.position_m.every(Number.isFinite)).toBe(true);
  });

  it("goes up and down with Shift, by what the pointer covers", () => {
    const at = new Dragging(screen, "body", [[700, 300]], held, true).at([[800, 200]]);
    expect(at.position_m[0]).toBe(station.position_m[0]);
    const now = screen.project(at.position_m)!;
    expect(screen.project(station.position_m)![1] - now[1]).toBeCloseTo(100, -1);
  });

  it("grows as its corner goes away from its foot, and turns at its sides", () => {
    const [x, y] = screen.project(station.position_m)!;
    const grown = new Dragging(screen, "corner", [[x + 100, y - 100]], held);
    expect(grown.at([[x + 200, y - 200]]).scale).toBeCloseTo(2, 9);
    const turned = new Dragging(screen, "side", [[x, y]], held).at([[x + 500, y]]);
    expect(Math.abs(turned.rotation[1])).toBeCloseTo(1, 9);
  });

  it("turns and grows about the foot of the wall, not of its station", () => {
    const foot: [number, number, number] = [2, 0, -6];
    const [x, y] = screen.project(foot)!;
    const turned = new Dragging(screen, "side", [[x, y]], { station, foot }).at([[x + 500, y]]);
    expect(turned.position_m[0]).toBeCloseTo(3.5, 9);
    const corner = new Dragging(screen, "corner", [[x + 100, y]], { station, foot });
    expect(corner.at([[x + 200, y]]).position_m[0]).toBeCloseTo(-1, 9);
  });

  it("follows two fingers: pinch, twist and way", () => {
    const above = screenFrom(12, -1.2);
    const drag = new Dragging(above, "body", [[600, 300], [700, 300]], held);
    const at = drag.at([[600, 250], [600, 350]]);
    expect(at.scale).toBeCloseTo(1, 9);
    // Clockwise on the screen, and so seen from above: -90 degrees about +y.
    expect(2 * Math.atan2(at.rotation[1], at.rotation[3])).toBeCloseTo(-Math.PI / 2, 9);
    const now = above.project(at.position_m)!;
    expect(now[0] - above.project(station.position_m)![0]).toBeCloseTo(-50, 6);
  });
});
