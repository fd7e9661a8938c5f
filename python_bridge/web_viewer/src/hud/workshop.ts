/** J: above the shelf, where noise and blends are made. What is made is placed at once. */

import { type Making, MOST_SEED, type NoiseKind, NOISES } from "../app/making";
import type { Store } from "../app/store";
import { h, put, row } from "./dom";

/** What the network takes as noise is often weaker than black and white. */
const USUAL_AMPLITUDE = 0.5;
const USUAL_ALPHA = 0.5;

export class Workshop {
  readonly element = h("section", {
    class: "workshop glass",
    "aria-label": "Make an image",
    hidden: true,
  });
  private readonly kind = h(
    "select",
    { "aria-label": "Kind of noise" },
    ...NOISES.map((kind) => h("option", { value: kind }, kind)),
  );
  private readonly seed = h("input", {
    type: "number", min: 0, max: MOST_SEED, step: 1, value: 0, "aria-label": "Seed",
  });
  private readonly amplitude = slider("Amplitude", USUAL_AMPLITUDE);
  private readonly first = h("select", { "aria-label": "First image" });
  private readonly second = h("select", { "aria-label": "Second image" });
  private readonly alpha = slider("Share of the second image", USUAL_ALPHA);
  private shown = "";

  constructor(
    private readonly store: Store,
    private readonly making: Making,
    leave: () => void,
  ) {
    const noise = form("Noise", () => this.noise(), "Place noise", [
      row("Kind", this.kind), row("Seed", this.seed), row("Amplitude", this.amplitude.element),
    ]);
    const blend = form("Blend", () => this.blend(), "Place blend", [
      row("First", this.first), row("Second", this.second), row("Second’s share", this.alpha.element),
    ]);
    put(this.element, noise, blend);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.toggle(false);
      leave();
    });
    store.on(["pictures", "run", "network"], () => this.update());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(open = this.element.hidden): void {
    this.element.hidden = !open;
    this.update();
    if (open) this.kind.focus();
  }

  private update(): void {
    if (this.element.hidden) return;
    const key = JSON.stringify(this.store.shelf.map(({ id, name }) => [id, name]));
    if (key === this.shown) return; // a list that is open would close
    this.shown = key;
    const { shelf, run } = this.store;
    const [first, second] = [this.first.value, this.second.value];
    for (const select of [this.first, this.second]) {
      put(select, ...shelf.map(({ id, name }) => h("option", { value: id, title: name }, name)));
    }
    const other = shelf.find(({ id }) => id !== run?.picture)?.id;
    const there = (id: string | undefined): string => (shelf.some((one) => one.id === id) ? (id ?? "") : "");
    this.first.value = there(first) || there(run?.picture) || shelf[0]?.id || "";
    this.second.value = there(second) || other || "";
  }

  private noise(): void {
    const seed = Math.trunc(Number(this.seed.value));
    if (!this.seed.reportValidity()) return;
    const kind = this.kind.value as NoiseKind;
    void this.making.noise({ kind, seed, amplitude: this.amplitude.value });
  }

  private blend(): void {
    void this.making.blend(this.first.value, this.second.value, this.alpha.value);
  }
}

interface Slider {
  element: HTMLElement;
  readonly value: number;
}

/** From 0 to 1, with its value beside it. */
function slider(label: string, value: number): Slider {
  const input = h("input", { type: "range", min: 0, max: 1, step: 0.05, value, "aria-label": label });
  const said = h("span", { class: "above" }, percent(value));
  input.addEventListener("input", () => put(said, percent(Number(input.value))));
  return {
    element: h("span", { class: "slider" }, input, said),
    get value() {
      return Number(input.value);
    },
  };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function form(title: string, run: () => void, does: string, rows: HTMLElement[]): HTMLElement {
  const button = h("button", { type: "submit", class: "wide" }, does);
  const element = h("form", { class: "controls", "aria-label": title }, h("div", { class: "dim head" }, title), ...rows, button);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  return element;
}
