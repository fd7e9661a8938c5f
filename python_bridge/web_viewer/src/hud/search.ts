/** Top right: search by name, kind, channel or class, with the results below. */

import type { Finding, SearchIndex } from "../app/search";
import { breakable, h, put } from "./dom";

export class SearchBox {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list = h("ul", { class: "results glass", role: "listbox", id: "results" });
  private findings: Finding[] = [];
  private active = 0;

  constructor(
    private readonly index: SearchIndex,
    private readonly go: (finding: Finding) => void,
    private readonly leave: () => void,
  ) {
    this.input = h("input", {
      type: "text",
      placeholder: "Find a layer or channel",
      "aria-label": "Find a layer or channel",
      role: "combobox",
      "aria-controls": "results",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.list.hidden = true;
    const box = h("label", { class: "chip glass search" }, lens(), this.input, h("kbd", {}, "/"));
    this.element = h("div", { class: "searching" }, box, this.list);
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("focus", () => this.update());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusout", (event) => this.left(event));
  }

  open(): void {
    this.input.focus();
    this.input.select();
  }

  close(): void {
    this.input.value = "";
    this.input.blur();
    this.hide();
    this.leave();
  }

  private update(): void {
    this.findings = this.index.find(this.input.value);
    this.active = 0;
    const asked = this.input.value.trim() !== "";
    const nothing = h("li", { class: "none dim" }, "No layer, kind or class of that name");
    const items = this.findings.map((finding, index) => this.item(finding, index));
    put(this.list, ...(items.length || !asked ? items : [nothing]));
    this.list.hidden = !asked;
    this.input.setAttribute("aria-expanded", String(asked));
    this.mark();
  }

  private item(finding: Finding, index: number): HTMLElement {
    return h(
      "li",
      {
        role: "option",
        id: `result-${index}`,
        on: {
          pointerdown: (event) => {
            event.preventDefault();
            this.choose(index);
          },
        },
      },
      h("span", {}, ...breakable(finding.title)),
      h("span", { class: "dim" }, finding.detail),
    );
  }

  private key(event: KeyboardEvent): void {
    const count = this.findings.length;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter") this.choose(this.active);
    else if (event.key === "ArrowDown") this.active = Math.min(count - 1, this.active + 1);
    else if (event.key === "ArrowUp") this.active = Math.max(0, this.active - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.mark();
  }

  private mark(): void {
    [...this.list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === this.active));
      if (index === this.active) item.scrollIntoView({ block: "nearest" });
    });
    this.input.setAttribute("aria-activedescendant", `result-${this.active}`);
  }

  private choose(index: number): void {
    const finding = this.findings[index];
    if (!finding) return;
    this.close();
    this.go(finding);
  }

  private left(event: FocusEvent): void {
    if (!this.element.contains(event.relatedTarget as Node | null)) this.hide();
  }

  private hide(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}

function lens(): SVGSVGElement {
  const name = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(name, "svg");
  svg.setAttribute("viewBox", "0 0 15 15");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(name, "path");
  path.setAttribute("d", "M1.7 6.3a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0-9.2 0M9.8 9.8 13.6 13.6");
  svg.append(path);
  return svg;
}
