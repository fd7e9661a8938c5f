/** Bottom right: one line that says what can be done here. */

import { h, put } from "./dom";

export type Situation =
  "start" | "aisle" | "wall" | "lifted" | "closed" | "over" | "end" | "loading";

const HINTS: Record<Situation, readonly (readonly [keys: string, text: string])[]> = {
  loading: [["H", "help"]],
  start: [
    ["W A S D", "walk"],
    ["drag", "look"],
    ["click", "a wall to stand before it"],
    ["O", "overview"],
  ],
  aisle: [
    ["[ ]", "previous, next block"],
    ["click", "a wall to stand before it"],
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
    ["[ ]", "next layer"],
    ["Esc", "back"],
  ],
  over: [
    ["click", "a wall to go there"],
    ["O", "back to the floor"],
  ],
  end: [
    ["Home", "back to the photograph"],
    ["1–6", "another photograph"],
    ["K", "top ten"],
  ],
};

export class Hint {
  readonly element = h("div", { class: "chip glass hint" });
  private shown: Situation | null = null;

  update(situation: Situation): void {
    if (situation === this.shown) return;
    this.shown = situation;
    const parts = HINTS[situation].map(([keys, text]) =>
      h("span", {}, h("b", {}, keys), ` ${text}`),
    );
    put(this.element, ...parts);
  }
}
