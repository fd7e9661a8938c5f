/** Z: the session's bookmarks, as the stops of a tour; and what is to be read at a stop. */

import { MOST_NAME, MOST_NOTE, type Stop, type Tour } from "../app/tour";
import { h, put } from "./dom";
import { icon } from "./icons";

export class TourPanel {
  readonly element = h("section", { class: "tour glass", "aria-label": "Tour", hidden: true });
  private readonly list = h("ol");
  private readonly play: HTMLButtonElement;
  private readonly keep: HTMLButtonElement;
  /** The stop that is being rewritten, "" for none. */
  private rewritten = "";

  constructor(
    private readonly tour: Tour,
    /** The address of a link, for others. */
    private readonly share: (link: string) => void,
    save: () => void,
    private readonly leave: () => void,
  ) {
    this.play = button("", "Play the tour (Shift Z)", () => this.tour.toggle());
    this.keep = button("Bookmark this place", "Keep what you see (Shift B)", () => void this.add());
    const close = button("Esc", "Close", () => this.toggle(false));
    close.className = "close";
    put(
      this.element,
      h("header", {}, h("h1", {}, "Tour"), this.play, close),
      this.list,
      h(
        "footer", {},
        this.keep,
        button("Save", "Save as a file, for layerwalk render", save),
      ),
    );
    this.element.addEventListener("keydown", (event) => this.key(event));
    tour.onChange(() => this.update());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(open = this.element.hidden): void {
    this.element.hidden = !open;
    this.rewritten = "";
    if (!open) return this.leave();
    this.update();
    this.focusFirst();
  }

  /** What cannot be used cannot have the keys. */
  private focusFirst(): void {
    (this.play.disabled ? this.keep : this.play).focus({ preventScroll: true });
  }

  /** Keeps this place, and lets it be named. */
  async add(): Promise<void> {
    const name = await this.tour.add();
    if (name === null || !this.isOpen) return;
    this.rewrite(name);
  }

  private update(): void {
    if (this.element.hidden) return;
    const { stops, playing } = this.tour;
    put(this.play, icon(playing ? "pause" : "play"), playing ? "Pause" : "Play");
    this.play.disabled = stops.length === 0;
    if (this.rewritten && stops.some(({ name }) => name === this.rewritten)) {
      if (this.list.querySelector("form")) return; // what is being written stays
    } else this.rewritten = "";
    const focused = focusOf(this.list);
    const none = h("p", { class: "dim" }, "No bookmarks yet. Go somewhere and keep what you see: Shift B.");
    const items = stops.map((stop, index) => this.item(stop, index, stops.length));
    put(this.list, ...(items.length > 0 ? items : [none]));
    if (!focused) return;
    const again = this.list.querySelector<HTMLButtonElement>(focused);
    if (again && !again.disabled) again.focus();
    else this.focusFirst(); // it was removed, or has come to an end of the list
  }

  private item(stop: Stop, index: number, count: number): HTMLElement {
    if (stop.name === this.rewritten) return this.form(stop);
    const { name, note } = stop;
    const go = h(
      "button", { type: "button", class: "stop", "data-of": `go ${name}`, title: note || name },
      h("b", {}, name), note ? h("span", { class: "dim" }, note) : null,
    );
    go.addEventListener("click", () => {
      this.tour.pause();
      this.tour.go(index);
    });
    const tool = (sign: Parameters<typeof icon>[0], what: string, run: () => void, off = false): HTMLElement => {
      const attributes = { type: "button", "data-of": `${sign} ${name}`, title: what, disabled: off };
      const one = h("button", { ...attributes, "aria-label": `${what}: ${name}` }, icon(sign));
      one.addEventListener("click", run);
      return one;
    };
    return h(
      "li", { "aria-current": this.tour.at === index ? "step" : null },
      go,
      h(
        "div", { class: "tools" },
        tool("up", "Earlier", () => void this.tour.move(name, -1), index === 0),
        tool("down", "Later", () => void this.tour.move(name, 1), index === count - 1),
        tool("pen", "Name and note", () => this.rewrite(name)),
        tool("share", "Copy a link", () => this.share(stop.link)),
        tool("close", "Remove", () => void this.tour.remove(name)),
      ),
    );
  }

  private rewrite(name: string): void {
    this.rewritten = "";
    put(this.list);
    this.rewritten = name;
    this.update();
    this.list.querySelector<HTMLInputElement>("input")?.select();
  }

  private form(stop: Stop): HTMLElement {
    const name = h("input", { value: stop.name, maxlength: MOST_NAME, "aria-label": "Name", required: true });
    const note = h("textarea", {
      rows: 3, maxlength: MOST_NOTE, "aria-label": "Note", placeholder: "What is there to see?",
    }, stop.note);
    const form = h(
      "form", {}, name, note,
      h("div", { class: "tools" }, h("button", { type: "submit" }, "Keep"),
        button("Cancel", "As it was", () => this.rewrite(""))),
    );
    const keep = async (): Promise<void> => {
      const kept = await this.tour.rewrite(stop.name, { name: name.value, note: note.value });
      if (!kept) return name.focus();
      this.rewrite("");
      this.list.querySelector<HTMLElement>(".stop")?.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void keep();
    });
    note.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void keep();
    });
    return h("li", {}, form);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (this.rewritten) this.rewrite("");
    else this.toggle(false);
  }
}

/** What is to be read at a stop, at the foot of the page. */
export class TourNote {
  readonly element = h("section", { class: "tournote glass", "aria-label": "Stop of the tour", hidden: true });

  constructor(private readonly tour: Tour) {
    tour.onChange(() => this.update());
  }

  private update(): void {
    const { tour } = this;
    const { stop, stops } = tour;
    this.element.hidden = stop === null;
    if (!stop) return;
    const place = `${(tour.at ?? 0) + 1} / ${stops.length}`;
    put(
      this.element,
      h("header", {}, h("b", {}, stop.name), h("span", { class: "dim" }, place)),
      stop.note ? h("p", {}, stop.note) : null,
      h(
        "div", { class: "tools" },
        signed("back", "Stop before", () => tour.step(-1)),
        signed(tour.playing ? "pause" : "play", tour.playing ? "Pause" : "Play", () => tour.toggle()),
        signed("on", "Next stop", () => tour.step(1)),
        signed("close", "End the tour", () => tour.leave()),
      ),
    );
  }
}

function button(text: string, title: string, run: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", title }, text);
  element.addEventListener("click", run);
  return element;
}

function signed(sign: Parameters<typeof icon>[0], title: string, run: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", title, "aria-label": title }, icon(sign));
  element.addEventListener("click", run);
  return element;
}

/** A selector of what has the keys in there, to find it again when it was made anew. */
function focusOf(list: HTMLElement): string {
  const { activeElement } = document;
  const of = list.contains(activeElement) ? (activeElement as HTMLElement).dataset["of"] : undefined;
  return of === undefined ? "" : `[data-of="${CSS.escape(of)}"]`;
}
