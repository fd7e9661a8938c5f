import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Rooms } from "../src/app/rooms";
import { Store } from "../src/app/store";
import type { Room } from "../src/generated/protocol";

const room = (revision: number): Room => ({ network: "main", revision }) as unknown as Room;

/** Rooms that take so many milliseconds to build, and the revisions that were built. */
function slow(tookMs: number): { store: Store; rooms: Rooms; built: number[] } {
  const [store, built]: [Store, number[]] = [new Store(), []];
  const rooms = new Rooms(store, ({ revision }) => {
    built.push(revision);
    vi.advanceTimersByTime(tookMs);
  });
  return { store, rooms, built };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("builds a room at once where none came shortly before", () => {
  const { store, rooms, built } = slow(50);
  rooms.come(room(1));
  expect(built).toEqual([1]);
  vi.advanceTimersByTime(1000);
  rooms.come(room(2));
  expect(built).toEqual([1, 2]);
  expect(store.coming).toBeNull();
});

it("builds few of many rooms, and the newest of them", () => {
  const { store, rooms, built } = slow(50);
  for (let revision = 1; revision <= 100; revision++) {
    rooms.come(room(revision));
    vi.advanceTimersByTime(20);
  }
  vi.runAllTimers();
  expect(built[built.length - 1]).toBe(100);
  expect(built.length).toBeLessThan(12);
  expect(built.length).toBeGreaterThan(6); // and they are seen to come
  expect(store.coming).toBeNull();
});

it("does not build what was forgotten", () => {
  const { store, rooms, built } = slow(50);
  rooms.come(room(1));
  rooms.come(room(2));
  rooms.forget();
  vi.runAllTimers();
  expect(built).toEqual([1]);
  expect(store.coming).toBeNull();
});
