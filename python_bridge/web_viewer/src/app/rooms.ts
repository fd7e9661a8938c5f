/**
 * Rooms in turn: the newest that came is built, and time is left for drawing before the next.
 *
 * Who opens a hundred blocks at once, by hand or by a program, makes the bridge send a hundred rooms.
 */
import type { Room } from "../generated/protocol";
import type { Store } from "./store";

/** After a room was built, the next one waits so many times as long as that took. */
const REST = 4;

export class Rooms {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;

  constructor(
    private readonly store: Store,
    private readonly build: (room: Room) => void,
  ) {}

  /** Builds it at once, or in a while if no newer one comes until then. */
  come(room: Room): void {
    this.store.coming = room;
    const wait = this.#notBefore - performance.now();
    if (wait <= 0) this.#build();
    else this.#timer ??= setTimeout(() => this.#build(), wait);
  }

  /** What came is of another network, or of a session that is over. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.store.coming = null;
  }

  #build(): void {
    const room = this.store.coming;
    this.forget();
    if (!room) return;
    const began = performance.now();
    this.build(room);
    this.#notBefore = performance.now() + REST * (performance.now() - began);
  }
}
