import { expect, it } from "vitest";

import { Receiver } from "../src/app/receive";
import { Store } from "../src/app/store";
import type { BridgeMessage, NetworkPublished, Room } from "../src/generated/protocol";
import type { World } from "../src/scene/world";
import { pagesOf } from "./layers";

const SHAPE = { tiles: 4, height: 64, width: 64 };

it("takes pages of the newest run of the network as it is, and of nothing else", () => {
  const store = new Store();
  const came: [run: number, revision: number][] = [];
  const world = { setPages: ({ run, revision }: { run: number; revision: number }) =>
    came.push([run, revision]) };
  const unused = (): never => expect.unreachable();
  const receiver = new Receiver(store, world as unknown as World, unused, unused, unused);
  const network = { name: "main", revision: 2, nodes: [] };
  store.network = { name: "main", network } as unknown as NetworkPublished;
  store.run = {
    id: 5, name: "", picture: "", live: "", position: 0, capturedMs: 0, layers: new Set(),
    complete: false, seconds: 0, failure: "",
  };
  for (const [run, revision] of [[4, 2], [5, 1], [5, 2], [6, 2]] as const) {
    const [message, ranges, pixels] = pagesOf("conv", run, SHAPE, [0], revision);
    receiver.pages(message, [ranges, ...pixels]);
  }
  expect(came).toEqual([[5, 2]]);
  expect([...store.run.layers]).toEqual(["conv"]);
});

it("names the channels of the output as soon as the network is known", () => {
  const told: Record<string, unknown> = {};
  const world = {
    setWarning: (warning: string) => (told.warning = warning),
    setClasses: (names: readonly string[]) => (told.classes = names),
  };
  const unused = (): never => expect.unreachable();
  const receiver = new Receiver(new Store(), world as unknown as World, unused, unused, unused);
  const network = { name: "main", revision: 1, nodes: [] };
  const message = { type: "network_published", name: "main", network, warning: "", class_names: ["cat"] };
  receiver.message(message as unknown as NetworkPublished, []);
  expect(told).toEqual({ warning: "", classes: ["cat"] });
});

it("tells of walls that moved together, though some of them were away before", () => {
  const store = new Store();
  let arranged = 0;
  store.on("arrange", () => (arranged += 1));
  const unused = (): never => expect.unreachable();
  const world = { setTransforms: () => undefined } as unknown as World;
  const receiver = new Receiver(store, world, unused, unused, unused);
  store.network = { name: "main" } as NetworkPublished;
  store.room = { network: "main" } as Room;
  const at = { position_m: [0, 0, 0], rotation: [0, 0, 0, 1], scale: 1 };
  const change = (number: number, path: string[], value: unknown): void => {
    const message = { type: "document_changed", number, revision: number, path, value, viewer: "" };
    receiver.message(message as unknown as BridgeMessage, []);
  };
  change(1, ["stations", "main", "a"], at);
  change(2, ["stations", "main", "a"], { ...at, scale: 2 }); // one that is dragged stays away
  expect(arranged).toBe(1);
  change(3, ["stations", "main"], { a: at, b: at });
  expect(arranged).toBe(2);
});
