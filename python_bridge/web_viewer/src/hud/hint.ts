/** Bottom right: one line that says what can be done here. */

import { h, put } from "./dom";

export type Situation =
  "start" | "aisle" | "wall" | "lifted" | "closed" | "over" | "end" | "loading" | "arranging" | "carrying";

type Hints = readonly (readonly [keys: string, text: string])[];

/** The first ones matter most: on a small page others have no room. */
const HINTS: Record<Exclude<Situation, "end">, Hints> = {
  loading: [["H", "help"]],
  start: [
    ["W A S D", "walk"],
    ["click", "a wall to stand before it"],
    ["drag", "look"],
    ["O", "overview"],
  ],
  aisle: [
    ["click", "a wall to stand before it"],
    ["[ ]", "next block"],
    ["O", "overview"],
    ["H", "help"],
  ],
  wall: [
    ["click", "a tile to lift it"],
    ["[ ]", "next layer"],
    ["N", "scale"],
    ["Esc", "back"],
  ],
  lifted: [
    ["Esc", "put the tile back"],
    ["← →", "next channel"],
    ["[ ]", "next layer"],
  ],
  closed: [
    ["double-click", "or"],
    ["Enter", "open the block"],
    ["Shift + Enter", "open all"],
    ["[ ]", "next layer"],
    ["Esc", "back"],
  ],
  arranging: [
    ["drag", "it; sides turn, corners size it"],
    ["Shift", "up, down"],
    ["R", "put it back"],
    ["M", "done"],
  ],
  carrying: [
    ["W A S D", "walk"],
    ["U", "let go of the image, in the frame near by"],
    ["Esc", "put it back"],
  ],
  over: [
    ["click", "a wall to go there"],
    ["O", "back to the floor"],
  ],
};

/** At the board; `pictures` are those that a digit places. */
function atEnd(pictures: number): Hints {
  const several = [`1–${pictures}`, "another picture"] as const;
  const one = ["1", "the picture"] as const;
  const digits = pictures > 1 ? [several] : pictures === 1 ? [one] : [];
  return [["Home", "back to the start"], ...digits, ["O", "overview"]];
}

export class Hint {
  readonly element = h("div", { class: "chip glass hint" });
  private shown = "";

  /** `pictures`: how many of the shelf a digit places here. */
  update(situation: Situation, pictures: number): void {
    const key = `${situation} ${pictures}`;
    if (key === this.shown) return;
    this.shown = key;
    const hints = situation === "end" ? atEnd(pictures) : HINTS[situation];
    const parts = hints.map(([keys, text]) =>
      h("span", {}, h("b", {}, keys), ` ${text}`),
    );
    put(this.element, ...parts);
  }
}
