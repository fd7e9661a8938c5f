/** The panel with the ten most confident classes; a click on one finds it on the last wall. */

import { percentText } from "../app/names";
import type { Store } from "../app/store";
import type { Score } from "../generated/protocol";
import { h, put } from "./dom";

export class PredictionPanel {
  readonly element = h("section", { class: "panel glass prediction", "aria-label": "Prediction" });
  private open = false;

  constructor(
    private readonly store: Store,
    private readonly choose: (score: Score) => void,
  ) {
    store.on(["prediction", "run"], () => this.update());
    this.update();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(open = !this.open): void {
    this.open = open;
    this.update();
  }

  private update(): void {
    const { prediction, predictionRun, run, network } = this.store;
    this.element.hidden = !this.open || !network;
    if (this.element.hidden) return;
    const fresh = predictionRun === run?.id;
    put(
      this.element,
      h(
        "div",
        { class: "row" },
        h("span", {}, "The network sees"),
        h("span", { class: "dim" }, run?.name),
      ),
      ...(prediction.length ? this.list(prediction, fresh) : [h("p", {}, "No classes to tell")]),
    );
  }

  private list(scores: readonly Score[], fresh: boolean): HTMLElement[] {
    const items = scores.map((score) => {
      const bar = h("i", { class: "bar" });
      bar.style.setProperty("--share", String(score.confidence));
      const click = { click: () => this.choose(score) };
      const number = h("span", { class: "number" }, percentText(score.confidence));
      return h(
        "li",
        {},
        h("button", { type: "button", on: click }, h("span", {}, score.name), number, bar),
      );
    });
    return [h("ol", { class: fresh ? "" : "old" }, ...items)];
  }
}
