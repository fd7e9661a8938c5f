/**
 * A station in one hand or two, or under the mouse. It moves here at once; a lease keeps others
 * from moving it, and a few times a second the shared document is told where it is.
 */

import type { Store } from "../app/store";
import type { Connection } from "../connection/socket";
import type { Transform } from "../generated/protocol";
import type { Edits } from "./edits";
import { namesAt } from "./keeping";
import { atHome, type Hand, OneHandGrab, samePlace, TwoHandGrab } from "./grabs";

/** Renewed long before it ends. */
const LEASE_S = 5;
const RENEW_MS = 2000;
const TOLD_MS = 100;

/** The hands of a headset, and that of the page: its mouse, fingers or keys. */
type Side = 0 | 1 | typeof PAGE;
export const PAGE = 2;

interface Held {
  station: string;
  title: string;
  /** Where it was taken, and what stood in the document: null if nobody had moved it. */
  taken: Transform;
  before: unknown;
  at: Transform;
  told: Transform;
  renewedMs: number;
  toldMs: number;
}

/** Where a station was let go of, and what the document will say of it. */
interface Left {
  at: Transform;
  after: unknown;
}

/** Where held stations are drawn. */
interface Holder {
  hold(station: string, transform: Transform | null): void;
}

export class Holding {
  /** Key of the station that was let go of last, null for none yet. */
  lastMoved: string | null = null;
  private held: Held | null = null;
  private readonly hands: [Hand | null, Hand | null, Hand | null] = [null, null, null];
  private grab: OneHandGrab | TwoHandGrab | null = null;
  /** What was let go of, until the document here says so. */
  private readonly left = new Map<string, Left>();

  constructor(
    private readonly store: Store,
    private readonly world: Holder,
    private readonly edits: Edits,
    private readonly connection: () => Connection,
    private readonly problem: (message: string, about: string) => void,
  ) {}

  /** Key of the station that is held, null for none. */
  get station(): string | null {
    return this.held?.station ?? null;
  }

  /** Where it is; null while none is held. */
  get at(): Transform | null {
    return this.held?.at ?? null;
  }

  isIn(side: Side): boolean {
    return this.hands[side] !== null;
  }

  /** Where a station stands, as far as this page knows. */
  placeOf(station: string): Transform | null {
    const found = this.store.room?.stations.find(({ key }) => key === station);
    if (!found) return null;
    const left = this.left.get(station)?.at;
    return left ?? this.store.transforms()[station] ?? atHome(found.origin_m, found.yaw_rad);
  }

  /**
   * Takes a station with a hand; false while another hand holds another one, or while the page and
   * who wears a headset would hold the same.
   */
  take(side: Side, station: string, hand: Hand, now = performance.now()): boolean {
    if (this.held && this.held.station !== station) return false;
    if (this.held && (side === PAGE) !== this.isIn(PAGE)) return false;
    if (!this.held && !this.begin(station, now)) return false;
    this.hands[side] = hand;
    this.regrab();
    return true;
  }

  /** The hand is there now. */
  move(side: Side, hand: Hand): void {
    if (this.hands[side]) this.hands[side] = hand;
  }

  /** Changes it in the hand: makes it larger, or turns it, as wheels and keys do. */
  adjust(change: (station: Transform) => Transform): void {
    if (!this.held) return;
    this.held.at = change(this.held.at);
    this.regrab();
    this.world.hold(this.held.station, this.held.at);
  }

  letGo(side: Side, now = performance.now()): void {
    if (!this.hands[side]) return;
    this.update(now);
    this.hands[side] = null;
    if (this.hands.some((hand) => hand !== null)) this.regrab();
    else this.end();
  }

  /** Both hands let go, and it goes back to where it was taken. */
  cancel(): void {
    if (!this.held) return;
    this.held.at = this.held.taken;
    this.end();
  }

  /** Moves what is held to where the hands are; true while something is. */
  update(now = performance.now()): boolean {
    const { held } = this;
    if (!held) return false;
    if (this.store.connection !== "connected" || !this.placeOf(held.station)) {
      this.leave(held);
      return false;
    }
    const at = this.wanted();
    if (at && !samePlace(at, held.at)) {
      held.at = at;
      this.world.hold(held.station, at);
    }
    if (now - held.toldMs > TOLD_MS) this.tell(held, now);
    if (now - held.renewedMs > RENEW_MS) this.renew(held, now);
    return true;
  }

  private wanted(): Transform | null {
    const [left, right, page] = this.hands;
    if (this.grab instanceof TwoHandGrab) {
      return left && right ? this.grab.at(left.position, right.position) : null;
    }
    const hand = left ?? right ?? page;
    return hand && this.grab ? this.grab.at(hand) : null;
  }

  private begin(station: string, now: number): boolean {
    const at = this.placeOf(station);
    const found = this.store.room?.stations.find(({ key }) => key === station);
    if (!at || !found) return false;
    if (namesAt(this.store, "pinned").has(station)) {
      this.problem(`${found.title} is pinned; unpin it (P) to move it`, "hands");
      return false;
    }
    const left = this.left.get(station);
    const before = left ? left.after : (this.store.at(this.edits.path("stations", station)) ?? null);
    const times = { renewedMs: now, toldMs: now };
    this.held = { station, title: found.title, taken: at, before, at, told: at, ...times };
    this.world.hold(station, at);
    void this.lease(station, LEASE_S);
    return true;
  }

  /** From here on the hands move it from where it is now. */
  private regrab(): void {
    const [left, right, page] = this.hands;
    const hand = left ?? right ?? page;
    if (!this.held || !hand) this.grab = null;
    else if (left && right) {
      this.grab = new TwoHandGrab(left.position, right.position, this.held.at);
    } else this.grab = new OneHandGrab(hand, this.held.at);
  }

  private tell(held: Held, now: number): void {
    held.toldMs = now;
    if (samePlace(held.at, held.told)) return;
    held.told = held.at;
    const { revision: base } = this.store;
    const path = this.edits.path("stations", held.station);
    this.connection()
      .ask({ type: "change", base, path, value: held.at })
      .catch((error: unknown) => this.refused(held.station, error));
  }

  private renew(held: Held, now: number): void {
    held.renewedMs = now;
    void this.lease(held.station, LEASE_S);
  }

  private async lease(station: string, seconds: number): Promise<void> {
    const path = this.edits.path("stations", station);
    try {
      await this.connection().ask({ type: "grab", path, seconds });
    } catch (error) {
      this.refused(station, error);
    }
  }

  /** Somebody else holds it: it goes back to where they have it. */
  private refused(station: string, error: unknown): void {
    if (this.held?.station !== station || this.store.connection !== "connected") return;
    this.drop();
    this.problem(error instanceof Error ? error.message : String(error), "hands");
  }

  /** Writes where it stays; it is drawn as held until the bridge has said so to everyone. */
  private end(): void {
    const { held } = this;
    if (!held) return;
    this.forget();
    const untold = samePlace(held.told, held.taken) && samePlace(held.at, held.taken);
    this.lastMoved = held.station;
    void this.settle(held, untold);
  }

  private async settle({ station, title, at, taken, before }: Held, untold: boolean): Promise<void> {
    const path = this.edits.path("stations", station);
    const left: Left = { at, after: samePlace(at, taken) ? before : at };
    this.left.set(station, left);
    if (!untold) await this.edits.perform(`moving ${title}`, [{ path, before, after: left.after }]);
    if (this.left.get(station) === left) this.left.delete(station);
    if (this.isTakenAgain(station)) return; // with a lease of its own
    await this.lease(station, 0);
    if (!this.isTakenAgain(station)) this.world.hold(station, null);
  }

  private isTakenAgain(station: string): boolean {
    return this.held?.station === station || this.left.has(station);
  }

  private drop(): void {
    const { held } = this;
    this.forget();
    if (held) this.world.hold(held.station, null);
  }

  /** It stays where it was when others heard of it last: that was a step, too. */
  private leave({ station, title, told, taken, before }: Held): void {
    this.drop();
    if (samePlace(told, taken)) return;
    const path = this.edits.path("stations", station);
    this.edits.remember(`moving ${title}`, [{ path, before, after: told }]);
  }

  private forget(): void {
    this.held = null;
    this.grab = null;
    this.hands.fill(null);
  }
}
