import { afterEach, describe, expect, it, vi } from "vitest";

import { Store } from "../src/app/store";
import type { Connection } from "../src/connection/socket";
import type { NetworkPublished, Room, Transform } from "../src/generated/protocol";
import { Arranging } from "../src/hands/arranging";
import { Edits } from "../src/hands/edits";
import { UNTURNED } from "../src/hands/grabs";
import { Holding } from "../src/hands/holding";
import { Keeping } from "../src/hands/keeping";
import type { World } from "../src/scene/world";

type Asked = { type: string; path: string[]; value?: unknown; seconds?: number };
const STATION = ["stations", "main", "conv"];
const HIDDEN = ["hidden", "main", "conv"];
const HAND = { position: [0, 0, 0] as [number, number, number], rotation: UNTURNED };
const at = (x: number): Transform => ({ position_m: [x, 0, 0], rotation: [...UNTURNED], scale: 1 });

/** A visitor of a bridge that answers when it is told to, the reply before the event. */
class Visit {
  readonly store = new Store();
  readonly said: string[] = [];
  readonly asked: Asked[] = [];
  readonly drawn: (Transform | null)[] = [];
  readonly edits: Edits;
  readonly holding: Holding;
  readonly arranging: Arranging;
  readonly keeping: Keeping;
  refuses = "";
  readonly spoken: string[] = [];
  private revision = 0;
  private waiting: (() => void)[] = [];

  constructor() {
    const { store, said } = this;
    store.connection = "connected";
    store.network = { name: "main" } as NetworkPublished;
    const station = { key: "conv", title: "conv", origin_m: [0, 0, 0], yaw_rad: 0, walls: [] };
    store.room = { network: "main", stations: [station] } as unknown as Room;
    const connection = () => ({ ask: (message: Asked) => this.ask(message) }) as unknown as Connection;
    const say = (message: string): void => void said.push(message);
    const aloud = (message: string): void => void this.spoken.push(message);
    this.edits = new Edits(store, connection, say);
    const world = {
      hold: (_: string, transform: Transform | null) => this.drawn.push(transform),
      footOf: () => [0, 0, 0], setArranged: () => undefined, handles: [],
      project: () => [50, 50], metresAPixel: () => 0.01,
      ray: ([x]: [number, number]) => ({ origin: [x / 100, 1.6, 0], direction: [0, -1, -1] }),
    } as unknown as World;
    this.holding = new Holding(store, world, this.edits, connection, say);
    this.arranging = new Arranging(store, world, this.holding, this.edits, () => 0, say, aloud);
    this.keeping = new Keeping(store, this.edits, () => this.choose(null), say);
  }

  /** What somebody wrote arrives here. */
  hear(path: string[], value: unknown): void {
    this.store.revision = ++this.revision;
    this.store.set(path, value);
    this.store.changed("document");
  }

  choose(station: string | null): void {
    this.store.selection = station === null ? null : { station, wall: 0, tile: null, layer: station };
    this.store.changed("selection");
  }

  private ask({ type, path, value, seconds }: Asked): Promise<unknown> {
    this.asked.push({ type, path, value, seconds } as Asked);
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        if (this.refuses) {
          reject(new Error(this.refuses));
          return;
        }
        if (type === "change") this.waiting.unshift(() => this.hear(path, value));
        resolve({ message: { revision: this.revision + Number(type === "change") } });
      });
    });
  }

  /** The bridge answers until there is nothing left to say. */
  async quiet(): Promise<void> {
    for (;;) {
      await new Promise((then) => setTimeout(then)); // all that follows from what was heard
      const next = this.waiting.shift();
      if (!next) return;
      next();
    }
  }

  get place(): number | undefined {
    return (this.store.at(STATION) as Transform | undefined)?.position_m[0];
  }

  async write(x: number): Promise<void> {
    void this.edits.write(`moving to ${x}`, [{ path: STATION, value: at(x) }]);
    await this.quiet();
  }
}

afterEach(() => void vi.useRealTimers());

describe("undo", () => {
  it("goes two steps back if it is asked twice before the bridge answers", async () => {
    const visit = new Visit();
    await visit.write(1);
    await visit.write(2);
    await visit.write(3);
    void visit.edits.undo();
    void visit.edits.undo();
    await visit.quiet();
    expect(visit.place).toBe(1);
    expect(visit.said).toEqual(["Undone: moving to 3", "Undone: moving to 2"]);
    expect(visit.edits.busy).toBe(false);
  });

  it("undoes what is still on its way to the bridge", async () => {
    const visit = new Visit();
    await visit.write(1);
    void visit.edits.write("moving to 2", [{ path: STATION, value: at(2) }]);
    void visit.edits.undo();
    await visit.quiet();
    expect(visit.place).toBe(1);
  });

  it("can be tried again after the bridge refused it", async () => {
    const visit = new Visit();
    await visit.write(1);
    await visit.write(2);
    visit.refuses = "conv is pinned; unpin it to move it";
    void visit.edits.undo();
    await visit.quiet();
    expect(visit.said).toEqual([visit.refuses]);
    visit.refuses = "";
    void visit.edits.undo();
    await visit.quiet();
    expect(visit.place).toBe(1);
  });

  it("undoes steps of keys that are not done yet", async () => {
    const visit = new Visit();
    await visit.write(1);
    visit.choose("conv");
    visit.arranging.toggle();
    visit.arranging.nudge("right", true);
    visit.arranging.undo();
    await visit.quiet();
    expect(visit.place).toBe(1);
    expect(visit.said).toEqual(["Undone: moving conv"]);
  });

  it("brings walls that were put back to where they were, beside a pinned one", async () => {
    const visit = new Visit();
    const pinned = { other: at(7) };
    visit.hear(["stations", "main"], { ...pinned, conv: at(3) });
    visit.hear(["pinned", "main"], { other: true });
    void visit.arranging.resetAll();
    await visit.quiet();
    expect(visit.store.transforms()).toEqual(pinned);
    expect(visit.said).toEqual(["1 wall is back; Ctrl Z undoes it"]);
    visit.arranging.undo();
    await visit.quiet();
    expect(visit.place).toBe(3);
  });
});

describe("a held wall", () => {
  it("is taken again where it was let go of, before the bridge answers", async () => {
    const visit = new Visit();
    await visit.write(1);
    const { holding } = visit;
    for (const _ of [1, 2]) {
      holding.take(0, "conv", HAND);
      holding.adjust((station) => at(station.position_m[0] + 1));
      holding.letGo(0);
    }
    expect(visit.drawn.at(-1)?.position_m[0]).toBe(3);
    await visit.quiet();
    expect(visit.place).toBe(3);
    expect(visit.drawn.at(-1)).toBeNull();
    expect(visit.drawn.slice(0, -1)).not.toContain(null);
    for (const back of [2, 1]) {
      void visit.edits.undo();
      await visit.quiet();
      expect(visit.place).toBe(back);
    }
  });

  it("keeps its lease when an earlier hold of it comes to its end", async () => {
    const visit = new Visit();
    const { holding, asked } = visit;
    holding.take(0, "conv", HAND);
    holding.adjust(() => at(1));
    holding.letGo(0);
    holding.take(0, "conv", HAND);
    await visit.quiet();
    expect(asked.filter(({ type }) => type === "grab").map(({ seconds }) => seconds)).toEqual([5, 5]);
    holding.letGo(0);
    await visit.quiet();
    expect(asked.at(-1)).toMatchObject({ type: "grab", seconds: 0 });
  });

  it("is not taken out of a headset's left hand by the keys of the page", async () => {
    const visit = new Visit();
    const { holding, arranging } = visit;
    holding.take(0, "conv", HAND);
    visit.choose("conv");
    arranging.toggle();
    expect(visit.spoken.at(-1)).toMatch(/^Moving conv: arrow keys/);
    const before = holding.at;
    expect(arranging.nudge("right", false)).toBe(true);
    expect(holding.at).toEqual(before);
    arranging.end();
    arranging.cancel();
    expect([holding.isIn(0), holding.station]).toEqual([true, "conv"]);
    expect(holding.take(1, "conv", HAND)).toBe(true);
    holding.letGo(0);
    holding.letGo(1);
    expect(arranging.nudge("right", false)).toBe(true);
    expect(holding.take(0, "conv", HAND)).toBe(false);
    arranging.toggle();
    expect(visit.spoken.at(-1)).toBe("conv stays where it is");
    await visit.quiet();
    expect(holding.station).toBeNull();
  });

  it("is nobody's after the connection was lost", async () => {
    const visit = new Visit();
    visit.holding.take(0, "conv", HAND);
    visit.holding.adjust(() => at(1));
    visit.store.connection = "lost";
    visit.store.changed("connection");
    expect(visit.holding.update()).toBe(false);
    expect(visit.holding.station).toBeNull();
    expect(visit.drawn.at(-1)).toBeNull();
  });

  it("can be put back by undo where a lost connection left it half way", async () => {
    const visit = new Visit();
    await visit.write(1);
    visit.holding.take(0, "conv", HAND);
    visit.holding.adjust(() => at(2));
    visit.holding.update(performance.now() + 1000);
    await visit.quiet();
    visit.store.connection = "lost";
    visit.holding.update();
    expect(visit.place).toBe(2);
    visit.store.connection = "connected";
    void visit.edits.undo();
    await visit.quiet();
    expect(visit.place).toBe(1);
  });

  it("goes back to who holds it, and that is no step to be undone", async () => {
    const visit = new Visit();
    visit.refuses = "conv is held by another viewer";
    visit.holding.take(0, "conv", HAND);
    visit.holding.adjust(() => at(2));
    visit.holding.update(performance.now() + 1000);
    await visit.quiet();
    expect(visit.holding.station).toBeNull();
    void visit.edits.undo();
    await visit.quiet();
    expect(visit.said).toEqual([visit.refuses, "There is nothing to undo"]);
  });

  it("says nothing of its own where the connection was lost", async () => {
    const visit = new Visit();
    visit.holding.take(0, "conv", HAND);
    visit.refuses = "Connection lost before the bridge answered";
    visit.store.connection = "lost";
    await visit.quiet();
    visit.holding.update();
    expect(visit.holding.station).toBeNull();
    expect(visit.said).toEqual([]);
  });

  it("stays in the pointer though keys moved it just before", () => {
    vi.useFakeTimers();
    const visit = new Visit();
    visit.choose("conv");
    visit.arranging.toggle();
    visit.arranging.nudge("right", false);
    const hit = { kind: "wall", station: "conv", wall: 0, point: [0, 0, 0] } as const;
    const event = { altKey: false, shiftKey: false };
    expect(visit.arranging.begin([500, 500], { ...hit, point: [0, 0, 0] }, event)).toBe(true);
    vi.runAllTimers();
    expect(visit.holding.station).toBe("conv");
    visit.arranging.end();
    expect(visit.holding.station).toBeNull();
  });
});

describe("a hidden wall", () => {
  it("that another visitor hides is not shown again by who has chosen it", async () => {
    const visit = new Visit();
    visit.choose("conv");
    visit.hear(HIDDEN, true);
    await visit.quiet();
    expect(visit.store.selection).toBeNull();
    expect(visit.said).toEqual(["conv was hidden; Shift X shows what is hidden"]);
    expect(visit.asked).toEqual([]);
  });

  it("is shown again by who goes there, and stays chosen", async () => {
    const visit = new Visit();
    visit.hear(HIDDEN, true);
    visit.choose("conv");
    visit.hear(["bookmarks", "a"], "b"); // before the bridge answers
    await visit.quiet();
    expect(visit.store.selection?.station).toBe("conv");
    expect(visit.store.at(HIDDEN)).toBeFalsy();
  });

  it("is told of only once the bridge has hidden it", async () => {
    const visit = new Visit();
    visit.refuses = "Not connected to the bridge";
    visit.choose("conv");
    void visit.keeping.hide();
    await visit.quiet();
    expect(visit.said).toEqual([visit.refuses]);
  });
});
