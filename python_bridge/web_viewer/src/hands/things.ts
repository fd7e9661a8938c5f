/**
 * Pictures as things: taken off the shelf or from where they stand, carried with the pointer or by
 * a visitor who walks, put into the input frame, on the shelf, or wherever they are let go of.
 *
 * Where one stands is the shared document's. Who holds one leases it, as a wall.
 */

import type { Store } from "../app/store";
import type { Connection } from "../connection/socket";
import type { Transform } from "../generated/protocol";
import type { Ray } from "../scene/picking";
import type { Vec3 } from "../scene/placement";
import { sizeOf, type Thing } from "../scene/things";
import type { Hit } from "../scene/types";
import type { Edits } from "./edits";
import { aboutY, samePlace } from "./grabs";

const LEASE_S = 5;
const RENEW_MS = 2000;
/** A picture so near to the middle of the input frame goes into it. */
const SNAP_M = 0.9;
/** Nearer or farther from the eyes none is carried. */
const NEAREST_M = 0.7;
const FARTHEST_M = 8;
/** Of who carries one by keys. */
const BEFORE_M = 1.3;
/** The wheel takes it e times as far away in so many pixels. */
const WHEEL_PX = 500;
/** So far it keeps from what it is carried against, and from the floor. */
const GAP_M = 0.12;
const FLOOR_M = 0.03;
/** Of the frame's picture, which covers what hangs there. */
const IN_FRAME = 1.01;

/** Where a picture would go, were it let go of. */
type Goal = "frame" | "shelf" | "room";

interface Held {
  id: string;
  at: Transform;
  distance: number;
  goal: Goal;
  /** Of several frames the one that is pointed at. */
  input?: string | undefined;
  /** Carried by a visitor who walks, not by a pointer. */
  walks: boolean;
}

/** What of the room a carried picture meets. */
interface Surroundings {
  meet(ray: Ray): Hit | null;
  setThings(things: readonly Thing[]): void;
  /** Middle of the input frame's picture, its longer edge and how it is turned; null for none. */
  readonly inputFrame: { centre: Vec3; edge: number; yaw: number } | null;
}

export class Things {
  private held: Held | null = null;
  /** What was let go of, until the document says so. */
  private readonly left = new Map<string, Transform>();
  private renewedMs = 0;

  constructor(
    private readonly store: Store,
    private readonly world: Surroundings,
    private readonly edits: Edits,
    private readonly connection: () => Connection,
    private readonly place: (picture: string, input?: string) => void,
    private readonly say: (message: string, about: string) => void,
  ) {
    store.on(["things", "shelf"], () => this.show());
    store.on("connection", () => this.cancel());
  }

  /** Id of the picture that pointer or keys carry, null for none. */
  get picture(): string | null {
    return this.held?.id ?? null;
  }

  /** A visitor who walks carries it. */
  get walking(): boolean {
    return this.held?.walks ?? false;
  }

  /** Where it would go. */
  get goal(): Goal | null {
    return this.held?.goal ?? null;
  }

  /** Takes a picture that is so far away; false if it cannot be seen yet. */
  take(id: string, distance = BEFORE_M, walks = false): boolean {
    if (this.held || !this.store.thumbnails.has(id)) return false;
    const unmoved: Transform = { position_m: [0, 0, 0], rotation: [0, 0, 0, 1], scale: 1 };
    const at = this.left.get(id) ?? this.store.things()[id] ?? unmoved;
    const within = Math.min(FARTHEST_M, Math.max(NEAREST_M, distance));
    this.held = { id, at, distance: within, goal: "room", walks };
    this.lift(id);
    return true;
  }

  /** Carries it along a ray from the eyes; what `looked` points at, else this ray, is its goal. */
  aim(ray: Ray, looked = ray, now = performance.now()): void {
    const { held } = this;
    if (!held) return;
    if (now - this.renewedMs > RENEW_MS) void this.lease(held.id, LEASE_S);
    const hit = this.world.meet(looked);
    const before = this.before(held, ray);
    const goal = this.goalOf(hit, held, before);
    if (goal === held.goal && samePlace(before, held.at) && goal !== "frame") return;
    held.goal = goal;
    held.input = goal === "frame" ? hit?.input : undefined;
    held.at = goal === "frame" ? (this.framed(held) ?? before) : before;
    this.show();
  }

  /** Farther away, or nearer, as the wheel turns; false while nothing is carried. */
  reach(pixels: number): boolean {
    if (!this.held) return false;
    const distance = this.held.distance * Math.exp(-pixels / WHEEL_PX);
    this.held.distance = Math.min(FARTHEST_M, Math.max(NEAREST_M, distance));
    return true;
  }

  /** Lets go of it: into the frame, on the shelf, or it stays there. */
  drop(): void {
    const { held } = this;
    if (!held) return;
    this.held = null;
    void this.lay(held.id, held.goal === "room" ? held.at : null);
    if (held.goal === "frame") this.place(held.id, held.input);
  }

  /** It is back where it was taken. */
  cancel(): void {
    if (!this.held) return;
    const { id } = this.held;
    this.held = null;
    this.release(id);
  }

  /** A hand takes it, which draws it: here it is seen no more. */
  lift(id: string): void {
    this.store.carried.add(id);
    void this.lease(id, LEASE_S);
    this.store.changed("things");
  }

  /** A hand lets go of it: it stands there from now on; null: on the shelf. */
  async lay(id: string, at: Transform | null): Promise<void> {
    const path = this.edits.path("things", id);
    if (at) this.left.set(id, at);
    this.store.carried.delete(id);
    this.store.changed("things");
    const name = this.nameOf(id);
    const what = at ? `standing ${name} there` : `putting ${name} back`;
    await this.edits.write(what, [{ path, value: at }]);
    if (this.left.get(id) === at) this.left.delete(id);
    if (!this.store.carried.has(id)) void this.lease(id, 0);
    this.store.changed("things");
  }

  /** A hand lost it: it is where it was. */
  release(id: string): void {
    this.store.carried.delete(id);
    if (this.store.connection === "connected") void this.lease(id, 0);
    this.store.changed("things");
  }

  sendBack(id: string): Promise<boolean> {
    const path = this.edits.path("things", id);
    return this.edits.write(`putting ${this.nameOf(id)} back`, [{ path, value: null }]);
  }

  async sendAllBack(): Promise<void> {
    const count = Object.keys(this.store.things()).length;
    if (count === 0) {
      this.say("All images are on the shelf", "things");
      return;
    }
    const path = ["things", this.store.network?.name ?? "main"];
    if (!(await this.edits.write("putting all images back", [{ path, value: null }]))) return;
    this.say(`${count} ${count === 1 ? "image is" : "images are"} back on the shelf`, "things");
  }

  /** Draws what stands in the room, and what is carried. */
  private show(): void {
    const { carried, thumbnails } = this.store;
    const stand = { ...this.store.things(), ...Object.fromEntries(this.left) };
    const things: Thing[] = [];
    for (const [id, at] of Object.entries(stand)) {
      const pixels = thumbnails.get(id);
      if (pixels && !carried.has(id)) things.push({ id, pixels, at, held: false });
    }
    const { held } = this;
    const pixels = held && thumbnails.get(held.id);
    if (held && pixels) things.push({ id: held.id, pixels, at: held.at, held: true });
    this.world.setThings(things);
  }

  /** Along the ray, before what it meets, upright, and turned to the eyes. */
  private before(held: Held, ray: Ray): Transform {
    const { origin, direction } = ray;
    const length = Math.hypot(...direction);
    const hit = this.world.meet(ray);
    const apart = hit ? Math.hypot(...hit.point.map((part, i) => part - origin[i]!)) : Infinity;
    const away = Math.max(0.4, Math.min(held.distance, apart - GAP_M)) / length;
    const at = (i: number): number => origin[i]! + away * direction[i]!;
    const scale = held.goal === "frame" ? (this.store.things()[held.id]?.scale ?? 1) : held.at.scale;
    const pixels = this.store.thumbnails.get(held.id);
    const lowest = pixels ? (scale * sizeOf(pixels)[1]) / 2 + FLOOR_M : 0;
    const yaw = Math.atan2(origin[0] - at(0), origin[2] - at(2));
    return { position_m: [at(0), Math.max(lowest, at(1)), at(2)], rotation: aboutY(yaw), scale };
  }

  private goalOf(hit: Hit | null, held: Held, before: Transform): Goal {
    const frame = this.world.inputFrame;
    const near = frame !== null
      && Math.hypot(...frame.centre.map((part, i) => part - before.position_m[i]!)) < SNAP_M;
    const reached = hit !== null && (!held.walks || this.isNear(hit.point, before));
    if (frame && (near || (reached && hit.kind === "photograph"))) return "frame";
    return reached && hit.kind === "shelf" ? "shelf" : "room";
  }

  /** Who walks has to come up to it. */
  private isNear(point: Vec3, { position_m }: Transform): boolean {
    return Math.hypot(...point.map((part, i) => part - position_m[i]!)) < 1.6 * SNAP_M;
  }

  /** Just before the frame's own picture, as large. */
  private framed({ id }: Held): Transform | null {
    const frame = this.world.inputFrame;
    const pixels = this.store.thumbnails.get(id);
    if (!frame || !pixels) return null;
    const [x, y, z] = frame.centre;
    const position_m: Vec3 = [x + 0.03 * Math.sin(frame.yaw), y, z + 0.03 * Math.cos(frame.yaw)];
    const scale = (IN_FRAME * frame.edge) / Math.max(...sizeOf(pixels));
    return { position_m, rotation: aboutY(frame.yaw), scale };
  }

  private async lease(id: string, seconds: number): Promise<void> {
    this.renewedMs = performance.now();
    const path = this.edits.path("things", id);
    try {
      await this.connection().ask({ type: "grab", path, seconds });
    } catch (error) {
      if (this.store.connection !== "connected" || seconds === 0) return;
      if (this.held?.id === id) this.cancel();
      this.say(error instanceof Error ? error.message : String(error), "things");
    }
  }

  private nameOf(id: string): string {
    return this.store.shelf.find((one) => one.id === id)?.name ?? id;
  }
}
