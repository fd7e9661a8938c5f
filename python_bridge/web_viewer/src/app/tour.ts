/** The session's bookmarks, in the order of its tour: kept, changed, and played. */

import type { Bookmark } from "../generated/protocol";
import type { Edits } from "../hands/edits";
import { parseLink } from "./link";
import type { LinkKeeper } from "./linkkeeper";
import type { Navigator } from "./navigator";
import type { Store } from "./store";
import { distance, type Visitor } from "./visitor";

export interface Stop extends Bookmark {
  name: string;
}

/** As session/document.py and protocol/messages.py bound them. */
export const MOST_STOPS = 256;
export const MOST_NAME = 100;
export const MOST_NOTE = 1000;

/** A stop lasts so long, and longer where there is something to read. */
const REST_S = 3;
const READING_S = 0.055;
const LONGEST_REST_S = 25;
/** Flights between stops, in metres a second and seconds. */
const PACE_M_S = 5;
const SHORTEST_S = 1.4;
const LONGEST_S = 5;

export class Tour {
  /** Index of the stop that is shown or gone to, null for none. */
  at: number | null = null;
  playing = false;
  private rested = 0;
  private readonly heard: (() => void)[] = [];
  private shown = "";
  /** Name of the stop that is shown: others may move it, or remove one before it. */
  private name = "";
  /** Is to be played once its bookmarks are here. */
  private wanted: string | null = null;

  constructor(
    private readonly store: Store,
    private readonly edits: Edits,
    private readonly links: () => LinkKeeper,
    private readonly navigator: Navigator,
    private readonly visitor: Visitor,
    private readonly say: (message: string, about: string) => void,
  ) {
    store.on("document", () => this.documentChanged());
  }

  /** Something of it is another. */
  onChange(listener: () => void): void {
    this.heard.push(listener);
  }

  get stops(): Stop[] {
    return stopsOf(this.store.at(["bookmarks"]));
  }

  get stop(): Stop | null {
    return this.at === null ? null : (this.stops[this.at] ?? null);
  }

  // ------------------------------------------------------------ what all visitors see

  /** Keeps what the visitor sees now as the last stop, and says under which name. */
  async add(): Promise<string | null> {
    const { stops } = this;
    if (!this.store.room || stops.length >= MOST_STOPS) {
      this.say(`There are ${MOST_STOPS} bookmarks already; remove one first`, "tour");
      return null;
    }
    const name = this.freeName(this.placeName());
    const order = stops.reduce((most, one) => Math.max(most, one.order + 1), 0);
    const value: Bookmark = { link: this.links().here, note: "", order };
    const done = await this.edits.write(`bookmark ${name}`, [{ path: ["bookmarks", name], value }]);
    if (done) this.say(`Bookmarked: ${name}`, "tour");
    return done ? name : null;
  }

  /** Another name and another note, as one step. False if there is no such name to be had. */
  async rewrite(name: string, { name: next, note }: { name: string; note: string }): Promise<boolean> {
    const stop = this.stops.find((one) => one.name === name);
    const wanted = next.trim().slice(0, MOST_NAME);
    if (!stop || wanted === "") return false;
    if (wanted !== name && this.stops.some((one) => one.name === wanted)) {
      this.say(`There is a bookmark ${wanted} already`, "tour");
      return false;
    }
    const { link, order } = stop;
    const value: Bookmark = { link, order, note: note.slice(0, MOST_NOTE) };
    const renamed = wanted !== name ? [{ path: ["bookmarks", name], value: null }] : [];
    return this.edits.write(`bookmark ${wanted}`, [...renamed, { path: ["bookmarks", wanted], value }]);
  }

  remove(name: string): Promise<boolean> {
    return this.edits.write(`removing bookmark ${name}`, [{ path: ["bookmarks", name], value: null }]);
  }

  /** One place earlier, or later; all get their places anew where two had the same. */
  move(name: string, step: 1 | -1): Promise<boolean> {
    const changes = moved(this.stops, name, step).map(({ name: of, ...value }) => {
      return { path: ["bookmarks", of], value };
    });
    if (changes.length === 0) return Promise.resolve(true);
    return this.edits.write(`order of the tour`, changes);
  }

  // ------------------------------------------------------------ going there

  /** Goes to a stop: in a flight, or at once where motion is unwanted. */
  go(index: number): void {
    const stop = this.stops[index];
    if (!stop) return;
    this.at = index;
    this.name = stop.name;
    this.rested = 0;
    const link = parseLink(stop.link);
    const to = this.links().destination(link);
    const far = to ? distance(to.position, this.visitor.destination.position) : 0;
    const lasts = Math.min(LONGEST_S, Math.max(SHORTEST_S, far / PACE_M_S));
    this.links().follow(link, this.visitor.isCalm ? 0 : lasts);
    this.changed();
  }

  /** The stop before, or the next one. */
  step(step: 1 | -1): void {
    this.go(Math.min(this.stops.length - 1, Math.max(0, (this.at ?? -1) + step)));
  }

  /** Plays from where it was left, or from the beginning; pauses where it plays. */
  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(from = this.at ?? 0): void {
    const { stops } = this;
    if (stops.length === 0) {
      this.say("There are no bookmarks yet: Shift B keeps what you see", "tour");
      return;
    }
    this.playing = true;
    this.go(from < stops.length - 1 || this.at === null ? Math.min(from, stops.length - 1) : 0);
  }

  /** Plays from the bookmark of that name on, or from the first, once they are here. */
  begin(name: string): void {
    this.wanted = name;
    this.beginWanted();
  }

  pause(): void {
    if (!this.playing) return;
    this.playing = false;
    this.changed();
  }

  /** The tour is over: nothing of it is said any more. */
  leave(): void {
    if (this.at === null) return;
    this.playing = false;
    this.at = null;
    this.changed();
  }

  /** To be called every frame. Whoever walks off by themselves pauses it. */
  update(seconds: number): void {
    if (!this.playing) return;
    if (this.visitor.moves.size > 0) {
      this.pause();
      return;
    }
    if (this.visitor.moving || this.navigator.waiting || this.links().waiting) return;
    this.rested += seconds;
    if (this.rested < restOf(this.stop)) return;
    if ((this.at ?? 0) < this.stops.length - 1) this.step(1);
    else this.pause();
  }

  // ------------------------------------------------------------ inside

  private beginWanted(): void {
    const { stops, wanted } = this;
    if (wanted === null || stops.length === 0 || !this.store.room) return;
    this.wanted = null;
    this.at = null;
    this.play(Math.max(0, stops.findIndex(({ name }) => name === wanted)));
  }

  private documentChanged(): void {
    const now = JSON.stringify(this.store.at(["bookmarks"]) ?? {});
    if (now === this.shown) return;
    this.shown = now;
    this.follow();
    this.beginWanted();
    this.changed();
  }

  /** The stop that is shown has another place in the order, or another name, or is gone. */
  private follow(): void {
    if (this.at === null) return;
    const { stops } = this;
    const now = stops.findIndex(({ name }) => name === this.name);
    if (now >= 0) this.at = now;
    else if (this.at >= stops.length) this.leave();
    else this.name = stops[this.at]!.name;
  }

  private changed(): void {
    for (const listener of this.heard) listener();
  }

  /** What a place is called before anybody gives it a name. */
  private placeName(): string {
    const { overview, selection, room } = this.store;
    if (overview) return "Overview";
    const station = selection ? this.navigator.station(selection.station) : this.navigator.here();
    const channel = selection && selection.tile !== null ? ` #${selection.tile}` : "";
    return (station?.title ?? room?.network ?? "Place") + channel;
  }

  private freeName(name: string): string {
    const taken = new Set(this.stops.map((stop) => stop.name));
    const short = name.slice(0, MOST_NAME - 4);
    let free = short;
    for (let number = 2; taken.has(free); number++) free = `${short} ${number}`;
    return free;
  }
}

/** Bookmarks as the document has them, in the order of the tour. */
export function stopsOf(bookmarks: unknown): Stop[] {
  const kept = Object.entries((bookmarks ?? {}) as Record<string, Bookmark>);
  const stops = kept.map(([name, { link, note = "", order = 0 }]) => ({ name, link, note, order }));
  const before = (a: Stop, b: Stop): number => (a.name < b.name ? -1 : Number(a.name > b.name));
  return stops.sort((a, b) => a.order - b.order || before(a, b));
}

/** The stops that get another place in the order where one of them moves by a step. */
export function moved(stops: readonly Stop[], name: string, step: 1 | -1): Stop[] {
  const from = stops.findIndex((stop) => stop.name === name);
  const to = from + step;
  if (from < 0 || to < 0 || to >= stops.length) return [];
  const next = [...stops];
  [next[from], next[to]] = [next[to]!, next[from]!];
  return next.map((stop, order) => ({ ...stop, order })).filter((stop, i) => stop.order !== next[i]!.order);
}

/** How long a stop lasts, in seconds. */
export function restOf(stop: Stop | null): number {
  return Math.min(LONGEST_REST_S, REST_S + READING_S * (stop?.note.length ?? 0));
}
