/** The transport bar of live input: play, step, where it is, how old, how fast. */

import type { LiveInput } from "../app/live";
import type { Store } from "../app/store";
import { h, put } from "./dom";
import { icon } from "./icons";

/** Its height with the gap below it, as in live.css. */
export const BAR_PX = 50;

const RATES = [0.2, 0.5, 1, 2, 5, 10, 15, 25, 30, 60];

export class LiveBar {
  readonly element: HTMLElement;
  private readonly play = this.button("play", () => this.live.toggle());
  private readonly back = this.button("back", () => this.live.step(-1));
  private readonly on = this.button("on", () => this.live.step(1));
  private readonly loop = this.button("loop", () =>
    this.live.setLoop(!(this.live.state?.loop ?? true)),
  );
  private readonly close = this.button("close", () => this.live.end());
  private readonly scrub = h("input", { type: "range", min: "0", "aria-label": "Frame" });
  private readonly count = h("span", { class: "count" });
  private readonly name = h("span", { class: "name" });
  private readonly age = h("span", { class: "age" });
  private readonly rate = h("select", { "aria-label": "Images a second" });
  private scrubbing = false;
  private rates = "";

  constructor(
    store: Store,
    private readonly live: LiveInput,
    /** Whoever used the pointer goes on with the keys of the room. */
    private readonly leave: () => void,
    private readonly shown: (shown: boolean) => void,
  ) {
    label(this.back, "Step back", ",");
    label(this.on, "Step forward", ".");
    label(this.close, "End live input");
    this.scrub.addEventListener("input", () => this.live.seek(Number(this.scrub.value)));
    this.scrub.addEventListener("pointerdown", () => (this.scrubbing = true));
    this.scrub.addEventListener("pointerup", () => this.released());
    this.scrub.addEventListener("pointercancel", () => this.released());
    this.rate.addEventListener("change", () => {
      this.live.setRate(Number(this.rate.value));
      this.leave();
    });
    const where = h("div", { class: "where" }, this.scrub, this.count);
    const what = h("div", { class: "what" }, this.name, this.age);
    this.element = h(
      "section",
      { class: "chip glass live", "aria-label": "Live input", hidden: true },
      h("div", { class: "keys" }, this.back, this.play, this.on),
      where,
      what,
      h("div", { class: "keys" }, this.loop, this.rate, this.close),
    );
    store.on(["live", "network", "run"], () => this.update());
  }

  /** To be called every frame: the picture on show grows older. */
  frame(): void {
    if (this.element.hidden) return;
    const age = this.live.ageS;
    say(this.age, this.live.state?.error ? "ended" : age === null ? this.standing() : old(age));
  }

  private update(): void {
    const { live } = this;
    const { source, state, onShow } = live;
    if (this.element.hidden === onShow) {
      this.element.hidden = !onShow;
      this.shown(onShow);
    }
    if (!onShow || !source) return;
    const playing = state?.playing ?? false;
    this.element.classList.toggle("failed", Boolean(state?.error));
    this.element.classList.toggle("endless", source.frames === 0);
    this.element.dataset["playing"] = String(playing);
    if (this.play.dataset["icon"] !== (playing ? "pause" : "play")) {
      this.play.dataset["icon"] = playing ? "pause" : "play";
      put(this.play, icon(playing ? "pause" : "play"));
    }
    label(this.play, playing ? "Pause" : live.ended ? "Play again" : "Play", "Space");
    this.loop.setAttribute("aria-pressed", String(state?.loop ?? true));
    label(this.loop, "Begin anew at the end");
    this.close.disabled = state === null;
    this.back.disabled = source.frames === 0;
    say(this.name, source.name);
    this.name.title = state?.error || source.name;
    this.updateWhere(source.frames);
    this.updateRates(source.rate_hz, state?.rate_hz ?? 0);
    this.frame();
  }

  private updateWhere(frames: number): void {
    const at = this.live.shown ?? this.live.state?.position ?? 0;
    this.scrub.max = String(Math.max(0, frames - 1));
    if (!this.scrubbing) this.scrub.value = String(at);
    const share = frames > 1 ? at / (frames - 1) : 0;
    this.scrub.style.setProperty("--share", `${(100 * share).toFixed(2)}%`);
    // As wide as it will ever be, so that nothing beside it moves.
    this.count.style.minWidth = `${2 * String(frames).length + 2}ch`;
    say(this.count, frames > 0 ? `${at + 1} / ${frames}` : "");
  }

  /** The first one is the source's own, whatever it is. */
  private updateRates(own: number, chosen: number): void {
    const rates = new Set([0, ...RATES, chosen]);
    if (own > 0) rates.delete(own);
    const key = `${own} ${[...rates].join()}`;
    if (key !== this.rates) {
      this.rates = key;
      const words = (rate: number): string =>
        rate || own ? `${number(rate || own)} / s` : "as it comes";
      put(this.rate, ...[...rates].map((rate) => h("option", { value: rate }, words(rate))));
      this.rate.title = own > 0 ? `Images a second; its own are ${number(own)}` : "Images a second";
    }
    if (document.activeElement !== this.rate) this.rate.value = String(chosen === own ? 0 : chosen);
  }

  /** What is said in the place of an age. */
  private standing(): string {
    const { state, shown } = this.live;
    if (!state) return "";
    if (state.playing) return "waiting";
    if (this.live.ended) return "ended";
    return shown === null ? "still image" : "paused";
  }

  private released(): void {
    this.scrubbing = false;
    this.leave();
  }

  private button(name: Parameters<typeof icon>[0], run: () => void): HTMLButtonElement {
    const button = h("button", { type: "button", "data-live": name }, icon(name));
    button.addEventListener("click", (event) => {
      run();
      if (event instanceof MouseEvent && event.detail > 0) this.leave();
    });
    return button;
  }
}

function label(button: HTMLElement, text: string, key = ""): void {
  button.title = key ? `${text} (${key})` : text;
  button.setAttribute("aria-label", text);
}

/** Texts change many times a second: the page is touched only where one is another. */
function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function old(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(1)} s old` : `${Math.round(seconds)} s old`;
}

function number(value: number): string {
  return String(Math.round(100 * value) / 100);
}
