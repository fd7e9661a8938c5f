/** Shift + P: a picture of what is seen, or of all around, at any size, as a file. */

import type { Picture } from "../picture/taking";
import { h, put } from "./dom";

/** Width and height in pixels; the first is the page's own. */
const SIZES = [[0, 0], [1920, 1080], [3840, 2160], [7680, 4320]] as const;
/** Widths of panoramas. */
const WIDTHS = [4096, 8192, 2048] as const;
const SAMPLES = 4;

type Wanted = Pick<Picture, "width" | "height" | "transparent" | "panorama">;

export class PicturePanel {
  readonly element = h("section", { class: "picture glass", "aria-label": "Picture", hidden: true });
  private readonly size = h("select", { "aria-label": "Size" });
  private readonly around = h("select", { "aria-label": "Width of the panorama" });
  private readonly transparent = h("input", { type: "checkbox" });
  private readonly state = h("p", { class: "dim", role: "status" });
  private readonly buttons: HTMLButtonElement[];
  private busy = false;

  constructor(
    private readonly take: (picture: Picture) => Promise<void>,
    private readonly most: () => number,
    private readonly leave: () => void,
  ) {
    const single = h("button", { type: "button", class: "wide" }, "Save a picture");
    single.addEventListener("click", () => void this.save(false));
    const panorama = h("button", { type: "button", class: "wide" }, "Save a panorama");
    panorama.addEventListener("click", () => void this.save(true));
    this.buttons = [single, panorama];
    const close = h("button", { type: "button", class: "close", title: "Close" }, "Esc");
    close.addEventListener("click", () => this.toggle(false));
    put(
      this.element,
      h("header", {}, h("h1", {}, "Picture"), close),
      h("label", { class: "row" }, h("span", {}, "Size"), this.size),
      h("label", { class: "row" }, h("span", {}, "Transparent background"), this.transparent),
      single,
      h("label", { class: "row" }, h("span", {}, "All around"), this.around),
      panorama,
      this.state,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.toggle(false);
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(open = this.element.hidden): void {
    this.element.hidden = !open;
    if (!open) return this.leave();
    this.offer();
    this.buttons[0]?.focus({ preventScroll: true });
  }

  show(): this {
    this.toggle(true);
    return this;
  }

  /** Takes a picture as it is chosen, or all around; the panel says how it goes. */
  async save(panorama: boolean): Promise<void> {
    if (this.busy) return;
    const from = document.activeElement;
    this.offer();
    this.set(true, "Waiting for all detail, and drawing …");
    try {
      await this.take({ ...this.wanted(panorama), samples: SAMPLES });
      this.set(false, "");
    } catch (error) {
      this.set(false, error instanceof Error ? error.message : String(error));
    }
    // A button that was disabled has lost the keys, unless they went elsewhere meanwhile.
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (this.isOpen && lost && from instanceof HTMLElement) from.focus({ preventScroll: true });
  }

  private wanted(panorama: boolean): Wanted {
    const transparent = this.transparent.checked;
    if (panorama) {
      const width = Number(this.around.value);
      return { width, height: width / 2, transparent, panorama };
    }
    const [width, height] = sizeOf(SIZES[Number(this.size.value)]);
    return { width, height, transparent, panorama };
  }

  private offer(): void {
    const most = this.most();
    const chosen = [this.size.value, this.around.value] as const;
    const sizes = SIZES.flatMap((size, index) => {
      const [width, height] = sizeOf(size);
      if (width > most || height > most) return [];
      const text = index === 0 ? `as here, ${width} × ${height}` : `${width} × ${height}`;
      return [h("option", { value: index }, text)];
    });
    put(this.size, ...sizes);
    const widths = WIDTHS.filter((width) => width <= most);
    put(this.around, ...widths.map((width) => h("option", { value: width }, `${width} × ${width / 2}`)));
    this.size.value = chosen[0] || "0";
    this.around.value = chosen[1] || String(widths[0]);
  }

  private set(busy: boolean, text: string): void {
    this.busy = busy;
    for (const one of this.buttons) one.disabled = busy;
    this.state.textContent = text;
    this.state.hidden = text === "";
  }
}

function sizeOf(size: (typeof SIZES)[number] | undefined): [number, number] {
  const [width, height] = size ?? [0, 0];
  const ratio = window.devicePixelRatio || 1;
  if (width > 0) return [width, height];
  return [Math.round(window.innerWidth * ratio), Math.round(window.innerHeight * ratio)];
}
