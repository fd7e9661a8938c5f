/**
 * Walls moved with mouse, fingers or keys: while a visitor arranges (M), the chosen wall has
 * handles. With Alt any wall can be dragged at any time.
 */

import type { Selection, Store } from "../app/store";
import type { Hit } from "../scene/types";
import type { Vec3 } from "../scene/placement";
import type { World } from "../scene/world";
import { Dragging, type Handle, type Point, type Screen } from "./dragging";
import type { Edits } from "./edits";
import { larger, UNTURNED } from "./grabs";
import { type Holding, PAGE } from "./holding";
import { namesAt } from "./keeping";
import { type Nudge, nudged } from "./nudges";

/** A handle is hit from so near, in CSS pixels. */
const REACH_PX = 18;
/** The wheel makes a wall e times as large, or as small, in so many pixels. */
const WHEEL_PX = 600;
/** Keys that follow one another so quickly are one step to be undone, in milliseconds. */
const REST_MS = 600;
const STILL = { position: [0, 0, 0] as [number, number, number], rotation: UNTURNED };

/** A wall that can be taken. */
interface Grip {
  station: string;
  wall: number;
  handle: Handle;
}

interface Press {
  grip: Grip;
  points: readonly Point[];
  upright: boolean;
  dragging: Dragging;
}

export class Arranging {
  active = false;
  private press: Press | null = null;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly holding: Holding,
    private readonly edits: Edits,
    private readonly yaw: () => number,
    private readonly say: (message: string, about: string) => void,
    /** Says what only those need to hear who do not see the handles. */
    private readonly aloud: (message: string) => void,
  ) {
    store.on(["selection", "room", "view"], () => this.follow());
  }

  /** Shows handles around the chosen wall, or puts them away. */
  toggle(): void {
    if (!this.active && !this.store.selection) {
      this.say("Go to a wall first: click it. Then M moves it", "arrange");
      return;
    }
    this.active = !this.active;
    this.finish();
    this.follow();
    this.aloud(this.announcement());
    this.store.changed("arrange");
  }

  private announcement(): string {
    const { selection, room } = this.store;
    const title = room?.stations.find(({ key }) => key === selection?.station)?.title ?? "the wall";
    if (!this.active) return `${title} stays where it is`;
    return `Moving ${title}: arrow keys move it, R puts it back, M or Escape ends`;
  }

  /** Takes what is under the pointer, if it is a handle or the wall that is arranged. */
  begin(point: Point, hit: Hit | null, event: { altKey: boolean; shiftKey: boolean }): boolean {
    const grip = this.gripAt(point, hit, event.altKey);
    if (!grip || !this.takes(grip.station)) return false;
    clearTimeout(this.rest); // keys that moved it just now would let go of it
    this.hold([point], grip, event.shiftKey);
    return true;
  }

  /** The pointers are there now; one more or one less goes on from where the wall is. */
  drag(points: readonly Point[], upright: boolean): void {
    const { press } = this;
    if (!press || points.length === 0) return;
    const anew = points.length !== press.points.length || upright !== press.upright;
    if (anew) this.hold(points, press.grip, upright);
    else this.holding.adjust(() => press.dragging.at(points));
  }

  /** A wheel turned while a wall is held makes it larger or smaller. */
  wheel(pixels: number): boolean {
    const { press } = this;
    if (!press) return false;
    const foot = this.footOf(press.grip.station, press.grip.wall);
    this.holding.adjust((station) => larger(station, Math.exp(-pixels / WHEEL_PX), foot));
    this.hold(press.points, press.grip, press.upright);
    return true;
  }

  end(): void {
    this.press = null;
    this.holding.letGo(PAGE);
  }

  cancel(): void {
    this.press = null;
    if (this.holding.isIn(PAGE)) this.holding.cancel();
  }

  /** Moves the chosen wall by a step; false while nothing is arranged. */
  nudge(nudge: Nudge, far: boolean): boolean {
    const { selection } = this.store;
    if (!this.active || !selection || this.press) return false;
    if (!this.takes(selection.station)) return true;
    const foot = this.footOf(selection.station, selection.wall);
    this.holding.adjust((station) => nudged(station, { nudge, far, yaw: this.yaw(), foot }));
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.finish(), REST_MS);
    return true;
  }

  /** What keys and pointers have moved so far counts as done. */
  undo(): void {
    this.finish();
    void this.edits.undo();
  }

  redo(): void {
    this.finish();
    void this.edits.redo();
  }

  /** Where the layout has it. */
  async reset(): Promise<void> {
    const { selection, room } = this.store;
    const station = room?.stations.find(({ key }) => key === selection?.station);
    if (!station) {
      this.say("Go to a wall first: R puts it back where it belongs", "arrange");
      return;
    }
    const moved = this.moved.has(station.key);
    this.finish();
    const path = this.edits.path("stations", station.key);
    const done = await this.edits.write(`putting ${station.title} back`, [{ path, value: null }]);
    const where = moved ? `${station.title} is back where it belongs` : "It stands where it belongs";
    if (done) this.say(where, "arrange");
  }

  /** All walls go where the layout has them, but for those that are pinned. */
  async resetAll(): Promise<void> {
    const pinned = namesAt(this.store, "pinned");
    const moved = [...this.moved].filter((key) => !pinned.has(key)).length;
    if (moved === 0) {
      const but = this.moved.size > 0 ? ", or are pinned" : "";
      this.say(`All walls stand where they belong${but}`, "arrange");
      return;
    }
    this.finish();
    const stay = Object.entries(this.store.transforms()).filter(([key]) => pinned.has(key));
    const value = stay.length > 0 ? Object.fromEntries(stay) : null;
    const path = ["stations", this.store.network?.name ?? "main"];
    if (!(await this.edits.write("putting all walls back", [{ path, value }]))) return;
    this.say(`${moved} ${moved === 1 ? "wall is" : "walls are"} back; Ctrl Z undoes it`, "arrange");
  }

  /** Stations that do not stand where the layout has them. */
  private get moved(): ReadonlySet<string> {
    const held = this.holding.station;
    return new Set([...Object.keys(this.store.transforms()), ...(held === null ? [] : [held])]);
  }

  /** Whether a wall is in the hand of this page's mouse, fingers or keys. */
  get holds(): boolean {
    return this.press !== null;
  }

  private gripAt(point: Point, hit: Hit | null, alt: boolean): Grip | null {
    const chosen = this.active ? this.store.selection : null;
    const handle = chosen && this.handleAt(point);
    if (handle) return { ...chosen, handle };
    const own = chosen && hit?.station === chosen.station && !hit.lifted;
    if (!hit?.station || !(own || alt)) return null;
    return { station: hit.station, wall: hit.wall ?? 0, handle: "body" };
  }

  private handleAt([x, y]: Point): Handle | null {
    for (const { kind, point } of this.world.handles) {
      const at = this.world.project(point);
      if (at && Math.hypot(at[0] - x, at[1] - y) < REACH_PX) return kind;
    }
    return null;
  }

  private takes(station: string): boolean {
    if (this.holding.station !== null && this.holding.station !== station) this.finish();
    return this.holding.isIn(PAGE) || this.holding.take(PAGE, station, STILL);
  }

  private hold(points: readonly Point[], grip: Grip, upright: boolean): void {
    const { at } = this.holding;
    if (!at) return;
    const grasped = { station: at, foot: this.footOf(grip.station, grip.wall) };
    const dragging = new Dragging(this.screen, grip.handle, points, grasped, upright);
    this.press = { points, upright, dragging, grip };
  }

  private footOf(station: string, wall: number): Vec3 {
    return this.world.footOf(station, wall) ?? this.holding.at?.position_m ?? [0, 0, 0];
  }

  /** What keys and pointers hold is let go of where it is. */
  finish(): void {
    clearTimeout(this.rest);
    this.press = null;
    this.holding.letGo(PAGE);
  }

  private follow(): void {
    const { selection, overview } = this.store;
    if (!selection || overview) this.active = false;
    this.world.setArranged(this.active ? (selection as Selection).station : null, selection?.wall);
  }

  private get screen(): Screen {
    const { world } = this;
    return {
      ray: ([x, y]) => world.ray([x, y]),
      project: (point) => world.project(point),
      metresAPixel: (point) => world.metresAPixel(point),
    };
  }
}
