/** Bottom left: the whole room on one strip, with the visitor on it. The room says what is drawn. */

import type { Mark, Room } from "../generated/protocol";
import { BAR_BESIDE, barBeside } from "../app/screen";
import { drawing, h } from "./dom";

const WIDTH = 620;
const NARROW = 860; // hud.css hides the hint below it
const HINT = 330;
const EDGE = 4;
const BASE = 41; // foot of the bars where they stand on one line
const MIDDLE = 23; // where they hang from both sides of it
const RULE = 45;
const HEIGHT = 61;
const SPARE = 3; // letters reach a little beyond the width that is measured
const OCTAVES = 9; // between the tallest bar and the least

type Context = CanvasRenderingContext2D;

export class MiniMap {
  readonly element: HTMLElement;
  private readonly canvas = h("canvas", { role: "img", "aria-label": "Map of the network" });
  private room: Room | null = null;
  private width = WIDTH;
  private most = 64;
  /** Bars hang from both sides of a line, and stay so whatever block is opened or closed. */
  private mirrored = false;
  private drawn = "";

  constructor(goToDepth: (z: number) => void) {
    this.element = h("div", { class: "chip glass map", title: "Click to go there" }, this.canvas);
    this.element.hidden = true; // without a room there is nothing on it
    this.canvas.addEventListener("click", (event) => goToDepth(this.depth(event.offsetX)));
    window.addEventListener("resize", () => this.fit());
    this.fit();
  }

  setRoom(room: Room): void {
    const another = this.room?.network !== room.network;
    const closed = room.marks.some(({ kind }) => kind === "closed");
    this.mirrored = branched(room) || (another ? closed : this.mirrored);
    this.room = room;
    this.element.hidden = false;
    this.most = Math.max(64, ...room.marks.map(({ size }) => size));
    this.fit();
  }

  /** Draws the map with the visitor at depth `z`, if they are not where it was drawn. */
  update(z: number): void {
    const { room } = this;
    if (!room) return;
    const at = this.x(z);
    const key = `${Math.round(at * 4)} ${this.width} ${room.revision}`;
    if (key === this.drawn) return;
    this.drawn = key;
    const context = drawing(this.canvas, this.width, HEIGHT);
    this.rooms(context, room);
    // Open blocks are grounds on which the bars of what is in them stand.
    const few = count(room, "opened") <= count(room, "closed"); // where most are open, none is told
    const told = room.marks.filter(({ kind }) => kind !== "opened" || few);
    for (const mark of told.sort((a, b) => ground(b) - ground(a))) this.mark(context, mark);
    visitor(context, Math.min(this.width - EDGE, Math.max(EDGE, at)));
  }

  /** To be called when there is more or less room for it. */
  fit(): void {
    const wide = window.innerWidth;
    const hint = wide > NARROW && wide <= 1100 ? HINT : 0;
    const beside = barBeside() ? BAR_BESIDE : hint;
    this.width = Math.min(WIDTH, Math.max(160, wide - 74 - beside));
    this.drawn = "";
  }

  private get ends(): [near: number, far: number] {
    const { way, start, end_m } = this.room ?? {};
    return [way?.[0]?.z_m ?? start?.position_m[2] ?? 0, end_m ?? -1];
  }

  private x(z: number): number {
    const [near, far] = this.ends;
    return EDGE + ((near - z) / Math.max(1, near - far)) * (this.width - 2 * EDGE);
  }

  private depth(x: number): number {
    const [near, far] = this.ends;
    const share = (x - EDGE) / (this.width - 2 * EDGE);
    return near - Math.min(1, Math.max(0, share)) * (near - far);
  }

  /** How tall a bar stands: its channels by logarithm, 1 for the most in the room. */
  private tall(mark: Mark): number {
    const share = 1 + Math.log2(Math.max(1, mark.size) / this.most) / OCTAVES;
    return Math.max(0.1, Math.min(1, share));
  }

  private rooms(context: Context, room: Room): void {
    const rooms = room.marks.filter((mark) => mark.kind === "room");
    context.font = '500 11px "Hanken Grotesk", sans-serif';
    let free = -Infinity;
    rooms.forEach((mark, index) => {
      const from = this.x(mark.near_m);
      const next = rooms[index + 1];
      const to = this.x(next ? next.near_m : room.end_m);
      context.fillStyle = "rgba(160,172,200,.28)";
      context.fillRect(from + 1, RULE, Math.max(1, to - from - 4), 1);
      const text = mark.text.split(" ")[0] ?? "";
      const wide = context.measureText(text).width;
      const at = Math.min(from + 1, this.width - wide - SPARE);
      if (at < free) return; // names of short rooms would cover each other
      context.fillStyle = "#9aa3b5";
      context.fillText(text, at, RULE + 13);
      free = at + wide + 6;
    });
  }

  private mark(context: Context, mark: Mark): void {
    const from = this.x(mark.near_m);
    const to = this.x(mark.far_m);
    if (mark.kind === "bar") bar(context, mark, from, this.tall(mark), this.mirrored);
    else if (mark.kind === "arc") arc(context, mark, from, to);
    else if (mark.kind === "fork") fork(context, from, to);
    else if (mark.kind === "rail") rail(context, from, to);
    else if (mark.kind === "closed") closed(context, this.tall(mark), from, to, this.mirrored);
    else if (mark.kind === "opened") opened(context, from, to);
  }
}

function ground(mark: Mark): number {
  return mark.kind === "opened" ? 1 : 0;
}

function count(room: Room, kind: Mark["kind"]): number {
  return room.marks.filter((mark) => mark.kind === kind).length;
}

function branched(room: Room): boolean {
  return room.marks.some((mark) => mark.side !== 0 || ["fork", "rail"].includes(mark.kind));
}

function bar(context: Context, mark: Mark, x: number, tall: number, mirrored: boolean): void {
  context.fillStyle = mark.colour || "rgba(225,222,214,.9)";
  if (!mirrored) {
    context.fillRect(x - 1.5, BASE - 30 * tall, 3, 30 * tall);
    return;
  }
  const half = 19 * tall;
  if (mark.side < 0) context.fillRect(x - 1.5, MIDDLE - 2.5 - half, 3, half);
  else if (mark.side > 0) context.fillRect(x - 1.5, MIDDLE + 2.5, 3, half);
  else context.fillRect(x - 1.5, MIDDLE - half, 3, 2 * half);
}

function arc(context: Context, mark: Mark, from: number, to: number): void {
  context.strokeStyle = context.fillStyle = mark.colour || "#5fd6c4";
  context.lineWidth = 1.25;
  context.beginPath();
  context.moveTo(from, 7);
  context.quadraticCurveTo((from + to) / 2, -1, to, 7);
  context.stroke();
  context.beginPath();
  context.arc(to, 7, 1.5, 0, 7);
  context.fill();
}

function fork(context: Context, from: number, to: number): void {
  context.strokeStyle = "rgba(243,230,207,.55)";
  context.lineWidth = 1;
  const bend = Math.min(4, (to - from) / 3);
  for (const side of [-1.5, 1.5]) {
    context.beginPath();
    context.moveTo(from, MIDDLE);
    context.lineTo(from + bend, MIDDLE + side);
    context.lineTo(to - bend, MIDDLE + side);
    context.lineTo(to, MIDDLE);
    context.stroke();
  }
}

function rail(context: Context, from: number, to: number): void {
  context.fillStyle = "#b7a2ff";
  context.beginPath();
  for (const [x, y] of [
    [from, 4],
    [to, 2],
    [to, 6.5],
    [from, 5],
  ] as const)
    context.lineTo(x, y);
  context.fill();
}

function closed(
  context: Context,
  tall: number,
  from: number,
  to: number,
  mirrored: boolean,
): void {
  const high = (mirrored ? 38 : 30) * tall;
  const foot = mirrored ? MIDDLE + high / 2 : BASE;
  context.fillStyle = "rgba(225,222,214,.9)";
  context.fillRect(from - 2, foot - high, 2.5, high);
  context.fillStyle = "#6d7690";
  const wide = Math.max(to - from, 8);
  for (let page = 1; page <= 6; page++) {
    const trim = mirrored ? 0.04 * high : 0;
    context.fillRect(from + (wide * page) / 6, foot - 0.96 * high, 0.8, 0.96 * high - trim);
  }
}

function opened(context: Context, from: number, to: number): void {
  context.fillStyle = "rgba(160,172,200,.12)";
  context.strokeStyle = "#8a93ab";
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(from, 3.5, to - from, 39, 3);
  context.fill();
  context.stroke();
}

function visitor(context: Context, x: number): void {
  context.fillStyle = "#ffe2b0";
  context.fillRect(x - 0.75, 3, 1.5, 41);
  context.beginPath();
  context.moveTo(x - 4, 0);
  context.lineTo(x + 4, 0);
  context.lineTo(x, 6);
  context.fill();
}
