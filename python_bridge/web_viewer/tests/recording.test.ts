import { expect, it } from "vitest";

import { fileName, settingsOf } from "../src/app/saving";
import { Store } from "../src/app/store";
import { LocalDocument } from "../src/connection/localdocument";
import { messagesIn } from "../src/connection/recording";
import { COLOUR_MAPS } from "../src/scene/colourmaps";
import type { Change } from "../src/generated/protocol";

function chunkOf(...messages: Uint8Array[]): ArrayBuffer {
  const bytes = messages.flatMap((one) => [one.length, 0, 0, 0, 0, 0, 0, 0, ...one]);
  return new Uint8Array(bytes).buffer;
}

it("finds the messages of a chunk", () => {
  const [first, second] = [new Uint8Array(8).fill(1), new Uint8Array(16).fill(2)];
  const found = messagesIn(chunkOf(first, second)).map((one) => new Uint8Array(one));
  expect(found).toEqual([first, second]);
});

it("tells a chunk that was cut off, wherever", () => {
  const whole = chunkOf(new Uint8Array(16));
  for (const length of [1, 7, 8, 23]) {
    expect(() => messagesIn(whole.slice(0, length))).toThrow("broken or cut off");
  }
});

const change = (...path: string[]): Change =>
  ({ type: "change", buffers: [], request: 1, base: 0, path, value: null });

it("keeps what a visitor of a recording changes, and refuses what needs the network", () => {
  const document = new LocalDocument({ stations: { main: { a: 1 } }, layout: {} });
  expect(document.takes(["layout", "main"])).toBe(false);
  expect(document.takes(["expanded", "main", "a"])).toBe(false);
  expect(document.takes(["bookmarks", "here"])).toBe(true);
  expect(document.change(["stations", "main", "b"], 2)).toMatchObject({ number: 1, revision: 1 });
  document.change(["stations", "main", "a"], null);
  const snapshot = document.snapshot(7);
  expect(snapshot).toMatchObject({ request: 7, event: 2, revision: 2 });
  expect(snapshot.document["stations"]).toEqual({ main: { b: 2 } });
});

it("does not move a pinned wall of a recording", () => {
  const document = new LocalDocument({ pinned: { main: { a: true } } });
  expect(document.refusal(change("stations", "main", "a"))).toContain("a is pinned");
  expect(document.refusal(change("stations", "main", "b"))).toBe("");
  expect(document.refusal(change("hidden", "main", "a"))).toBe("");
});

it("takes of a session's settings what it knows", () => {
  const store = new Store();
  const colours = COLOUR_MAPS.at(-1)!.map;
  expect(settingsOf(store)).toEqual({});
  store.document = { settings: { link: "#layer=a", normalization: "channel", colours } };
  expect(settingsOf(store)).toEqual({ link: "#layer=a", normalization: "channel", colours });
  store.document = { settings: { link: 5, normalization: "galaxy", colours: "puce", more: [] } };
  expect(settingsOf(store)).toEqual({});
  store.document = { settings: "none" };
  expect(settingsOf(store)).toEqual({});
});

it("names files as every system takes them", () => {
  expect(fileName("EfficientNet-Lite0")).toBe("EfficientNet-Lite0");
  expect(fileName("../a b: c?")).toBe("a-b-c");
  expect(fileName("…")).toBe("room");
});
