import { describe, expect, it } from "vitest";

import { SearchIndex } from "../src/app/search";
import { Store } from "../src/app/store";
import type { NetworkPublished } from "../src/generated/protocol";

function index(store = new Store()): SearchIndex {
  const axes = (channels: number) => [
    { name: "batch", size: 1, role: "index" },
    { name: "channel", size: channels, role: "tile" },
  ];
  const node = (name: string, kind: string, channels: number) => ({
    name,
    kind,
    axes: axes(channels),
    shown: true,
  });
  const found = new SearchIndex(store);
  store.network = {
    class_names: ["espresso maker", "espresso", "red fox", "conv tool", "linear", "paddle"],
    network: {
      nodes: [
        node("conv1", "Conv2d", 64),
        node("layer1.0.conv1", "Conv2d", 64),
        node("layer1.0.relu", "ReLU", 64),
        node("layer1.0/add", "add", 64),
        node("layer10.conv", "Conv2d", 8),
        node("fc", "Linear", 3),
        node("padding", "ZeroPad2d", 8),
        node("stem.padding.act", "LeakyReLU", 8),
        node("blocks.0/iadd", "iadd", 8),
        node("mix", "WithPadding", 8),
      ],
      blocks: [{ name: "layer1", kind: "Sequential", parent: "", nodes: ["layer1.0.conv1"] }],
      outputs: ["fc"],
    },
  } as unknown as NetworkPublished;
  store.changed("network");
  return found;
}

describe("search", () => {
  const search = index();
  const layers = (query: string): string[] => search.find(query).map(({ layer }) => layer);

  it("offers what can be done with all blocks, after what is called so", () => {
    const first = (query: string) => search.find(query)[0];
    expect(first("open all")?.action).toBe("open all");
    expect(first("expand all blocks")?.action).toBe("open all");
    expect(first("close all")).toMatchObject({ title: "Close all blocks", action: "close all" });
    const blocks = search.find("all bl").map(({ action }) => action);
    expect(blocks).toEqual(["open all", "close all"]);
    expect(search.find("clo").at(-1)?.action).toBe("close all");
    expect(search.find("conv").some(({ action }) => action)).toBe(false);
    expect(search.find("").length + search.find("o").filter(({ action }) => action).length).toBe(0);
  });

  it("prefers the exact name, then names that begin so", () => {
    expect(layers("conv1").slice(0, 2)).toEqual(["conv1", "layer1.0.conv1"]);
    expect(layers("layer1")[0]).toBe("layer1");
    expect(layers("LAYER1.0")[0]).toMatch(/^layer1\.0/);
  });

  it("finds a channel of the selected layer by its number alone", () => {
    const store = new Store();
    const chosen = index(store);
    const first = (query: string) => chosen.find(query)[0];
    expect(first("channel 5")).toBeUndefined();
    store.selection = { station: "layer10.conv", wall: 0, tile: null, layer: "layer10.conv" };
    for (const query of ["5", "#5", "channel 5", " Channel 5 "]) {
      expect(first(query)).toMatchObject({ layer: "layer10.conv", tile: 5 });
    }
    expect(first("channel 8")).toBeUndefined();
  });

  it("finds kinds, and parts in any order", () => {
    expect(layers("relu")[0]).toBe("layer1.0.relu");
    expect(layers("linear")[0]).toBe("fc");
    expect(layers("conv2d layer10")).toEqual(["layer10.conv"]);
  });

  it("finds whole words before their beginnings, and those before what is within a word", () => {
    const added = layers("add");
    expect(added[0]).toBe("layer1.0/add");
    expect(added.slice(-3)).toEqual(["padding", "blocks.0/iadd", "stem.padding.act"]);
    expect(layers("layer1").indexOf("layer1.0.conv1")).toBeLessThan(
      layers("layer1").indexOf("layer10.conv"),
    );
  });

  it("finds the words of a kind, but nothing within them", () => {
    expect(layers("add")).not.toContain("mix");
    expect(layers("padding")).toContain("mix");
    expect(layers("relu")).toContain("stem.padding.act");
    expect(layers("pad")).toContain("padding");
    expect(search.find("add").map(({ title }) => title)).not.toContain("paddle");
  });

  it("finds by letters in order, after better fits", () => {
    expect(layers("l1conv")).toContain("layer1.0.conv1");
    expect(layers("zzz")).toEqual([]);
    expect(layers("  ")).toEqual([]);
  });

  it("finds channels that exist", () => {
    expect(search.find("layer10.conv 7")[0]).toMatchObject({ layer: "layer10.conv", tile: 7 });
    expect(search.find("layer10.conv #7")[0]).toMatchObject({ layer: "layer10.conv", tile: 7 });
    expect(search.find("layer10.conv channel 7")[0]).toMatchObject({ tile: 7 });
    expect(layers("layer10.conv 8")).not.toContain("layer10.conv");
  });

  it("finds classes on the last layer", () => {
    expect(search.find("espr")[0]).toMatchObject({ title: "espresso maker", layer: "fc", tile: 0 });
    expect(search.find("fox")[0]).toMatchObject({ title: "red fox", layer: "fc", tile: 2 });
  });

  it("puts the class of exactly that name first", () => {
    expect(search.find("espresso").map(({ tile }) => tile)).toEqual([1, 0]);
    expect(search.find("Linear")[0]).toMatchObject({ title: "linear", layer: "fc", tile: 4 });
    expect(layers("conv1")[0]).toBe("conv1");
  });
});
