import { describe, expect, it } from "vitest";

import {
  aisleAt, asideOf, depthOf, depthOfStation, nextLayout, spaced, whole,
} from "../src/app/layouts";
import { atStart, beforeWall } from "../src/app/places";
import { screenOf } from "../src/app/screen";
import { EYE_M, FLOOR_FOV, OVERVIEW_FOV } from "../src/app/visitor";
import type { Layout, Room, Waypoint } from "../src/generated/protocol";
import { between } from "../src/scene/glide";
import { Placement, pointOf, upright } from "../src/scene/placement";
import { roomOf, station, wall } from "./rooms";

const corridor = roomOf([station("a", -4), station("b", -8)], []);
/** A quarter of a circle to the left, around (-20, 0). */
const RADIUS = 20;
const turned = (z: number): Waypoint => {
  const turn = -z / RADIUS;
  return {
    z_m: z, yaw_rad: turn,
    position_m: [RADIUS * (Math.cos(turn) - 1), 0, -RADIUS * Math.sin(turn)],
  };
};
const way = Array.from({ length: 31 }, (_, index) => turned(-index));
const spiral: Room = { ...corridor, layout: "spiral", way };
const rows = [0, -3, -6, -9].map((z, index): Waypoint => {
  return { z_m: z, yaw_rad: 0, position_m: [4 * (index % 2), 5 * Math.floor(index / 2), 2] };
});
const tower: Room = { ...corridor, layout: "tower", way: rows };

describe("layouts", () => {
  it("come one after the other, and keep spacing and gaps", () => {
    const seen: Layout["kind"][] = [];
    let layout: Layout = { kind: "linear", spacing: 1.4, tile_gap: 0.25 };
    for (let i = 0; i < 3; i++) seen.push((layout = nextLayout(layout)).kind);
    expect(seen).toEqual(["spiral", "tower", "linear"]);
    expect([layout.spacing, layout.tile_gap]).toEqual([1.4, 0.25]);
  });

  it("have the next spacing, from whatever stands there, up to the ends", () => {
    const from = (spacing: number, by: 1 | -1) => spaced({ kind: "tower", spacing, tile_gap: 0.1 }, by).spacing;
    expect([from(1, 1), from(1.1, 1), from(1, -1), from(3, 1), from(0.5, -1)]).toEqual([
      1.4, 1.4, 0.7, 3, 0.5,
    ]);
  });
});

describe("the start of a tower", () => {
  const board = { ...tower.board, position_m: [12, 14, 0] as [number, number, number] };
  const gate = { z_m: 0, title: "4 × 4", subtitle: "", half_width_m: 2, height_m: 17.2 };
  const gates = [{ ...gate, x_m: 0, yaw_rad: 0 }];
  const start = { ...tower.start, position_m: [4, 0, 22] as [number, number, number] };
  const high: Room = { ...tower, board, gates, start };

  it.each([[800, 500], [960, 600], [1280, 720], [1920, 1080]])(
    "shows all of it between chips and map on a page of %i x %i", (width, height) => {
      const screen = screenOf(width, height);
      const { position, pitch } = atStart(high, screen);
      const half = Math.tan((FLOOR_FOV * Math.PI) / 360);
      const seenAt = (y: number): number => {
        const angle = Math.atan2(y - position[1], position[2]) - pitch;
        return (height / 2) * (1 - Math.tan(angle) / half);
      };
      expect(seenAt(17.5)).toBeGreaterThan(screen.free.top);
      expect(seenAt(0)).toBeLessThan(screen.free.bottom);
      expect(position[2]).toBeGreaterThanOrEqual(22);
      expect(position[2]).toBeLessThan(40);
    });
});

describe("the aisle", () => {
  it("of a corridor is on the z axis", () => {
    expect(aisleAt(corridor, -7)).toMatchObject({ position: [0, EYE_M, -7], yaw: 0 });
    expect(depthOf(corridor, [1, 9, -7])).toBe(-7);
    expect(depthOfStation(corridor, corridor.stations[1]!)).toBe(-8);
  });

  it("of a spiral goes along its way, and knows its depths beside it too", () => {
    for (const z of [0, -7.3, -12.5, -30]) {
      const { position, yaw } = aisleAt(spiral, z);
      expect(yaw).toBeCloseTo(-z / RADIUS, 6);
      const aside = pointOf(upright(position, yaw), 1.6, 0);
      expect(depthOf(spiral, aside)).toBeCloseTo(z, 1);
    }
    expect(aisleAt(spiral, 9).position).toEqual([0, EYE_M, -0]);
    expect(aisleAt(spiral, -99).yaw).toBeCloseTo(30 / RADIUS, 9);
  });

  it("of a tower is before one wall or the next, and knows the rows apart", () => {
    expect(aisleAt(tower, -4).position).toEqual([4, EYE_M, 2]);
    expect(aisleAt(tower, -5).position).toEqual([0, 5 + EYE_M, 2]);
    expect(depthOf(tower, [4, EYE_M + 0.4, 3])).toBe(-3);
    expect(depthOf(tower, [4, EYE_M + 4.8, 3])).toBe(-9);
  });

  it("has its walls as far aside in a bend as in the corridor", () => {
    const home = wall(-10, 0);
    const { position_m: at, yaw_rad } = turned(-10.59);
    const [x, , z] = home.position_m;
    const there = pointOf(upright(at, yaw_rad), x, home.position_m[1], z + 10.59);
    const bent = { ...home, position_m: there, yaw_rad: home.yaw_rad + yaw_rad };
    expect(asideOf(corridor, home)).toBe(2);
    expect(asideOf(spiral, bent)).toBeCloseTo(2, 1);
    expect(asideOf(tower, home)).toBe(Infinity);
  });

  it("lets who looks at a wall stand as far away in a bend as in the corridor", () => {
    const wide = { ...wall(-10, 0), width_m: 5 };
    const inner = -10 - (Math.sin(0.9) * 5) / 2;
    const { position_m: at, yaw_rad } = turned(inner);
    const there = pointOf(upright(at, yaw_rad), -2, 0.06, -10 - inner);
    const bent = { ...wide, position_m: there, yaw_rad: 0.9 + yaw_rad };
    const [one, two] = [station("a", inner, { walls: [wide] }), station("a", 0, { yaw_rad, walls: [bent] })];
    const screen = screenOf(1600, 900);
    const far = (room: Room, own: typeof one) => {
      const [foot] = own.walls;
      const { position } = beforeWall(own, foot!, room, {}, screen);
      return Math.hypot(position[0] - foot!.position_m[0], position[2] - foot!.position_m[2]);
    };
    expect(far(spiral, two)).toBeCloseTo(far(corridor, one), 1);
  });
});

describe("the whole of a room", () => {
  it.each([[1600, 900], [900, 1200]])("lies in the free part of a page of %i x %i", (w, h) => {
    const screen = screenOf(w, h);
    for (const room of [spiral, tower]) {
      const { position, pitch, yaw } = whole(room, screen);
      expect(yaw).toBe(0);
      const half = Math.tan((OVERVIEW_FOV * Math.PI) / 360);
      for (const { position_m: [x, y, z] } of room.stations.flatMap(({ walls }) => walls)) {
        const [dx, dy, dz] = [x - position[0], y - position[1], z - position[2]];
        const far = dy * Math.sin(pitch) - dz * Math.cos(pitch);
        const up = dy * Math.cos(pitch) + dz * Math.sin(pitch);
        const [px, py] = [w / 2 + ((dx / far / half) * h) / 2, h / 2 - ((up / far / half) * h) / 2];
        expect(far).toBeGreaterThan(0);
        expect(px).toBeGreaterThan(screen.free.left);
        expect(px).toBeLessThan(screen.free.right);
        expect(py).toBeGreaterThan(screen.free.top);
        expect(py).toBeLessThan(screen.free.bottom);
      }
    }
  });
});

describe("walls", () => {
  it("moved by hand are where they were put, however a layout turns their station", () => {
    const moved = { position_m: [3, 0, 1] as [number, number, number], scale: 1.5,
      rotation: [0, Math.sin(0.35), 0, Math.cos(0.35)] as [number, number, number, number] };
    const frames = [0, 1.2, -2.5].map((yaw_rad) => {
      const home = upright([5, 0, -9], yaw_rad);
      const one = station("a", 0, { origin_m: home.origin, yaw_rad });
      const placement = new Placement();
      placement.setStations([one]);
      placement.setTransforms({ a: moved });
      return placement.moved(upright(pointOf(home, -2, 0.06, 0.6), 0.9 + yaw_rad), "a");
    });
    for (const frame of frames.slice(1)) {
      for (const part of ["origin", "x", "y", "z"] as const) {
        frame[part].forEach((value, axis) => expect(value).toBeCloseTo(frames[0]![part][axis]!, 9));
      }
    }
  });

  it("on their way keep their size", () => {
    const [a, b] = [upright([0, 0, 0], 0.9), upright([8, 4, -2], -1.4)];
    const way = between(a, b, 0.5);
    expect(way.origin).toEqual([4, 2, -1]);
    for (const axis of [way.x, way.y, way.z]) expect(Math.hypot(...axis)).toBeCloseTo(1, 9);
    const end = between(a, b, 1).x;
    end.forEach((value, axis) => expect(value).toBeCloseTo(b.x[axis] ?? NaN, 12));
  });
});
