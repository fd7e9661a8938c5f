/** The visitor's own colours of activations, which this browser keeps. */

import { COLOUR_MAPS, colourMapOf } from "../scene/colourmaps";
import { type Scheme, USUAL_SCHEME } from "../scene/palette";
import type { World } from "../scene/world";
import type { Store } from "./store";

const KEY = "layerwalk.colours";

type Kept = Pick<Storage, "getItem" | "setItem">;

export class Colouring {
  #scheme: Scheme = USUAL_SCHEME;

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly storage: Kept | null,
  ) {
    const map = keptMap(storage);
    if (map !== this.#scheme.map) this.#show({ ...this.#scheme, map });
  }

  get scheme(): Scheme {
    return this.#scheme;
  }

  set(changes: Partial<Scheme>): void {
    this.#show({ ...this.#scheme, ...changes });
    if (changes.map) keep(this.storage, changes.map);
    this.store.changed("view");
  }

  /** The next map in order; what it is called. */
  next(): string {
    const here = COLOUR_MAPS.findIndex(({ map }) => map === this.#scheme.map);
    const { map, title } = COLOUR_MAPS[(here + 1) % COLOUR_MAPS.length]!;
    this.set({ map });
    return title;
  }

  #show(scheme: Scheme): void {
    this.#scheme = scheme;
    this.world.setScheme(scheme);
  }
}

function keptMap(storage: Kept | null): Scheme["map"] {
  try {
    return colourMapOf(storage?.getItem(KEY)) ?? USUAL_SCHEME.map;
  } catch {
    return USUAL_SCHEME.map;
  }
}

function keep(storage: Kept | null, map: string): void {
  try {
    storage?.setItem(KEY, map);
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}
