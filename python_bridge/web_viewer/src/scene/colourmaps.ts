/**
 * Colour maps for values from zero: the room's own, and others that are computed, each so that
 * lightness rises evenly from dark to light.
 */
import { shownOf } from "./oklab";

export type ColourMap = "room" | "lagoon" | "ember" | "dusk" | "grey";

export const COLOUR_MAPS: readonly { map: ColourMap; title: string }[] = [
  { map: "room", title: "Room" },
  { map: "lagoon", title: "Lagoon" },
  { map: "ember", title: "Ember" },
  { map: "dusk", title: "Dusk, colour-blind safe" },
  { map: "grey", title: "Grey" },
];

/** A way through colours; hues in degrees, as OKLab has them: 30 red, 110 yellow, 265 blue. */
interface Way {
  lightness: readonly [number, number];
  hue: (place: number) => number;
  chroma: (place: number) => number;
}

const mix = (from: number, to: number, share: number): number => from + (to - from) * share;
/** 0 at both ends, 1 in the middle. */
const arch = (place: number): number => 4 * place * (1 - place);

const WAYS: Readonly<Record<Exclude<ColourMap, "room">, Way>> = {
  // Violet, blue, green, yellow.
  lagoon: {
    lightness: [0.2, 0.93],
    hue: (place) => mix(310, 105, place),
    chroma: (place) => mix(0.1, 0.17, place),
  },
  // Black, dark red, orange, cream.
  ember: {
    lightness: [0.13, 0.97],
    hue: (place) => mix(8, 100, place ** 1.4),
    chroma: (place) => 0.02 + 0.19 * arch(place),
  },
  // From blue to yellow straight through grey, which eyes that confuse red and green see as others.
  dusk: {
    lightness: [0.22, 0.93],
    hue: (place) => (place < 0.5 ? 260 : 98),
    chroma: (place) => 0.13 * Math.abs(2 * place - 1),
  },
  grey: { lightness: [0.13, 1], hue: () => 0, chroma: () => 0 },
};

/** sRGB 0 .. 1 at a place 0 .. 1 of a computed map. */
export function mapColour(map: Exclude<ColourMap, "room">, place: number): [number, number, number] {
  const { lightness, hue, chroma } = WAYS[map];
  return shownOf(mix(...lightness, place), chroma(place), (hue(place) * Math.PI) / 180);
}

/** A name that was kept or came in an address; null if it is no map's. */
export function colourMapOf(name: unknown): ColourMap | null {
  return COLOUR_MAPS.find(({ map }) => map === name)?.map ?? null;
}
