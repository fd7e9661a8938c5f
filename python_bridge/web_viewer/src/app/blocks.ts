/** Opening and closing blocks: changes of the shared document, seen by every visitor. */

import type { Connection } from "../connection/socket";
import type { Station } from "../generated/protocol";
import type { Navigator } from "./navigator";
import { openBlockAround } from "./places";
import type { Store } from "./store";

export class Blocks {
  constructor(
    private readonly store: Store,
    private readonly navigator: Navigator,
    private readonly connection: () => Connection,
    private readonly say: (message: string, about: string) => void,
  ) {}

  /** Opens the block that a station stands for, and goes in; false if it stands for none. */
  open(station: Station | null): boolean {
    if (!station?.closed) return false;
    this.navigator.expect(station.closed, station, { open: true });
    void this.set(station.closed, true);
    return true;
  }

  /** Opens blocks on the way to a layer inside them, and says so. */
  openAll(blocks: string[]): void {
    this.say(`Opened ${blocks.join(", ")}`, "blocks");
    for (const block of blocks) void this.set(block, true);
  }

  /** Closes the innermost open block around the visitor, who then stands before it. */
  close(): void {
    const { room, network } = this.store;
    const here = this.navigator.here();
    if (!room || !network || !here) return;
    const block = openBlockAround(room, network.network, here);
    if (block) {
      this.navigator.expect(block, here, { open: false });
      void this.set(block, null);
    } else this.say("No open block here", "blocks");
  }

  /** Opens or closes a block by name; settles when the bridge has accepted it. */
  async set(block: string, expanded: true | null): Promise<void> {
    const { store } = this;
    const path = ["expanded", store.network?.name ?? "main", block];
    try {
      await this.connection().ask({ type: "change", base: store.revision, path, value: expanded });
    } catch (error) {
      this.navigator.giveUp();
      this.say(error instanceof Error ? error.message : String(error), "blocks");
    }
  }
}
