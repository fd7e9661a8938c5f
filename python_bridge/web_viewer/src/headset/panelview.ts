/**
 * Dark panes with lines on them, anywhere in the room. A line is one cell, or several side by side;
 * a cell with an action can be clicked. As the Unity client's PanelView, with its measures.
 */
import type { Span } from "../generated/protocol";
import { box, type Solid } from "../scene/boxes";
import { COLOUR } from "../scene/palette";
import { meet, type Ray } from "../scene/picking";
import { dot, type Frame, minus, pointOf, type Vec3 } from "../scene/placement";
import type { Line } from "../scene/text";

/** Metres at a scale of 1. */
const CAP_M = 0.0105;
const ROW_M = 0.03;
const MARGIN_M = 0.022;
const GAP_M = 0.008;
const PAD_M = 0.012;
const BEFORE_M = 0.003;
const GLASS = "#0f131e";
const EDGE = "#262d3d";
const BUTTON = "#1b2231";
const POINTED = "#39425a";
/** A finger so near before a pane points at it, and one that goes through presses. */
const NEAR_M = 0.07;
const THROUGH_M = -0.05;

export interface Cell {
  spans: readonly Span[];
  /** What a click does; none for words. */
  click?: (share: number) => void;
  /** It is what is chosen now. */
  on?: boolean;
  align?: "left" | "centre";
  /** Draws into its rectangle: x from the middle, y from the middle, metres at a scale of 1. */
  picture?: (place: Frame, width: number, height: number) => Solid[];
}

export interface Row {
  cells: readonly Cell[];
  /** Height of capitals and of the row, as a share of the usual one. */
  size: number;
  /** Height of the row, where it is another one than its letters ask for. */
  high?: number;
}

/** A rectangle on the pane, from its middle. */
interface Place {
  cell: Cell;
  size: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** What a ray meets of a pane: a cell that can be clicked, -1 for none. */
export interface OnPanel {
  distance: number;
  cell: number;
  /** From the left of the cell, 0 .. 1. */
  share: number;
  /** Metres before the pane. */
  before: number;
}

type Measure = (spans: readonly Span[], cap_m: number) => number;

export class PanelView {
  private rows: readonly Row[] = [];
  private places: Place[] = [];
  private frame: Frame | null = null;
  private least = 0;
  private marked = new Set<number>();
  /** It looks different. */
  dirty = false;
  width = 0;
  height = 0;

  constructor(private readonly measure: Measure) {}

  get visible(): boolean {
    return this.rows.length > 0 && this.frame !== null;
  }

  /** Shows these rows; none hides it. It is wider than `least` if they are. */
  set(rows: readonly Row[], least: number): void {
    this.rows = rows;
    this.least = least;
    this.marked.clear();
    this.lay();
    this.dirty = true;
  }

  /** Its middle, facing along z, is there; axes longer than 1 make it larger. */
  place(frame: Frame | null): void {
    const same = frame && this.frame && near(frame.origin, this.frame.origin)
      && near(frame.x, this.frame.x) && near(frame.y, this.frame.y);
    if (same || frame === this.frame) return;
    this.frame = frame;
    this.dirty = true;
  }

  /** Whether it is behind or far from who looks that way. */
  isAway(eyes: Vec3, forward: Vec3): boolean {
    if (!this.frame) return true;
    const to = minus(this.frame.origin, eyes);
    const far = Math.hypot(...to);
    return far < 0.5 || far > 2 || dot(to, forward) < 0.6 * far;
  }

  get middle(): Vec3 | null {
    return this.frame?.origin ?? null;
  }

  /** The middle of a cell, by what is written on it; null for none. */
  where(text: string): Vec3 | null {
    const place = this.places.find(({ cell }) => textOf(cell) === text);
    if (!place || !this.frame) return null;
    return pointOf(this.frame, (place.left + place.right) / 2, (place.top + place.bottom) / 2);
  }

  /** All that is written on it, line by line. */
  get texts(): string[] {
    return this.rows.map(({ cells }) => cells.map(textOf).join(" | "));
  }

  meet(ray: Ray): OnPanel | null {
    const met = this.frame && this.visible ? meet(ray, this.frame) : null;
    return met && this.at(met.x, met.y, met.distance);
  }

  /** What a finger is before, or has just gone through; null for one that is elsewhere. */
  touched(tip: Vec3): OnPanel | null {
    if (!this.frame || !this.visible) return null;
    const { x, y, z } = this.frame;
    const from = minus(tip, this.frame.origin);
    const scale = Math.sqrt(dot(x, x));
    const before = dot(from, z) / scale;
    if (before > NEAR_M || before < THROUGH_M) return null;
    const square = scale * scale;
    const found = this.at(dot(from, x) / square, dot(from, y) / square, Math.max(0, before));
    return found && { ...found, before };
  }

  private at(x: number, y: number, distance: number): OnPanel | null {
    if (Math.abs(x) > this.width / 2 || Math.abs(y) > this.height / 2) return null;
    const cell = this.places.findIndex(
      (one) => one.cell.click && x >= one.left && x < one.right && y <= one.top && y > one.bottom,
    );
    const { left = 0, right = 1 } = this.places[cell] ?? {};
    return { distance, cell, share: (x - left) / (right - left), before: distance };
  }

  /** Marks cells as pointed to. */
  point(cells: ReadonlySet<number>): void {
    const same = cells.size === this.marked.size && [...cells].every((one) => this.marked.has(one));
    if (same) return;
    this.marked = new Set(cells);
    this.dirty = true;
  }

  click({ cell, share }: OnPanel): void {
    this.places[cell]?.cell.click?.(share);
  }

  solids(): Solid[] {
    const { frame } = this;
    if (!frame || !this.visible) return [];
    const plate = (x: number, y: number, z: number, w: number, h: number, colour: string): Solid =>
      box({ ...frame, origin: pointOf(frame, x, y, z) }, [w, h, 0.002], colour, 0);
    const all = [
      plate(0, 0, -0.006, this.width + 0.003, this.height + 0.003, EDGE),
      plate(0, 0, -0.005, this.width, this.height, GLASS),
    ];
    this.places.forEach((place, i) => {
      const [w, h] = [place.right - place.left, place.top - place.bottom];
      const [x, y] = [(place.left + place.right) / 2, (place.top + place.bottom) / 2];
      const { click, on, picture } = place.cell;
      const colour = on ? COLOUR.accent : this.marked.has(i) ? POINTED : BUTTON;
      if (click && !picture) all.push(plate(x, y, -0.002, w, h - 0.004, colour));
      if (picture) all.push(...picture({ ...frame, origin: pointOf(frame, x, y) }, w, h));
    });
    return all;
  }

  lines(): Line[] {
    const { frame } = this;
    if (!frame || !this.visible) return [];
    return this.places.filter(({ cell }) => cell.spans.length > 0).map((place): Line => {
      const { cell, left, right, top, bottom, size } = place;
      const centred = cell.align === "centre";
      const x = centred ? (left + right) / 2 : left + (cell.click ? PAD_M : 0);
      const ink = (span: Span): Span => ({ ...span, colour: COLOUR.ink });
      return {
        spans: cell.on ? cell.spans.map(ink) : cell.spans,
        frame: { ...frame, origin: pointOf(frame, x, (top + bottom) / 2, BEFORE_M) },
        cap_m: CAP_M * size, align: centred ? "centre" : "left", fog: 0, farthest: 0,
        seen: "always",
      };
    });
  }

  private lay(): void {
    const width = (cell: Cell, size: number): number =>
      this.measure(cell.spans, CAP_M * size) + (cell.click ? 2 * PAD_M : 0);
    const wide = this.rows.map(({ cells, size }) => {
      const each = Math.max(0, ...cells.map((cell) => width(cell, size)));
      return cells.length * each + GAP_M * (cells.length - 1);
    });
    this.width = Math.max(this.least, ...wide.map((one) => one + 2 * MARGIN_M));
    const heights = this.rows.map(({ size, high }) => high ?? ROW_M * size);
    this.height = 2 * MARGIN_M + heights.reduce((sum, one) => sum + one, 0);
    this.places = [];
    const inner = this.width - 2 * MARGIN_M;
    let top = this.height / 2 - MARGIN_M;
    this.rows.forEach(({ cells, size }, i) => {
      const each = (inner - GAP_M * (cells.length - 1)) / cells.length;
      cells.forEach((cell, k) => {
        const left = MARGIN_M - this.width / 2 + k * (each + GAP_M);
        const bottom = top - heights[i]!;
        this.places.push({ cell, size, left, right: left + each, top, bottom });
      });
      top -= heights[i]!;
    });
  }
}

export const textOf = ({ spans }: Cell): string => spans.map(({ text }) => text).join("");

const near = (a: Vec3, b: Vec3): boolean => a.every((part, i) => Math.abs(part - b[i]!) < 1e-4);

const of = (text: string, colour: string, weight: number): Span => ({ text, colour, weight });

export const title = (text: string): Row =>
  ({ cells: [{ spans: [of(text, COLOUR.text, 600)] }], size: 1.25 });

export const plain = (text: string, colour: string = COLOUR.second): Row =>
  ({ cells: [{ spans: [of(text, colour, 400)] }], size: 1 });

export const button = (text: string, click: () => void, on = false): Cell =>
  ({ spans: [of(text, COLOUR.text, 500)], click, on, align: "centre" });

export const buttons = (...cells: Cell[]): Row => ({ cells, size: 1, high: 0.038 });

/** A name and what it is now; a click changes it. */
export const field = (name: string, value: string, click?: () => void): Row => {
  const spans = [of(`${name}   `, COLOUR.second, 400), of(value, COLOUR.text, 500)];
  return { cells: [click ? { spans, click } : { spans }], size: 1, high: 0.034 };
};
