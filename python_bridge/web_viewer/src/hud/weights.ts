/** Histograms of a layer's parameters, beside that of its activations. */

import { countText } from "../app/names";
import type { WeightSpread } from "../app/weights";
import { h } from "./dom";
import { drawHistogram } from "./ramp";

/** Weight and bias; who has more has them written in the facts. */
const MOST = 2;

/** For each of the first parameters its name and shape, and how its values are spread. */
export function weightHistograms(spreads: readonly WeightSpread[]): HTMLElement[] {
  return spreads.slice(0, MOST).map((spread) => {
    const { name, shape, low, high, counts, counted, not_finite } = spread;
    const canvas = h("canvas", { class: "histogram", role: "img", "aria-label": described(spread) });
    const cap = h("div", { class: "cap" }, h("b", {}, name), h("span", {}, shape.join(" × ")));
    const parts: HTMLElement[] = [cap];
    if (low < high) {
      drawHistogram(canvas, counts, [low, high]);
      parts.push(canvas);
    } else if (counted > not_finite) parts.push(h("div", { class: "dim" }, `all are ${low}`));
    if (not_finite > 0) {
      parts.push(h("div", { class: "warning" }, `${countText(not_finite)} are NaN or infinite`));
    }
    return h("div", { class: "weights" }, ...parts);
  });
}

function described({ name, low, high, counted }: WeightSpread): string {
  return `Histogram of ${name}: ${countText(counted)} values from ${low.toPrecision(3)} to ${high.toPrecision(3)}`;
}
