/** I: the shelf as a strip of thumbnails; click one, or drag it into the room. */

import { PICTURE_TYPE } from "../app/images";
import type { Store } from "../app/store";
import type { LiveSource, Picture } from "../generated/protocol";
import { h, put } from "./dom";
import { icon } from "./icons";

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
  ) {
    this.chooser.addEventListener("change", () => {
      const file = this.chooser.files?.[0];
      if (file) placeFile(file);
      this.chooser.value = "";
    });
    store.on(["shelf", "run", "network", "live"], () => this.update());
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
    const key = `${ids} ${thumbnails.size} ${run?.picture} ${run?.live} ${takesImages} ${network?.name}`;
    if (key === this.shown) return; // rebuilding would take the focus away
    const focused = [...this.element.children].indexOf(document.activeElement as Element);
    this.shown = key;
    const file = h("button", { type: "button", class: "file", title: "Choose a file" }, "File…");
    file.addEventListener("click", () => this.chooser.click());
    const none = (text: string): HTMLElement => h("p", { class: "none dim" }, text);
    if (!network) put(this.element, none("The network is still being traced"));
    else if (!takesImages) put(this.element, none("This network takes no image, but its example"));
    else {
      const pictures = shelf.map((one) => this.thumbnail(one));
      const some = pictures.length > 0 ? pictures : [none("Drop an image here")];
      put(this.element, ...some, ...live.map((one) => this.source(one)), file, this.chooser);
    }
    (this.element.children[focused] as HTMLElement | undefined)?.focus();
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

  private thumbnail(picture: Picture): HTMLElement {
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
