import * as THREE from "three";
import { describe, expect, it } from "vitest";

import { Movement, QUICK_S, REST } from "../src/scene/movement";

/** What is drawn when frames come every `gap` seconds, and take `slow` after each picture. */
function drawn(movement: Movement, seconds: number, slow: number, each: (now: number) => void) {
  const camera = new THREE.PerspectiveCamera();
  const times: number[] = [];
  const gap = 1 / 60;
  let late = 0;
  for (let now = 1; now < 1 + seconds; now += Math.max(gap, late)) {
    each(now);
    late = 0;
    if (!movement.needsPicture(camera, now)) continue;
    movement.drawn(camera, now);
    times.push(now);
    late = slow;
  }
  return times;
}

const nothing = () => {};

describe("when the scene is drawn again", () => {
  it("is never, when nothing changed", () => {
    const movement = new Movement();
    expect(drawn(movement, 1, 0, nothing)).toHaveLength(1);
    expect(movement.over(5)).toBe(true);
  });

  it("is in every frame while pages come and pictures are quick", () => {
    const movement = new Movement();
    expect(drawn(movement, 1, QUICK_S / 2, () => movement.arrived()).length).toBeGreaterThan(55);
  });

  it("leaves most of the time to the pages where pictures are slow", () => {
    const movement = new Movement();
    const slow = 0.06;
    const times = drawn(movement, 3, slow, () => movement.arrived());
    const [share, most] = [times.length * slow, 3 / REST];
    expect(share).toBeLessThan(1.2 * most);
    expect(share).toBeGreaterThan(0.5 * most); // and they are still seen to come
  });

  it("is at once for what the visitor does, however slow pictures are", () => {
    const movement = new Movement();
    const slow = 0.06;
    const times = drawn(movement, 1.2, slow, () => movement.changed());
    expect(times.length).toBeGreaterThanOrEqual(Math.floor(1.2 / slow) - 1);
  });

  it("ends with a picture of the end", () => {
    const movement = new Movement();
    movement.drift(1.5);
    const times = drawn(movement, 2, 0.06, nothing);
    expect(times[times.length - 1]).toBeGreaterThanOrEqual(1.5);
    expect(movement.over(3)).toBe(true);
  });

  it("is when the camera moved", () => {
    const movement = new Movement();
    const camera = new THREE.PerspectiveCamera();
    movement.drawn(camera, 1);
    movement.drawn(camera, 1.1);
    expect(movement.needsPicture(camera, 1.2)).toBe(false);
    camera.position.x += 0.01;
    expect(movement.needsPicture(camera, 1.3)).toBe(true);
  });
});
