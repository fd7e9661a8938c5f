/** Opening and closing blocks: changes of the shared document, seen by every visitor. */

import type { Connection } from "../connection/socket";
import type { Station } from "../generated/protocol";
import { countOf } from "./names";
import type { Navigator } from "./navigator";
import { openBlockAround } from "./places";
import type { Store } from "./store";

interface Telling {
  say(message: string): void;
  /** Until it is not true any more, which "" says. */
  keepSaying(message: string): void;
}

export class Blocks {
  /** Many blocks are being opened or closed, and the room without that is still there. */
  private awaited: { blocks: readonly string[]; open: boolean } | null = null;

  constructor(
    private readonly store: Store,
    private readonly navigator: Navigator,
    private readonly connection: () => Connection,
    private readonly tell: Telling,
  ) {
    store.on("room", () => this.roomCame());
    store.on("connection", () => {
      if (store.connection !== "connected") this.end("");
    });
  }

  /** Opens the block that a station stands for, and goes in; false if it stands for none. */
  open(station: Station | null): boolean {
    if (!station?.closed) return false;
    this.navigator.expect(station.closed, station, { open: true });
    void this.set(station.closed, true);
    return true;
  }

  /** Opens blocks on the way to a layer inside them, and says so. */
  openAround(blocks: string[]): void {
    this.tell.say(`Opened ${blocks.join(", ")}`);
    void this.expand(blocks, true);
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
    } else this.tell.say("No open block here");
  }

  /** How many blocks are open, and how many closed, however deep inside others. */
  get count(): { open: number; closed: number } {
    return { open: this.named(true).length, closed: this.named(false).length };
  }

  /** Opens all blocks of the network, or closes them: one change, and one room. */
  setAll(open: boolean): void {
    const blocks = this.named(!open);
    const [doing, done] = open ? ["Opening", "open"] : ["Closing", "closed"];
    if (blocks.length === 0) {
      this.tell.say(this.named(open).length ? `All blocks are ${done}` : "This network has no blocks");
      return;
    }
    this.navigator.giveUp();
    this.awaited = { blocks, open };
    this.tell.keepSaying(`${doing} ${countOf(blocks.length, "block")} …`);
    void this.expand(blocks, open);
  }

  /** Opens or closes a block by name; settles when the bridge has accepted it. */
  async set(block: string, expanded: true | null): Promise<void> {
    await this.expand([block], expanded === true);
  }

  private async expand(blocks: string[], expanded: boolean): Promise<void> {
    const network = this.store.network?.name ?? "main";
    try {
      await this.connection().ask({ type: "expand", blocks, expanded, network });
    } catch (error) {
      this.navigator.giveUp();
      this.end(error instanceof Error ? error.message : String(error));
    }
  }

  /** Names of the blocks that are open, or of those that are closed. */
  private named(open: boolean): string[] {
    const { room, network } = this.store;
    const expanded = new Set(room?.expanded);
    const names = network?.network.blocks.map(({ name }) => name) ?? [];
    return names.filter((name) => name !== "" && expanded.has(name) === open);
  }

  private roomCame(): void {
    const { awaited } = this;
    if (!awaited) return;
    const expanded = new Set(this.store.room?.expanded);
    if (awaited.blocks.some((block) => expanded.has(block) !== awaited.open)) return;
    const done = awaited.open ? "Opened" : "Closed";
    this.end(`${done} ${countOf(awaited.blocks.length, "block")}`);
  }

  /** Nothing is awaited any more, and this is said instead. */
  private end(message: string): void {
    this.awaited = null;
    this.tell.keepSaying("");
    if (message) this.tell.say(message);
  }
}
