/** The session as a file that the visitor downloads, with what of this page is theirs. */

import type { Connection } from "../connection/socket";
import type { Source } from "../connection/source";
import { COLOUR_MAPS } from "../scene/colourmaps";
import type { Normalization } from "../scene/types";
import type { Colouring } from "./colouring";
import type { Store } from "./store";

/** What a page keeps with a session: a place of the shared document that nobody writes. */
export interface Settings {
  /** As the address has it, from # on. */
  link?: string;
  normalization?: Normalization;
  colours?: string;
}

const SUFFIX = ".layerwalk";

export class Saving {
  private busy = false;

  constructor(
    private readonly store: Store,
    private readonly source: Source,
    private readonly connection: () => Connection,
    private readonly colouring: Colouring,
    private readonly link: () => string,
    private readonly say: (message: string) => void,
  ) {}

  /** Asks the bridge for the file, and hands it to the browser. */
  async save(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.say("Keeping the session in a file…");
    const settings: Settings = {
      link: this.link(),
      normalization: this.store.normalization,
      colours: this.colouring.scheme.map,
    };
    try {
      const file = await this.source.session(settings, this.connection().token.value);
      const name = `${fileName(this.store.network?.title ?? "")}${SUFFIX}`;
      download(file, name);
      this.say(`${name} keeps the session; layerwalk open ${name} goes on with it`);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    } finally {
      this.busy = false;
    }
  }
}

/** What the session that was opened says of this visitor's own; what it cannot say is left out. */
export function settingsOf(store: Store): Settings {
  const { link, normalization, colours } = (store.at(["settings"]) ?? {}) as Record<string, unknown>;
  const settings: Settings = {};
  if (typeof link === "string") settings.link = link;
  if (normalization === "layer" || normalization === "channel") settings.normalization = normalization;
  if (COLOUR_MAPS.some(({ map }) => map === colours)) settings.colours = colours as string;
  return settings;
}

/** Of a title, what every file system takes. */
export function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "").slice(0, 60) || "room";
}

function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
