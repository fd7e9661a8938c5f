/** In which layout all visitors see the room, and how far apart its stations stand. */

import type { Edits } from "../hands/edits";
import type { Layout } from "../generated/protocol";
import { layoutOf, layoutText, nextLayout, spaced, TILE_GAPS } from "./layouts";
import type { Store } from "./store";

export class Laying {
  /** What was asked for, until the room is laid out so. */
  private awaited: Layout | null = null;

  constructor(
    private readonly store: Store,
    private readonly edits: Edits,
    private readonly say: (message: string) => void,
  ) {
    store.on(["room", "connection"], () => (this.awaited = null));
  }

  /** The layout that comes after the one that is seen, or was asked for last. */
  next(): void {
    if (this.current) void this.set(nextLayout(this.current));
  }

  /** More room between stations, or less. */
  space(direction: 1 | -1): void {
    const { current } = this;
    if (!current) return;
    const layout = spaced(current, direction);
    if (layout.spacing !== current.spacing) void this.set(layout);
    else this.say(direction > 0 ? "Stations stand as far apart as they can" : "Stations stand as near as they can");
  }

  /** In this layout, with the spacing and the gaps that there are. */
  use(kind: Layout["kind"]): void {
    if (this.current) void this.set({ ...this.current, kind });
  }

  /** So much of a tile's edge stays free between tiles. */
  gap(tile_gap: number): void {
    const { current } = this;
    if (!current || current.tile_gap === tile_gap) return;
    const title = TILE_GAPS.find(({ gap }) => gap === tile_gap)?.title;
    void this.set({ ...current, tile_gap }, `Gaps between tiles: ${title ?? tile_gap}`);
  }

  /** Lays the room out so for everybody; the room follows, unless this settles with false. */
  set(layout: Layout, said = layoutText(layout)): Promise<boolean> {
    this.awaited = layout;
    this.say(said);
    const path = ["layout", this.store.network?.name ?? "main"];
    const write = this.edits.write(`layout ${layout.kind}`, [{ path, value: layout }]);
    return write.then((done) => {
      if (!done && this.awaited === layout) this.awaited = null; // no room comes
      return done;
    });
  }

  get current(): Layout | null {
    const { room } = this.store;
    return this.awaited ?? (room && layoutOf(room));
  }
}
