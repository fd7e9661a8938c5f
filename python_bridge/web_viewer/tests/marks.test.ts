import { describe, expect, it } from "vitest";

import { formatLink, parseLink } from "../src/app/link";
import { Marks, marksOf, partsOf } from "../src/app/marks";
import { Store } from "../src/app/store";
import type { World } from "../src/scene/world";

function page(title: string, kept: Map<string, string>) {
  const shown: unknown[] = [];
  const problems: string[] = [];
  const store = new Store();
  const world = { setMarked: (marked: unknown) => shown.push(marked) } as unknown as World;
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const marks = new Marks(store, world, storage, (message) => problems.push(message));
  const node = (name: string, size: number) => ({ name, axes: [{ name: "channel", size, role: "tile" }] });
  store.network = {
    title, network: { nodes: [node("conv", 100), node("relu:2", 4)] },
  } as unknown as Store["network"];
  store.changed("network");
  return { marks, store, shown, problems };
}

describe("selected channels", () => {
  it("are toggled, drawn, and kept for this network only", () => {
    const kept = new Map<string, string>();
    const { marks, shown } = page("Net", kept);
    for (const tile of [3, 1, 3, 7]) marks.toggle("conv", tile);
    marks.toggle("relu:2", 0);
    expect(marks.all).toEqual({ conv: [1, 7], "relu:2": [0] });
    expect(shown.at(-1)).toEqual(marks.all);
    expect(page("Net", kept).marks.all).toEqual(marks.all);
    expect(page("Other", kept).marks.all).toEqual({});
    marks.adopt({ conv: [] });
    expect(marks.all).toEqual({ "relu:2": [0] });
  });

  it("are none that the network has not, nor more than can be listed", () => {
    const { marks, problems } = page("Net", new Map());
    marks.adopt({ gone: [1], "relu:2": [4, 3, 3], conv: Array.from({ length: 99 }, (_, i) => i) });
    expect(marks.of("gone")).toEqual([]);
    expect(marks.of("relu:2")).toEqual([3]);
    expect(marks.of("conv")).toHaveLength(64);
    marks.toggle("conv", 99);
    expect(marks.of("conv")).not.toContain(99);
    expect(problems).toEqual(["No more than 64 channels of a layer"]);
    marks.toggle("conv", 5);
    expect(marks.of("conv")).toHaveLength(63);
  });

  it("are none where what was kept is no selection", () => {
    for (const text of ["{", "3", "null", '{"conv": "all"}', '{"conv": [1.5, -1, "2", null]}']) {
      expect(page("Net", new Map([["layerwalk.selected.Net", text]])).marks.all).toEqual({});
    }
  });

  it("come and go with a link, whatever layers are called", () => {
    const marked = { "a/b.conv:2": [3, 12], "x@y,z&w=1": [0] };
    expect(marksOf(partsOf(marked))).toEqual(marked);
    const link = { layer: "a", tile: null, image: "", near: "", view: null, marked };
    expect(parseLink(formatLink(link))).toEqual(link);
    expect(formatLink(link)).toContain("marked=3,12@a/b.conv:2");
    expect(parseLink("#layer=a&marked=x@conv&marked=@conv&marked=1,@conv&marked=1@").marked).toBeUndefined();
  });
});
