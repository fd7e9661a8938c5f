/** Every colour of the room (see docs), as sRGB numbers 0 .. 1: nothing here is linear light. */
import { type ColourMap, mapColour } from "./colourmaps";

export type Rgb = [number, number, number];

/** Reads `#rrggbb`. */
export function rgb(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

export const COLOUR = {
  haze: "#1c1d31",
  gate: "#4a5268",
  wallBack: "#0b0e17",
  frame: "#1d2331",
  shelf: "#39425a",
  opened: "#8a93ab",
  text: "#efe9df",
  second: "#9aa3b5",
  third: "#7e879b",
  floorText: "#c6ccd8",
  ink: "#10141f",
  accent: "#ffe2b0",
  error: "#ff9a86",
  warm: "#d8c7a6",
} as const;

/** For values from zero; lightness rises evenly. */
const SEQUENTIAL = [
  "#0e1322", "#16203f", "#1f2d5e", "#2f3a80", "#4c4596", "#7250a0", "#9a599e",
  "#c26592", "#e27a7f", "#f4986c", "#fbb968", "#fddb8e", "#fff4d6",
];
const SEQUENTIAL_EXPONENT = 0.8;

/** For values around zero, which is dark. */
const DIVERGING = [
  "#d9f6ff", "#9fdcfb", "#63b8f0", "#3a90d8", "#2769ad", "#1c477a", "#142b4c", "#0f1523",
  "#3a2318", "#6b3a1a", "#a0551b", "#cf7624", "#ee9d43", "#fac678", "#fff0cf",
];

export const PALETTE_SIZE = 256;

/** What colours stand for values: the map, and which share of the scale's end is dimmed. */
export interface Scheme {
  map: ColourMap;
  /** 0 .. 1: values nearer to zero than this share of the scale's end are dimmed. */
  threshold: number;
  /** Values of both signs are drawn around zero; else from the least to the greatest. */
  symmetric: boolean;
}

export const USUAL_SCHEME: Scheme = { map: "room", threshold: 0, symmetric: true };

/** What is below the threshold keeps this share of its colour. */
const DIMMED = 0.22;

/** RGBA of both colour scales, 256 each: row 0 sequential, row 1 diverging. */
export function paletteOf({ map, threshold }: Omit<Scheme, "symmetric">): Uint8Array {
  const rows = new Uint8Array(2 * PALETTE_SIZE * 4);
  fillRow(rows, 0, sequential(map));
  fillRow(rows, 1, (place) => between(DIVERGING, place));
  if (threshold > 0) dim(rows, threshold);
  return rows;
}

/** Of colours that nobody changed. */
export const PALETTE = paletteOf(USUAL_SCHEME);

function sequential(map: ColourMap): (place: number) => Rgb {
  if (map === "room") return (place) => between(SEQUENTIAL, Math.pow(place, SEQUENTIAL_EXPONENT));
  return (place) => mapColour(map, place);
}

/** Linear between evenly spaced stops. */
function between(stops: readonly string[], place: number): Rgb {
  const at = place * (stops.length - 1);
  const stop = Math.min(stops.length - 2, Math.floor(at));
  const [a, b] = [rgb(stops[stop]!), rgb(stops[stop + 1]!)];
  const part = (c: 0 | 1 | 2): number => a[c] + (b[c] - a[c]) * (at - stop);
  return [part(0), part(1), part(2)];
}

function fillRow(rows: Uint8Array, row: number, colourAt: (place: number) => Rgb): void {
  for (let i = 0; i < PALETTE_SIZE; i++) {
    const colour = colourAt(i / (PALETTE_SIZE - 1));
    const offset = (row * PALETTE_SIZE + i) * 4;
    for (let c = 0; c < 3; c++) rows[offset + c] = Math.round(255 * colour[c]!);
    rows[offset + 3] = 255;
  }
}

/** The ends are always bright: a threshold hides no greatest value. */
function dim(rows: Uint8Array, threshold: number): void {
  for (let i = 0; i < 2 * PALETTE_SIZE; i++) {
    const place = (i % PALETTE_SIZE) / (PALETTE_SIZE - 1);
    const magnitude = i < PALETTE_SIZE ? place : Math.abs(2 * place - 1);
    if (magnitude >= threshold) continue;
    for (let c = 0; c < 3; c++) rows[4 * i + c] = Math.round(DIMMED * rows[4 * i + c]!);
  }
}

/** The colour (0 .. 255) at a place 0 .. 1 of a scale, for legends. */
export function scaleColour(place: number, signed: boolean, palette = PALETTE): Rgb {
  const index = Math.round(Math.min(1, Math.max(0, place)) * (PALETTE_SIZE - 1));
  const offset = ((signed ? 1 : 0) * PALETTE_SIZE + index) * 4;
  return [palette[offset]!, palette[offset + 1]!, palette[offset + 2]!];
}
