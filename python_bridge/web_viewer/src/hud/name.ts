/** Top left: name of the software, of the network, how much has lit up, what the network sees. */

import { doubtText, percentText } from "../app/names";
import type { Store } from "../app/store";
import { h, put } from "./dom";

export class NameChip {
  readonly element = h("div", { class: "chip glass name", role: "status" });
  private readonly text = h("span", { class: "dim" });
  private readonly guess = h("button", {
    class: "guess",
    type: "button",
    title: "What the network sees (K)",
    hidden: true,
  });

  constructor(
    private readonly store: Store,
    openPrediction: () => void,
  ) {
    this.guess.addEventListener("click", openPrediction);
    put(this.element, h("b", {}, "layerwalk"), this.text, this.guess);
    store.on(["network", "run", "room", "progress"], () => this.update());
    store.on(["prediction", "run"], () => this.updateGuess());
    this.update();
  }

  private update(): void {
    const { network, run } = this.store;
    if (!network) {
      this.text.textContent = "";
      return;
    }
    const layers = network.network.nodes.filter((node) => node.shown).length;
    // Of what plays, each image is lit for a moment only.
    const arrived = run && !run.live && !run.complete && !run.failure ? ` · ${run.layers.size} lit` : "";
    const recorded = this.store.recorded ? " · recording" : "";
    this.text.textContent = `${network.title} · ${layers} layers${recorded}${arrived}`;
    this.element.title = [network.weights, network.preprocess, network.warning]
      .filter(Boolean)
      .join("\n");
  }

  private updateGuess(): void {
    const { prediction, predicted } = this.store;
    const [best] = prediction;
    this.guess.hidden = !best || !predicted;
    if (!best) return;
    const doubt = doubtText(this.store.network?.weights ?? "");
    this.guess.title = doubt || "What the network sees (K)";
    put(
      this.guess,
      best.name,
      h("em", { class: doubt ? "doubt" : "" }, percentText(best.confidence)),
      doubt ? h("span", { class: "doubt" }, " random weights") : null,
    );
  }
}
