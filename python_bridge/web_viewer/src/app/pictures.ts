/** What the visitor takes away: pictures as files, links to bookmarks, the tour. */

import type { Picture, Taking } from "../picture/taking";
import type { Store } from "./store";
import type { Tour } from "./tour";

export class Pictures {
  constructor(
    private readonly store: Store,
    private readonly taking: Taking,
    private readonly tour: Tour,
    private readonly say: (message: string, about: string) => void,
  ) {}

  /** Saves a picture of what is seen as a file. */
  async save(picture: Picture): Promise<void> {
    const file = await this.taking.take(picture);
    const kind = picture.panorama ? " panorama" : "";
    const name = `${this.title}${kind} ${picture.width}x${picture.height}.png`;
    download(file, name);
    this.say(`Saved ${name}`, "picture");
  }

  /** Copies the address of a place, which whoever has been let in can open. */
  async share(link: string): Promise<void> {
    const { origin, pathname } = window.location;
    const address = `${origin}${pathname}${link}`;
    try {
      await navigator.clipboard.writeText(address);
      this.say("The link is copied: it works in any tab that has been let in", "tour");
    } catch {
      this.say(`The browser lets no page copy here; the link is ${address}`, "tour");
    }
  }

  /** Saves the tour as a file, along which `layerwalk render` flies. */
  saveTour(): void {
    const { stops } = this.tour;
    if (stops.length === 0) {
      this.say("There are no bookmarks to save", "tour");
      return;
    }
    const bookmarks = stops.map(({ name, link, note }) => ({ name, link, note }));
    const text = JSON.stringify({ network: this.store.network?.title ?? "", bookmarks }, null, 2);
    download(new Blob([`${text}\n`], { type: "application/json" }), `${this.title} tour.json`);
  }

  private get title(): string {
    return (this.store.network?.title ?? "layerwalk").replace(/[^\w.-]+/g, " ").trim();
  }
}

function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000); // the browser reads it meanwhile
}
