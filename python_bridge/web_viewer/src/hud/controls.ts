/** How a layer is seen: its colours, and the order of its channels. What stands here stays. */

import type { Colouring } from "../app/colouring";
import type { Laying } from "../app/laying";
import { TILE_GAPS } from "../app/layouts";
import type { Ordered, Ordering } from "../app/ordering";
import type { Store } from "../app/store";
import { COLOUR_MAPS, colourMapOf } from "../scene/colourmaps";
import { h, put } from "./dom";

/** How many of the strongest channels can be asked for. */
const STRONGEST = [1, 4, 9, 16, 36, 64] as const;

export class Controls {
  readonly element = h("div", { class: "controls", role: "group", "aria-label": "View" });
  private readonly map = h(
    "select",
    { "aria-label": "Colour map", title: "Colours of values from zero (C)" },
    ...COLOUR_MAPS.map(({ map, title }) => h("option", { value: map }, title)),
  );
  private readonly threshold = h("input", {
    type: "range", min: 0, max: 1, step: 0.01, "aria-label": "Threshold",
    title: "Colours of so much of the scale, from zero on, are dimmed",
  });
  private readonly above = h("span", { class: "above" });
  private readonly range = h("select", { "aria-label": "Range of colours" },
    h("option", { value: "around" }, "around zero"),
    h("option", { value: "whole" }, "least to greatest"),
  );
  private readonly signed = row("Range", this.range);
  private readonly order = h("select", { "aria-label": "Order of channels" });
  private readonly strongest = h("select", { "aria-label": "Channels shown" });
  private readonly gaps = h("select", {
    "aria-label": "Gaps between tiles", title: "On all walls, for everybody",
  });
  private readonly channels = [row("Order", this.order), row("Channels", this.strongest), row("Gaps", this.gaps)];
  /** Who chose with the pointer goes on with the keys of the room. */
  private pointed = false;

  constructor(
    private readonly store: Store,
    private readonly colouring: Colouring,
    private readonly ordering: Ordering,
    private readonly laying: Laying,
    private readonly leave: () => void,
  ) {
    this.listen(this.map, (value) => {
      const map = colourMapOf(value);
      if (map) colouring.set({ map });
    });
    this.listen(this.range, (value) => colouring.set({ symmetric: value === "around" }));
    this.listen(this.order, (value) => this.sort(value));
    this.listen(this.strongest, (value) => {
      this.change({ strongest: value === "all" ? null : Number(value) });
    });
    this.listen(this.gaps, (value) => laying.gap(Number(value)));
    this.threshold.addEventListener("input", () => {
      colouring.set({ threshold: Number(this.threshold.value) });
    });
    // The pointer let go of it: its arrows are the room's again.
    this.threshold.addEventListener("pointerup", leave);
    const above = h("span", { class: "slider" }, this.threshold, this.above);
    this.element.append(row("Colours", this.map), row("Threshold", above), this.signed, ...this.channels);
  }

  update(): void {
    const { map, threshold, symmetric } = this.colouring.scheme;
    this.range.value = symmetric ? "around" : "whole";
    this.map.value = map;
    this.threshold.value = String(threshold);
    put(this.above, threshold > 0 ? `${Math.round(100 * threshold)} %` : "none");
    const { selection } = this.store;
    if (!selection) return;
    const { layer, tile } = selection;
    this.signed.hidden = !this.ordering.isSigned(layer);
    const channels = this.ordering.channels(layer);
    for (const element of this.channels) element.hidden = channels < 2;
    const { order, like, strongest } = this.ordering.of(layer);
    const now = order === "similarity" ? `like ${like}` : order;
    choices(this.order, ordersFor(order === "similarity" ? like : null, tile), now);
    const counts = STRONGEST.filter((count) => count < channels);
    const kept = counts.map((count): Choice => [String(count), `the strongest ${count}`]);
    const gap = this.laying.current?.tile_gap ?? 0;
    choices(this.gaps, gapChoices(gap), String(gap));
    choices(this.strongest, [["all", `all ${channels}`], ...kept], String(strongest ?? "all"));
  }

  private sort(value: string): void {
    const like = /^like (\d+)$/.exec(value)?.[1];
    if (like !== undefined) this.change({ order: "similarity", like: Number(like) });
    else if (value === "index" || value === "mean" || value === "maximum") {
      this.change({ order: value });
    }
  }

  private change(changes: Partial<Ordered>): void {
    const layer = this.store.selection?.layer;
    if (layer !== undefined) this.ordering.set(layer, changes);
  }

  private listen(select: HTMLSelectElement, chosen: (value: string) => void): void {
    select.addEventListener("pointerdown", () => (this.pointed = true));
    select.addEventListener("keydown", () => (this.pointed = false));
    select.addEventListener("change", () => {
      chosen(select.value);
      if (this.pointed) this.leave();
      this.pointed = false;
    });
  }
}

type Choice = readonly [value: string, text: string];

/** By what channels can be ordered; `like`: one that they are, `lifted`: one that they could be. */
function ordersFor(like: number | null, lifted: number | null): Choice[] {
  const channels = new Set([like, lifted].filter((one) => one !== null));
  return [
    ["index", "by index"],
    ["mean", "by mean"],
    ["maximum", "by maximum"],
    ...[...channels].map((one): Choice => [`like ${one}`, `like channel ${one}`]),
  ];
}

/** Those there are, and the one that somebody else chose with more care. */
function gapChoices(now: number): Choice[] {
  const known = TILE_GAPS.map(({ gap, title }): Choice => [String(gap), title]);
  const own = TILE_GAPS.some(({ gap }) => gap === now);
  return own ? known : [...known, [String(now), `${Math.round(100 * now)} %`]];
}

/** Only where they differ: a list that is open would close. */
function choices(select: HTMLSelectElement, wanted: readonly Choice[], value: string): void {
  const key = JSON.stringify(wanted);
  if (select.dataset["choices"] !== key) {
    select.dataset["choices"] = key;
    put(select, ...wanted.map(([one, text]) => h("option", { value: one }, text)));
  }
  select.value = value;
}

function row(label: string, control: HTMLElement): HTMLElement {
  return h("label", { class: "row" }, h("span", {}, label), control);
}
