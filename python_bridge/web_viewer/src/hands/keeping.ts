/** Walls that are hidden from everyone, and walls that are pinned: nobody moves them. */

import type { Room } from "../generated/protocol";
import type { Selection, Store } from "../app/store";
import type { Edits } from "./edits";

export class Keeping {
  /** As far as has been looked after. */
  private hidden: ReadonlySet<string> = new Set();

  constructor(
    private readonly store: Store,
    private readonly edits: Edits,
    private readonly leave: () => void,
    private readonly say: (message: string, about: string) => void,
  ) {
    store.on("selection", () => this.showAgain(store.selection));
    store.on(["document", "room"], () => this.follow());
  }

  /** Hides the chosen wall. */
  async hide(): Promise<void> {
    const title = this.chosen("X hides it");
    const { selection } = this.store;
    if (title === null || !selection) return;
    this.leave();
    const path = this.edits.path("hidden", selection.station);
    if (!(await this.edits.write(`hiding ${title}`, [{ path, value: true }]))) return;
    this.say(`${title} is hidden; Shift X shows what is hidden`, "arrange");
  }

  async showAll(): Promise<void> {
    const count = this.names("hidden").size;
    if (count === 0) {
      this.say("Nothing is hidden", "arrange");
      return;
    }
    const path = ["hidden", this.network];
    if (!(await this.edits.write("showing all walls", [{ path, value: null }]))) return;
    this.say(`${count} ${count === 1 ? "wall is" : "walls are"} shown again`, "arrange");
  }

  /** Pins the chosen wall where it stands, or lets it be moved again. */
  async pin(): Promise<void> {
    const title = this.chosen("P pins it");
    const { selection } = this.store;
    if (title === null || !selection) return;
    const pinned = this.names("pinned").has(selection.station);
    const path = this.edits.path("pinned", selection.station);
    const what = pinned ? `unpinning ${title}` : `pinning ${title}`;
    if (!(await this.edits.write(what, [{ path, value: pinned ? null : true }]))) return;
    this.say(pinned ? `${title} can be moved again` : `${title} is pinned: nobody moves it`, "arrange");
  }

  isPinned(station: string): boolean {
    return this.names("pinned").has(station);
  }

  /** Who goes to a hidden wall wants to see it. */
  private showAgain(selection: Selection | null): void {
    if (!selection || !this.names("hidden").has(selection.station)) return;
    const path = this.edits.path("hidden", selection.station);
    void this.edits.write("showing a hidden wall", [{ path, value: null }]);
  }

  /** A wall that was hidden meanwhile is no longer the chosen one: that would show it again. */
  private follow(): void {
    const { selection, room } = this.store;
    const former = this.hidden;
    this.hidden = this.names("hidden");
    const key = selection?.station;
    if (key === undefined || former.has(key) || !this.hidden.has(key)) return;
    this.leave();
    const title = room?.stations.find((station) => station.key === key)?.title ?? key;
    this.say(`${title} was hidden; Shift X shows what is hidden`, "arrange");
  }

  private chosen(what: string): string | null {
    const { selection, room } = this.store;
    const station = room?.stations.find(({ key }) => key === selection?.station);
    if (!station) this.say(`Go to a wall first: ${what}`, "arrange");
    return station?.title ?? null;
  }

  private names(kind: "hidden" | "pinned"): ReadonlySet<string> {
    return namesAt(this.store, kind);
  }

  private get network(): string {
    return this.store.network?.name ?? "main";
  }
}

/** Keys of the stations of the network shown for which the document says so. */
export function namesAt(store: Store, kind: "hidden" | "pinned"): ReadonlySet<string> {
  const value = store.at([kind, store.network?.name ?? "main"]);
  return new Set(Object.keys((value ?? {})));
}

/** The room as it is seen: without the walls of hidden stations, and what goes with them. */
export function asSeen(room: Room, hidden: ReadonlySet<string>): Room {
  if (hidden.size === 0) return room;
  const isSeen = ({ station }: { station: string }): boolean => !hidden.has(station);
  return {
    ...room,
    stations: room.stations.map((one) => (hidden.has(one.key) ? { ...one, walls: [] } : one)),
    texts: room.texts.filter(isSeen),
    boxes: room.boxes.filter(isSeen),
    tubes: room.tubes.filter(({ source, target }) => !hidden.has(source) && !hidden.has(target)),
  };
}
