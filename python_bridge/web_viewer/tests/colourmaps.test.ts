import { describe, expect, it } from "vitest";

import { Colouring } from "../src/app/colouring";
import { Store } from "../src/app/store";
import { COLOUR_MAPS } from "../src/scene/colourmaps";
import { linear, oklabOf, shownOf, srgbOf } from "../src/scene/oklab";
import { PALETTE, paletteOf, scaleColour, type Scheme } from "../src/scene/palette";
import type { World } from "../src/scene/world";

type Triple = [number, number, number];
const MAPS = COLOUR_MAPS.map(({ map }) => map);
const COMPUTED = MAPS.filter((map) => map !== "room");
const PLACES = Array.from({ length: 64 }, (_, i) => i / 63);

const coloursOf = (map: Scheme["map"], signed = false): Triple[] => {
  const palette = paletteOf({ map, threshold: 0 });
  return PLACES.map((place) => {
    const [r, g, b] = scaleColour(place, signed, palette);
    return [r / 255, g / 255, b / 255];
  });
};

/** The whole of sRGB's standard through CIE XYZ, with Ottosson's first two matrices: the long way. */
function slowLab([r, g, b]: Triple): Triple {
  const xyz = [
    [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041],
  ].map((row) => row[0]! * linear(r) + row[1]! * linear(g) + row[2]! * linear(b));
  const cones = [
    [0.8189330101, 0.3618667424, -0.1288597137], [0.0329845436, 0.9293118715, 0.0361456387],
    [0.0482003018, 0.2643662691, 0.633851707],
  ].map((row) => Math.cbrt(row[0]! * xyz[0]! + row[1]! * xyz[1]! + row[2]! * xyz[2]!));
  const lab = [
    [0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ].map((row) => row[0]! * cones[0]! + row[1]! * cones[1]! + row[2]! * cones[2]!);
  return [lab[0]!, lab[1]!, lab[2]!];
}

/** As who lacks a kind of cone sees it (Machado, Oliveira and Fernandes 2009, severity 1). */
const BLIND = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
};

function seenBy(kind: keyof typeof BLIND, rgb: Triple): Triple {
  const light = rgb.map(linear);
  const seen = BLIND[kind].map((row) => row.reduce((sum, part, i) => sum + part * light[i]!, 0));
  const encode = (part: number): number => {
    const p = Math.min(1, Math.max(0, part));
    return p <= 0.0031308 ? 12.92 * p : 1.055 * p ** (1 / 2.4) - 0.055;
  };
  return slowLab([encode(seen[0]!), encode(seen[1]!), encode(seen[2]!)]);
}

const apart = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

describe("OKLab", () => {
  it("is what the standards say, both ways", () => {
    for (const rgb of [[1, 1, 1], [1, 0, 0], [0.2, 0.5, 0.9], [0.01, 0.02, 0]] as Triple[]) {
      const lab = oklabOf(rgb);
      slowLab(rgb).forEach((part, i) => expect(lab[i]).toBeCloseTo(part, 3));
      srgbOf(lab).forEach((part, i) => expect(part).toBeCloseTo(rgb[i]!, 4));
    }
  });

  it("gives up chroma where a screen ends, and neither lightness nor hue", () => {
    const shown = shownOf(0.5, 0.4, 2.5);
    expect(Math.min(...shown)).toBeGreaterThanOrEqual(0);
    const [lightness, a, b] = oklabOf(shown);
    expect(lightness).toBeCloseTo(0.5, 4);
    expect(Math.atan2(b, a)).toBeCloseTo(2.5, 3);
    expect(Math.min(shown[0], 1 - shown[1])).toBeLessThan(0.5);
    expect(Math.hypot(a, b)).toBeLessThan(0.399);
  });
});

describe("colour maps", () => {
  it.each(COMPUTED)("%s rises evenly from dark to light", (map) => {
    // Every fourth: neighbours are so near that rounding to 8 bits is most of their difference.
    const few = coloursOf(map).filter((_, i) => i % 4 === 0);
    const lightness = few.map((rgb) => slowLab(rgb)[0]);
    const steps = lightness.slice(1).map((one, i) => one - lightness[i]!);
    const usual = (lightness.at(-1)! - lightness[0]!) / steps.length;
    expect(lightness[0]).toBeLessThan(0.25);
    expect(lightness.at(-1)).toBeGreaterThan(0.85);
    for (const step of steps) expect(Math.abs(step - usual)).toBeLessThan(0.2 * usual);
  });

  it("differ from each other", () => {
    for (const a of MAPS) {
      for (const b of MAPS) {
        if (a === b) continue;
        const one = coloursOf(b);
        const most = coloursOf(a).map((rgb, i) => apart(slowLab(rgb), slowLab(one[i]!)));
        expect(Math.max(...most)).toBeGreaterThan(0.1);
      }
    }
  });

  it.each(["protan", "deutan"] as const)("dusk looks the same, and as even, to %s eyes", (kind) => {
    const colours = coloursOf("dusk");
    const seen = colours.map((rgb) => seenBy(kind, rgb));
    colours.forEach((rgb, i) => expect(apart(slowLab(rgb), seen[i]!)).toBeLessThan(0.06));
    const steps = seen.slice(1).map((one, i) => one[0] - seen[i]![0]);
    expect(Math.min(...steps)).toBeGreaterThan(0.5 * (steps.reduce((a, b) => a + b) / steps.length));
    const others = coloursOf("lagoon").map((rgb) => apart(slowLab(rgb), seenBy(kind, rgb)));
    expect(Math.max(...others)).toBeGreaterThan(0.1); // the measure does tell maps apart
  });

  it("leave values around zero the colours they have", () => {
    for (const map of MAPS) {
      expect(paletteOf({ map, threshold: 0 }).subarray(1024)).toEqual(PALETTE.subarray(1024));
    }
  });
});

describe("a visitor's colours", () => {
  const world = () => {
    const shown: Scheme[] = [];
    return { shown, world: { setScheme: (one: Scheme) => shown.push(one) } as unknown as World };
  };

  it("go through all maps and come back, and are kept", () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const { shown, world: one } = world();
    const colouring = new Colouring(new Store(), one, storage);
    const titles = MAPS.map(() => colouring.next());
    expect(new Set(titles).size).toBe(MAPS.length);
    expect(shown.map(({ map }) => map)).toEqual([...MAPS.slice(1), "room"]);
    colouring.set({ map: "dusk" });
    const again = world();
    expect(new Colouring(new Store(), again.world, storage).scheme.map).toBe("dusk");
    expect(again.shown).toHaveLength(1);
  });

  it("are the room's where nothing that is known was kept, or nothing can be", () => {
    const strange = { getItem: () => "plaid", setItem: () => undefined };
    const shut = {
      getItem: (): string => {
        throw new Error("denied");
      },
      setItem: () => {
        throw new Error("denied");
      },
    };
    for (const storage of [strange, shut, null]) {
      const colouring = new Colouring(new Store(), world().world, storage);
      expect(colouring.scheme.map).toBe("room");
      colouring.next();
      expect(colouring.scheme.map).toBe("lagoon");
    }
  });
});
