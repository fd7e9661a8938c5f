import { beforeEach, describe, expect, it } from "vitest";

import { LiveInput } from "../src/app/live";
import { Store } from "../src/app/store";
import type { Connection } from "../src/connection/socket";
import type { Change, Live, NetworkPublished } from "../src/generated/protocol";

const PATH = ["live", "main", "input"];
const PAUSED: Live = {
  source: "clip", playing: false, rate_hz: 0, loop: true, position: null, error: "",
};

/** A bridge that answers first and tells of the change then, each when it is told to. */
class Bridge {
  readonly written: (Live | null)[] = [];
  private readonly due: (() => void)[] = [];
  private revision = 0;

  constructor(private readonly store: Store) {}

  ask = (message: Change): Promise<unknown> => {
    const value = message.value as Live | null;
    this.written.push(value);
    const revision = ++this.revision;
    return new Promise((resolve) => {
      this.due.push(() => resolve({ message: { type: "reply", revision }, payloads: [] }));
      this.due.push(() => this.tell(value, revision));
    });
  };

  /** What someone else wrote, or what was asked for. */
  tell(value: Live | null, revision = ++this.revision): void {
    this.store.revision = revision;
    this.store.set(PATH, value);
    this.store.changed("live");
  }

  /** The next that is due: the answer to a change, and then the change. */
  async next(count = 1): Promise<void> {
    for (let i = 0; i < count; i++) {
      this.due.shift()!();
      await Promise.resolve().then(() => undefined);
      await Promise.resolve();
    }
  }

  async all(): Promise<void> {
    while (this.due.length > 0) await this.next();
  }
}

let store: Store;
let bridge: Bridge;
let live: LiveInput;
let said: string[];

/** The document's state first, as a Welcome brings it; then the network. */
function open(state: Live | null): void {
  store = new Store();
  store.live = [
    { id: "clip", name: "clip.mp4", kind: "video", frames: 100, rate_hz: 10 },
    { id: "other", name: "other.mp4", kind: "video", frames: 100, rate_hz: 10 },
  ];
  bridge = new Bridge(store);
  said = [];
  const connection = () => bridge as unknown as Connection;
  live = new LiveInput(store, connection, (message) => said.push(message));
  bridge.tell(state);
  const network = { name: "main", revision: 1, nodes: [] };
  store.network = { name: "main", preprocess: "resize", network } as unknown as NetworkPublished;
  store.changed("network");
}

/** The frame on show. */
function show(position: number): void {
  store.run = {
    id: 1, name: "", picture: "", live: "clip", position, capturedMs: 0, layers: new Set(),
    complete: true, seconds: 0, failure: "",
  };
}

describe("changes of live input", () => {
  beforeEach(() => open({ ...PAUSED, playing: true }));

  it("build on one that is still under way", async () => {
    live.setRate(5);
    live.setLoop(false);
    await bridge.all();
    expect(live.state).toMatchObject({ rate_hz: 5, loop: false, playing: true });
  });

  it("build on one that was answered, but that the document does not say yet", async () => {
    live.setRate(5);
    await bridge.next();
    expect(live.state!.rate_hz).toBe(0);
    live.setLoop(false);
    await bridge.all();
    expect(live.state).toMatchObject({ rate_hz: 5, loop: false });
  });

  it("are undone by the same key, however soon it is pressed again", async () => {
    live.toggle();
    live.toggle();
    await bridge.all();
    expect(bridge.written.map((value) => value!.playing)).toEqual([false, true]);
  });

  it("leave the end of live input as it is", async () => {
    live.setRate(5);
    live.end();
    await bridge.all();
    expect(live.state).toBe(null);
    live.toggle();
    await bridge.all();
    expect(live.state).toMatchObject({ source: "clip", playing: true, rate_hz: 0 });
  });

  it("build on what someone else wrote meanwhile", async () => {
    live.setRate(5);
    await bridge.all();
    bridge.tell({ ...PAUSED, source: "other", rate_hz: 30 });
    live.setLoop(false);
    await bridge.all();
    expect(live.state).toMatchObject({ source: "other", rate_hz: 30, loop: false });
  });

  it("build on what the next session says, whose revisions are counted anew", async () => {
    for (const rate of [5, 10, 15]) {
      live.setRate(rate);
      await bridge.next();
      await bridge.next();
    }
    live.setRate(20);
    await bridge.next(); // answered, and then the bridge was gone
    store.network = null;
    store.changed("network");
    bridge.tell({ ...PAUSED, rate_hz: 1 }, 0);
    live.setLoop(false);
    expect(bridge.written.at(-1)).toMatchObject({ rate_hz: 1, loop: false });
  });
});

describe("steps", () => {
  beforeEach(() => {
    open({ ...PAUSED, position: 4 });
    show(4);
  });

  it("go on from the one before, although its frame is not on show yet", async () => {
    for (let i = 0; i < 3; i++) live.step(1);
    await bridge.all();
    live.step(1);
    await bridge.all();
    expect(live.state!.position).toBe(8);
  });

  it("go on from what is on show after someone else went elsewhere", async () => {
    live.step(1);
    await bridge.all();
    show(5);
    bridge.tell({ ...PAUSED, position: 60 });
    show(60);
    live.step(1);
    await bridge.all();
    expect(live.state!.position).toBe(61);
  });
});

describe("why a source ended", () => {
  const ended = { ...PAUSED, error: "the cable is out" };

  it("is said once, to who was there", () => {
    open(PAUSED);
    bridge.tell(ended);
    bridge.tell({ ...ended, loop: false });
    expect(said).toEqual(["the cable is out"]);
  });

  it("is not said to who comes later, but what happens then is", () => {
    open(ended);
    bridge.tell({ ...ended, loop: false });
    expect(said).toEqual([]);
    bridge.tell(PAUSED);
    bridge.tell(ended);
    expect(said).toEqual(["the cable is out"]);
  });
});
