import { PerspectiveCamera, Sphere, Vector3 } from "three";
import { describe, expect, it } from "vitest";

import { button, buttons, field, PanelView, plain, title } from "../src/headset/panelview";
import { facing } from "../src/headset/panels";
import { Eyes } from "../src/scene/eyes";
import { along, pick, type Ray } from "../src/scene/picking";
import { pointOf, upright, type Vec3 } from "../src/scene/placement";
import type { Wall } from "../src/scene/walls";

/** The same numbers in every run (mulberry32). */
function numbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("two eyes", () => {
  const eye = (x: number, yaw: number): PerspectiveCamera => {
    const camera = new PerspectiveCamera(90, 1, 0.1, 100);
    camera.position.set(x, 1.6, 0);
    camera.rotation.set(0, yaw, 0);
    camera.updateMatrixWorld();
    return camera;
  };
  const at = (degrees: number): Sphere => {
    const angle = (degrees * Math.PI) / 180;
    return new Sphere(new Vector3(-10 * Math.sin(angle), 1.6, -10 * Math.cos(angle)), 0.1);
  };
  const [left, right] = [eye(-0.03, 0.2), eye(0.03, -0.2)];

  it("see what either sees", () => {
    const [both, alone] = [new Eyes(), new Eyes()];
    both.look([left, right]);
    alone.look([left]);
    const seen = [-58, -52, 0, 52, 58].map((degrees) => both.see(at(degrees)));
    expect(seen).toEqual([false, true, true, true, false]);
    expect([-52, 0, 52].map((degrees) => alone.see(at(degrees)))).toEqual([false, true, true]);
    expect(both.middle.toArray()).toEqual([0, 1.6, 0]);
  });

  it("are one again when the headset is off", () => {
    const eyes = new Eyes();
    eyes.look([left, right]);
    eyes.look([right]);
    expect(eyes.see(at(52))).toBe(false);
    expect(eyes.see(at(-52))).toBe(true);
  });
});

describe("walls along a ray", () => {
  const next = numbers(7);
  const between = (low: number, high: number): number => low + (high - low) * next();
  const walls = Array.from({ length: 200 }, (): Wall => {
    const home = upright([between(-20, 20), between(0, 2), between(-20, 20)], between(-4, 4));
    const scale = between(0.2, 3);
    const by = (v: Vec3): Vec3 => [v[0] * scale, v[1] * scale, v[2] * scale];
    const frame = { origin: home.origin, x: by(home.x), y: by(home.y), z: by(home.z) };
    return {
      station: "s", index: 0, kind: "layer", layer: "l", panels: [], width: between(1, 5),
      height: 3.25, home, frame, field: { left: 0, bottom: 0, width: 1, height: 1 }, firstPanel: 0,
    };
  });

  it("are all that it may meet, and few", () => {
    let [most, met] = [0, 0];
    for (let i = 0; i < 500; i++) {
      const ray: Ray = {
        origin: [between(-20, 20), between(0, 4), between(-20, 20)],
        direction: [between(-1, 1), between(-0.3, 0.3), between(-1, 1)],
      };
      const near = along(ray, walls);
      const things = { shelf: [], board: null };
      const hit = pick(ray, { walls, ...things });
      expect(pick(ray, { walls: near, ...things })).toEqual(hit);
      met += Number(hit?.kind === "wall");
      most = Math.max(most, near.length);
    }
    expect(met).toBeGreaterThan(50);
    expect(most).toBeLessThan(walls.length / 2);
  });
});

describe("a panel", () => {
  const eyes: Vec3 = [0, 1.6, 0];
  const clicked: string[] = [];
  const made = (): PanelView => {
    const view = new PanelView((spans, cap) => spans.reduce((sum, { text }) => sum + text.length * cap, 0));
    const press = (text: string) => button(text, () => void clicked.push(text));
    view.set([title("Here"), plain("words"), buttons(press("A"), press("B")), field("Turn", "no", () => void clicked.push("turn"))], 0.4);
    view.place(facing([-0.4, 1.3, -1.1], eyes, 1.3));
    return view;
  };
  const through = (at: Vec3): Ray => ({
    origin: eyes,
    direction: [at[0] - eyes[0], at[1] - eyes[1], at[2] - eyes[2]],
  });

  it("is clicked where its cells are, with a ray from anywhere", () => {
    const view = made();
    for (const text of ["A", "B", "Turn   no"]) {
      const hit = view.meet(through(view.where(text)!));
      expect(hit!.cell).toBeGreaterThanOrEqual(0);
      expect(hit!.share).toBeCloseTo(0.5, 6);
      view.click(hit!);
    }
    expect(clicked.splice(0)).toEqual(["A", "B", "turn"]);
    expect(view.meet(through(view.where("words")!))!.cell).toBe(-1);
    expect(view.meet({ origin: eyes, direction: [0, 0, 1] })).toBeNull();
    expect(view.meet({ origin: [0, 1.6, -3], direction: [-0.1, 0, 1] })).toBeNull(); // from behind
  });

  it("is touched by a finger that is before it or has just gone through", () => {
    const view = made();
    const frame = facing(view.where("B")!, eyes, 1);
    expect(view.touched(pointOf(frame, 0, 0, 0.03))!.before).toBeCloseTo(0.03, 3);
    expect(view.touched(pointOf(frame, 0, 0, -0.02))!.before).toBeCloseTo(-0.02, 3);
    expect(view.touched(pointOf(frame, 0, 0, 0.3))).toBeNull();
    expect(view.touched(pointOf(frame, 0, 0, -0.3))).toBeNull();
    expect(view.touched(pointOf(frame, 1, 0, 0.03))).toBeNull();
  });

  it("is away behind the eyes, and not before them", () => {
    const view = made();
    expect(view.isAway(eyes, [0, 0, -1])).toBe(false);
    expect(view.isAway(eyes, [0, 0, 1])).toBe(true);
    expect(view.isAway([0, 1.6, 6], [0, 0, -1])).toBe(true);
    view.place(null);
    expect(view.isAway(eyes, [0, 0, -1])).toBe(true);
    expect(view.visible).toBe(false);
  });
});
