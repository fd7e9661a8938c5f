/** A block that is called once more stands in two stations; a visitor stays before their own. */

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Images } from "../src/app/images";
import { Laying } from "../src/app/laying";
import { LinkKeeper } from "../src/app/linkkeeper";
import { Marks } from "../src/app/marks";
import { Navigator } from "../src/app/navigator";
import { anchorOf, stationOf } from "../src/app/places";
import { Store } from "../src/app/store";
import { Visitor } from "../src/app/visitor";
import type { NetworkPublished, Room, Station } from "../src/generated/protocol";
import { Edits } from "../src/hands/edits";
import type { World } from "../src/scene/world";
import { roomOf, station } from "./rooms";

const unused = (): never => expect.unreachable();
const unseen = { setSelected: vi.fn(), shownBy: vi.fn(), showLayer: vi.fn() };
const world = unseen as unknown as World;

const LAYERS = ["block.conv", "block.add"];
const AGAIN = LAYERS.map((layer) => `${layer}:2`);
const published = {
  name: "main", title: "main",
  network: {
    nodes: [], blocks: [{ name: "block", kind: "Block", parent: "", nodes: [...LAYERS, ...AGAIN] }],
  },
} as unknown as NetworkPublished;

/** The second time the block also holds the margin that its convolution reads. */
const closed = roomOf([
  station("block", -5, { closed: "block", layers: LAYERS, shown: "block.add" }),
  station("pool", -8),
  station("block:2", -11, { closed: "block", layers: ["pad", ...AGAIN], shown: "block.add:2" }),
], []);
const open = roomOf([
  station("block.conv", -5, { block: "block" }), station("block.add", -9, { block: "block" }),
  station("pool", -13), station("pad", -15),
  station("block.conv:2", -17, { block: "block" }), station("block.add:2", -21, { block: "block" }),
], ["block"]);

let store: Store;
let visitor: Visitor;
let navigator: Navigator;
let location: { hash: string; pathname: string; search: string };

beforeEach(() => {
  location = { hash: "", pathname: "/", search: "" };
  const replaceState = (_state: unknown, _title: string, url: string): void => {
    location.hash = url.slice(url.indexOf("#"));
  };
  vi.stubGlobal("window", {
    location, history: { state: null, replaceState }, addEventListener: vi.fn(),
    innerWidth: 1600, innerHeight: 900,
  });
  [store, visitor] = [new Store(), new Visitor(() => true)];
  store.network = published;
  navigator = new Navigator(store, world, visitor, vi.fn(), unused, unused);
});

afterEach(() => vi.unstubAllGlobals());

/** Stands 2.5 m before that depth of a room. */
function standIn(room: Room, z: number): void {
  store.room = room;
  visitor.place({ position: [0, 1.6, z + 2.5], yaw: 0, pitch: 0 });
}

function enter(room: Room): void {
  const former = store.room;
  store.room = room;
  navigator.roomChanged(former);
}

const at = (room: Room, key: string): Station => room.stations.find((one) => one.key === key)!;

it("is found by its key, and by its anchor in every room", () => {
  for (const one of [...closed.stations, ...open.stations]) {
    const same = closed.stations.includes(one) ? closed : open;
    expect(stationOf(same, published.network, one.key)).toBe(one);
    expect(stationOf(same, published.network, anchorOf(one, published.network))).toBe(one);
  }
  const inPlaceOf = (room: Room, one: Station): string | undefined =>
    stationOf(room, published.network, anchorOf(one, published.network))?.key;
  expect(closed.stations.map((one) => inPlaceOf(open, one))).toEqual([
    "block.conv", "pool", "block.conv:2",
  ]);
  expect(open.stations.map((one) => inPlaceOf(closed, one))).toEqual([
    "block", "block", "pool", "block:2", "block:2", "block:2",
  ]);
});

describe("a link", () => {
  it.each([
    ["block", closed, -5], ["block:2", closed, -11], ["block", open, -5], ["block:2", open, -17],
  ])("written near %s leads there", (key, room, z) => {
    const images = new Images(store, world, unused, unused, unused);
    const edits = new Edits(store, unused, unused);
    const marks = new Marks(store, world, null, unused);
    const links = new LinkKeeper(
      store, visitor, navigator, images, marks, { set: unused }, new Laying(store, edits, unused), unused,
    );
    const { origin_m } = at(closed, key);
    standIn(closed, origin_m[2]);
    links.restore();
    visitor.place({ position: [0, 1.6, origin_m[2] + 1], yaw: 0, pitch: 0 });
    links.update(1e6);
    expect(location.hash).toContain("near=");
    standIn(room, 0);
    links.restore();
    expect(visitor.position[2]).toBeCloseTo(z + 1, 2);
  });
});

describe("who stands before it", () => {
  it("stays there when it is opened and closed", () => {
    standIn(closed, -13);
    enter(open);
    expect(visitor.position[2]).toBeCloseTo(-16.5, 6);
    enter(closed);
    expect(visitor.position[2]).toBeCloseTo(-10.5, 6);
  });

  it("enters what they opened, and stands before what they closed", () => {
    standIn(closed, -11);
    navigator.expect("block", at(closed, "block:2"), { open: true });
    enter(open);
    expect(store.selection).toMatchObject({ station: "block.conv:2", layer: "block.conv:2" });
    navigator.expect("block", at(open, "block.add:2"), { open: false });
    enter(closed);
    expect(store.selection).toMatchObject({ station: "block:2", layer: "block.add:2" });
  });

  it("is taken along when another visitor opens or closes it", () => {
    standIn(closed, -11);
    navigator.goTo("block:2");
    expect(store.selection?.station).toBe("block:2");
    enter(open);
    expect(store.selection?.station).toBe("block.conv:2");
    enter(closed);
    expect(store.selection?.station).toBe("block:2");
  });
});
