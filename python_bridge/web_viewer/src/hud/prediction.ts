/** The panel with the ten most confident classes; a click on one finds it on the last wall. */

import { doubtText, middleText, percentText, predictionTitle } from "../app/names";
import { NOTHING_YET, type Store } from "../app/store";
import type { Score } from "../generated/protocol";
import { breakable, h, put } from "./dom";
import type { Situation } from "./hint";

const LONGEST_NAME = 18;
/** Where it would stand before what the visitor looks at: the shelf, and the board. */
const COVERED: readonly Situation[] = ["start", "end"];

export class PredictionPanel {
  readonly element = h("section", { class: "panel glass prediction", "aria-label": "Prediction" });
  private open = false;
  /** What is written here, to be compared by identity. */
  private written: unknown[] = [];
  /** The visitor closed it: it does not open by itself any more. */
  declined = false;
  /** The visitor opened it. */
  private chosen = false;

  constructor(
    private readonly store: Store,
    private readonly goTo: (score: Score) => void,
    private readonly opened: () => void,
  ) {
    store.on(["prediction", "run"], () => this.update());
    this.update();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(open = !this.open): void {
    this.open = open;
    this.chosen = false;
    this.update();
    if (open) this.opened();
  }

  /** Opens or closes it as the visitor asks, and keeps to that. */
  choose(open = !this.open): void {
    this.declined = !open;
    this.toggle(open);
    this.chosen = open;
  }

  /** Opens unless the visitor closed it before, or it would stand before what they look at. */
  offer(situation: Situation): void {
    if (!COVERED.includes(situation) && !this.declined) this.toggle(true);
  }

  /** To be called on arriving somewhere. The board says the same as a panel that was asked for. */
  makeWay(situation: Situation): void {
    const covers = COVERED.includes(situation) && !this.chosen;
    if (covers || situation === "end") this.toggle(false);
  }

  private update(): void {
    const { prediction, predicted, run, network, unsaid } = this.store;
    this.element.hidden = !this.open || !network;
    if (this.element.hidden) return;
    const now = [prediction, predicted, run?.name, unsaid, network];
    if (now.every((part, index) => part === this.written[index])) return; // keeps focus and clicks
    this.written = now;
    put(
      this.element,
      h(
        "div",
        { class: "row" },
        h("span", {}, predictionTitle(prediction.length, unsaid || NOTHING_YET)),
        h("span", { class: "dim", title: run?.name }, middleText(run?.name ?? "", LONGEST_NAME)),
      ),
      ...(prediction.length ? this.list(prediction, predicted) : [h("p", {}, ...breakable(unsaid || NOTHING_YET))]),
    );
  }

  private list(scores: readonly Score[], fresh: boolean): HTMLElement[] {
    const doubt = doubtText(this.store.network?.weights ?? "");
    const items = scores.map((score) => {
      const bar = h("i", { class: "bar" });
      bar.style.setProperty("--share", String(score.confidence));
      const click = { click: () => this.goTo(score) };
      const number = h("span", { class: "number" }, percentText(score.confidence));
      return h(
        "li",
        {},
        h("button", { type: "button", on: click }, h("span", {}, score.name), number, bar),
      );
    });
    return [
      ...(doubt ? [h("p", { class: "small doubt" }, doubt)] : []),
      h("ol", { class: fresh ? "" : "old" }, ...items),
    ];
  }
}
