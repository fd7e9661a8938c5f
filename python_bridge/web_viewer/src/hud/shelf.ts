/** I: the shelf as a strip of thumbnails; click one, or drag it into the room. */

import { PICTURE_TYPE } from "../app/images";
import type { Store } from "../app/store";
import type { LiveSource, Picture } from "../generated/protocol";
import { h, put } from "./dom";
import { icon } from "./icons";

/** What can be done with pictures, besides placing them. */
interface ShelfHands {
  /** The name of the visitor's own image, where that is shown; "" for none. */
  own(): string;
  /** Puts it on the shelf. */
  keep(): void;
  make(): void;
  sendBack(picture: string): void;
  remove(picture: string): void;
}

export class ShelfStrip {
  readonly element = h("section", {
    class: "strip glass",
    "aria-label": "Shelf of images",
    hidden: true,
  });
  private readonly chooser = h("input", { type: "file", accept: "image/*", hidden: true });

  constructor(
    private readonly store: Store,
    private readonly place: (id: string) => void,
    placeFile: (file: File) => void,
    /** The strip is done with: what follows is done in the bar, and by keys. */
    private readonly play: (source: string) => void,
    private readonly hands: ShelfHands,
  ) {
    this.chooser.addEventListener("change", () => {
      const file = this.chooser.files?.[0];
      if (file) placeFile(file);
      this.chooser.value = "";
    });
    store.on(["shelf", "things", "run", "network", "live"], () => this.update());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  toggle(open = this.element.hidden): void {
    this.element.hidden = !open;
    this.shown = "";
    this.update();
    if (open) this.element.querySelector("button")?.focus();
  }

  private shown = "";

  private update(): void {
    if (this.element.hidden) return;
    const { shelf, thumbnails, run, takesImages, live, network } = this.store;
    const ids = shelf.map(({ id }) => id).join();
    const away = Object.keys(this.store.things()).join();
    const shows = `${run?.picture} ${run?.live} ${this.hands.own()}`;
    const key = `${ids} ${away} ${thumbnails.size} ${shows} ${takesImages} ${network?.name}`;
    if (key === this.shown) return; // rebuilding would take the focus away
    const { activeElement } = document;
    const focused = this.element.contains(activeElement) ? activeElement?.getAttribute("title") : null;
    this.shown = key;
    const file = h("button", { type: "button", class: "file", title: "Choose a file" }, "File…");
    file.addEventListener("click", () => this.chooser.click());
    const none = (text: string): HTMLElement => h("p", { class: "none dim" }, text);
    if (!network) put(this.element, none("The network is still being traced"));
    else if (!takesImages) put(this.element, none("This network takes no image, but its example"));
    else {
      const pictures = shelf.map((one) => this.thumbnail(one));
      const some = pictures.length > 0 ? pictures : [none("Drop an image here")];
      const sources = live.map((one) => this.source(one));
      put(this.element, ...some, ...sources, this.keeper(), file, this.maker(), this.chooser);
    }
    const buttons = [...this.element.querySelectorAll("button")];
    if (focused) buttons.find(({ title }) => title === focused)?.focus();
  }

  /** Puts the visitor's own image, which is shown, on the shelf. */
  private keeper(): HTMLElement | null {
    const name = this.hands.own();
    if (!name) return null;
    const title = `Put ${name} on the shelf, for everybody`;
    const on = { click: () => this.hands.keep() };
    return h("button", { type: "button", class: "file", title, on }, "Keep");
  }

  private maker(): HTMLElement {
    const on = { click: () => this.hands.make() };
    const title = "Make noise, or a blend of two images (J)";
    return h("button", { type: "button", class: "file", title, on }, "Make…");
  }

  private source({ id, name, kind }: LiveSource): HTMLElement {
    const button = h(
      "button",
      {
        type: "button",
        class: "source",
        title: name,
        "aria-label": `Play ${name}`,
        "aria-pressed": String(this.store.run?.live === id),
        "data-source": id,
      },
      icon(kind),
      h("span", {}, name),
    );
    button.addEventListener("click", () => this.play(id));
    return button;
  }

  /** The picture of that element's button, null for none. */
  pictureAt(element: Element | null): string | null {
    const inside = element !== null && this.element.contains(element);
    return inside ? ((element as HTMLElement).dataset["picture"] ?? null) : null;
  }

  private thumbnail(picture: Picture): HTMLElement {
    const { id, name } = picture;
    const made = id in this.store.made();
    const away = id in this.store.things();
    const off = (title: string, run: () => void, name: "close" | "return"): HTMLElement =>
      h("button", { type: "button", class: "off", title, "aria-label": title, on: { click: run } }, icon(name));
    return h(
      "span",
      { class: away ? "item away" : "item" },
      this.button(picture),
      made ? h("span", { class: "caption", "aria-hidden": "true" }, name) : null,
      away
        ? off(`Back to the shelf: ${name}`, () => this.hands.sendBack(id), "return")
        : made && off(`Remove ${name}`, () => this.hands.remove(id), "close"),
    );
  }

  private button(picture: Picture): HTMLElement {
    const { run, thumbnails } = this.store;
    const url = thumbnails.get(picture.id)?.url;
    const image = url ? h("img", { src: url, alt: "", draggable: "false" }) : null;
    const button = h(
      "button",
      {
        type: "button",
        draggable: "true",
        title: picture.name,
        "aria-label": `Place ${picture.name}`,
        "aria-pressed": String(run?.picture === picture.id),
        "data-picture": picture.id,
      },
      image,
    );
    button.addEventListener("click", () => this.place(picture.id));
    button.addEventListener("dragstart", (event) => {
      event.dataTransfer?.setData(PICTURE_TYPE, picture.id);
    });
    return button;
  }
}
