/** Channels that the visitor selected: kept by this browser, and in the link. */

import { tileShape } from "../scene/page";
import type { World } from "../scene/world";
import type { Store } from "./store";

const KEY = "layerwalk.selected";
const MOST_TILES = 64;
const MOST_LAYERS = 32;

/** Channels by layer, in the order in which they were selected. */
export type Marked = Readonly<Record<string, readonly number[]>>;

type Kept = Pick<Storage, "getItem" | "setItem">;

export class Marks {
  #marked: Marked = {};
  #network = "";

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly storage: Kept | null,
    private readonly problem: (message: string) => void,
  ) {
    store.on("network", () => this.networkChanged());
  }

  get all(): Marked {
    return this.#marked;
  }

  of(layer: string): readonly number[] {
    return this.#marked[layer] ?? [];
  }

  /** Selects a channel, or no longer. */
  toggle(layer: string, tile: number): void {
    const before = this.of(layer);
    const tiles = before.includes(tile) ? before.filter((one) => one !== tile) : [...before, tile];
    if (tiles.length > MOST_TILES) this.problem(`No more than ${MOST_TILES} channels of a layer`);
    else this.adopt({ [layer]: tiles });
  }

  /** These layers have these channels selected, others as before; none that are not there. */
  adopt(marked: Marked): void {
    const known = this.known({ ...this.#marked, ...marked });
    if (JSON.stringify(known) === JSON.stringify(this.#marked)) return;
    this.show(known);
    this.keep();
    this.store.changed("view");
  }

  private show(marked: Marked): void {
    this.#marked = marked;
    this.world.setMarked(marked);
  }

  private known(marked: Marked): Marked {
    const nodes = new Map(this.store.network?.network.nodes.map((node) => [node.name, node]));
    const found = Object.entries(marked).map(([layer, tiles]) => {
      const count = tileShape(nodes.get(layer)?.axes ?? []).tiles;
      const there = [...new Set(tiles)].filter((tile) => nodes.has(layer) && tile < count);
      return [layer, there.slice(0, MOST_TILES)] as const;
    });
    return Object.fromEntries(found.filter(([, tiles]) => tiles.length > 0).slice(-MOST_LAYERS));
  }

  private networkChanged(): void {
    const title = this.store.network?.title ?? "";
    if (title === this.#network) {
      this.show(this.known(this.#marked));
      return;
    }
    this.#network = title;
    this.show(this.known(this.kept()));
  }

  private kept(): Marked {
    try {
      return markedOf(JSON.parse(this.storage?.getItem(`${KEY}.${this.#network}`) ?? "{}"));
    } catch {
      return {};
    }
  }

  private keep(): void {
    try {
      this.storage?.setItem(`${KEY}.${this.#network}`, JSON.stringify(this.#marked));
    } catch {
      // A browser that keeps nothing forgets it with the page.
    }
  }
}

/** What was kept, as far as it is a selection. */
function markedOf(kept: unknown): Marked {
  if (typeof kept !== "object" || kept === null) return {};
  const tiles = (value: unknown): number[] =>
    Array.isArray(value) ? value.filter((one): one is number => Number.isInteger(one) && one >= 0) : [];
  return Object.fromEntries(Object.entries(kept).map(([layer, value]) => [layer, tiles(value)]));
}

const IN_LINK = /^(\d{1,7}(?:,\d{1,7})*)@(.+)$/s;

/** Parts of a link, "3,7@layer" each. */
export function marksOf(parts: readonly string[]): Marked {
  const found = parts.flatMap((part) => {
    const [, tiles = "", layer = ""] = IN_LINK.exec(part) ?? [];
    return layer ? [[layer, tiles.split(",").map(Number)] as const] : [];
  });
  return Object.fromEntries(found);
}

export function partsOf(marked: Marked): string[] {
  return Object.entries(marked).map(([layer, tiles]) => `${tiles.join(",")}@${layer}`);
}
