/** H: what every key does, made from the tables that handle them. */

import { MOVE_HELP, type Command } from "../app/keys";
import { h, put } from "./dom";

export class Help {
  readonly element = h("dialog", { class: "help glass", "aria-label": "Help" });

  /** `leave`: gives the keys back to the room. */
  constructor(
    commands: readonly Command[],
    private readonly leave: () => void,
  ) {
    const groups = [...new Set(commands.map((command) => command.group))];
    const of = (group: string): readonly Pick<Command, "keys" | "help">[] => [
      ...(group === "Walk" ? MOVE_HELP : []),
      ...commands.filter((command) => command.group === group),
    ];
    const close = h(
      "button",
      { type: "button", class: "close", "aria-label": "Close help" },
      "Esc",
    );
    close.addEventListener("click", () => this.close());
    put(
      this.element,
      h("header", {}, h("h1", {}, "Walking through a network"), close),
      h("div", { class: "columns" }, ...groups.map((group) => section(group, of(group)))),
      h("p", { class: "dim" }, "Drop, paste or pick an image to send it through the network."),
    );
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.close();
    });
    // While it is open no key means anything else. It closes at once: the next key may follow soon.
    this.element.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.code !== "KeyH" && event.code !== "Escape" && event.key !== "?") return;
      event.preventDefault();
      this.close();
    });
  }

  get isOpen(): boolean {
    return this.element.open;
  }

  toggle(): void {
    if (this.element.open) this.close();
    else this.element.showModal();
  }

  close(): void {
    if (!this.element.open) return;
    this.element.close();
    this.leave();
  }
}

function section(name: string, entries: readonly Pick<Command, "keys" | "help">[]): HTMLElement {
  const items = entries.flatMap(({ keys, help }) => [h("dt", {}, keys), h("dd", {}, help)]);
  return h("section", { "data-group": name }, h("h2", {}, name), h("dl", {}, ...items));
}
