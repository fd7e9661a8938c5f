/** In the empty sky: what there is not, and the ways back. */

import { h } from "./dom";

interface Ways {
  toWall(): void;
  toOverview(): void;
}

export class AstrayNote {
  readonly element: HTMLElement;
  private away = false;

  constructor(ways: Ways) {
    this.element = h(
      "div",
      { class: "astray glass", role: "status", hidden: true },
      h("span", {}, "Nothing here"),
      way("B", "back to the last wall", () => ways.toWall()),
      way("O", "the whole network", () => ways.toOverview()),
    );
  }

  /** To be called every frame. Who put it away is not told again before they saw the room. */
  update(astray: boolean): void {
    if (!astray) this.away = false;
    const hidden = !astray || this.away;
    if (this.element.hidden !== hidden) this.element.hidden = hidden;
  }

  /** Puts it away; false if it was not there. */
  dismiss(): boolean {
    if (this.element.hidden) return false;
    this.away = this.element.hidden = true;
    return true;
  }
}

function way(key: string, text: string, go: () => void): HTMLElement {
  const on = { click: go };
  return h("button", { type: "button", on }, h("kbd", {}, key), ` ${text}`);
}
