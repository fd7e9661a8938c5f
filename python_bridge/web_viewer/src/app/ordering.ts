/** The visitor's own order of the channels on walls, and how many of them they want to see. */

import { type Order, orderOf } from "../scene/ordering";
import type { World } from "../scene/world";
import type { Store } from "./store";

export interface Ordered {
  order: Order;
  /** The channel that others are like, where they are ordered by similarity. */
  like: number;
  /** So many channels are shown, null: all. */
  strongest: number | null;
}

const AS_IT_IS: Ordered = { order: "index", like: 0, strongest: null };

/** Tiles by cell, null: by index; and how many of them are to be shown. */
interface Sorted {
  tiles: Int32Array | null;
  strongest: number | null;
}

export class Ordering {
  readonly #layers = new Map<string, Ordered>();
  readonly #sorted = new Map<string, Sorted>();
  /** Layers whose walls do not stand in their order yet. */
  readonly #pending = new Set<string>();
  #network = "";
  #run = "";

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly go: {
      /** Puts the lifted tile back. */
      lower(): void;
      /** Goes to where the chosen tile of a layer stands now. */
      follow(layer: string): void;
    },
  ) {
    store.on("network", () => this.networkChanged());
    store.on("run", () => this.runChanged());
    store.on("selection", () => this.showChosen());
  }

  of(layer: string): Ordered {
    return this.#layers.get(layer) ?? AS_IT_IS;
  }

  /** How many channels a layer has here; 0 before any of it came. */
  channels(layer: string): number {
    return this.world.activation(layer)?.tiles ?? 0;
  }

  /** Whether there are values of both signs. */
  isSigned(layer: string): boolean {
    return this.world.rangeOf(layer)?.signed ?? false;
  }

  set(layer: string, changes: Partial<Ordered>): void {
    const wanted = { ...this.of(layer), ...changes };
    if (wanted.order === "index" && wanted.strongest === null) this.#layers.delete(layer);
    else this.#layers.set(layer, wanted);
    this.sort(layer);
    if (this.hidesChosen()) this.go.lower();
    this.store.changed("view");
  }

  /** To be called every frame: only walls that stand in their order leave tiles out. */
  update(): void {
    for (const layer of this.#pending) {
      const { tiles, strongest } = this.#sorted.get(layer) ?? { tiles: null, strongest: null };
      if (!this.world.isOrdered(layer, tiles)) continue;
      this.#pending.delete(layer);
      this.world.keep(layer, strongest);
      this.go.follow(layer);
      this.store.changed("view");
    }
  }

  private sort(layer: string): void {
    const { order, like, strongest } = this.of(layer);
    const activation = this.world.activation(layer);
    const sorts = this.#layers.has(layer);
    if (sorts && !activation) return;
    const tiles = sorts ? orderOf(activation!, order, like, strongest) : null;
    if (sorts) this.#sorted.set(layer, { tiles, strongest });
    else this.#sorted.delete(layer);
    this.world.setOrder(layer, tiles);
    this.#pending.add(layer);
  }

  /** Another still image has other strongest channels; in live images they would never rest. */
  private runChanged(): void {
    const { run, session } = this.store;
    if (!run?.complete || run.live) return;
    const key = `${session} ${run.id}`;
    if (key === this.#run) return;
    this.#run = key;
    for (const layer of this.#layers.keys()) this.sort(layer);
    if (this.hidesChosen()) this.showChosen();
  }

  private networkChanged(): void {
    const { network } = this.store;
    const key = `${network?.name} ${network?.network.revision}`;
    if (key === this.#network) return;
    this.#network = key;
    const layers = [...this.#layers.keys()];
    this.#layers.clear();
    for (const layer of layers) this.sort(layer);
  }

  private hidesChosen(): boolean {
    const { selection } = this.store;
    if (!selection || selection.tile === null) return false;
    const sorted = this.#sorted.get(selection.layer);
    if (!sorted?.tiles) return false;
    return sorted.tiles.indexOf(selection.tile) >= (sorted.strongest ?? Infinity);
  }

  /** A channel that is chosen by its name or in a link is shown, though it is not a strong one. */
  private showChosen(): void {
    const layer = this.store.selection?.layer;
    if (layer !== undefined && this.hidesChosen()) this.set(layer, { strongest: null });
  }
}
