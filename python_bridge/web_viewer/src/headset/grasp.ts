/** What the hands of a headset's wearer do: point, touch, click, carry photographs, hold walls. */

import type { App } from "../app/app";
import type { Ray } from "../scene/picking";
import type { Vec3 } from "../scene/placement";
import type { Hit } from "../scene/types";
import { localOf } from "./arc";
import type { Carrying } from "./carrying";
import { type HandState, type Side } from "./controls";
import type { HandsView } from "./handsview";
import type { PanelHit, Panels } from "./panels";
import { apart, forwardOf, pointIn, type RigidPose } from "./poses";
import type { TrackedSpace } from "./space";

/** Hands take walls and photographs as far away as this. */
const REACH_M = 8;
/** The second of two quick clicks opens a block. */
const DOUBLE_MS = 380;
/** A finger so near has touched. */
const TOUCH_M = 0.015;
const UNTOUCH_M = 0.04;
/** What is let go of so near to the photograph's wall is put there. */
const PLACED_M = 0.7;
const HELD_RAY_M = 0.5;

const HOLDS = { left: 0, right: 1 } as const;
type Acts = Pick<Hit, "kind">["kind"];
const ACTING: readonly Acts[] = ["tile", "wall", "shelf", "photograph", "board", "thing"];

/** What a hand points at in this frame. */
interface Aim {
  hit: Hit | null;
  panel: PanelHit | null;
  distance: number;
}

interface Former {
  /** The finger touches something. */
  touches: boolean;
  /** The finger was before a panel. */
  before: boolean;
  /** A photograph was taken with a pinch or a trigger, not with a grip. */
  pinched: boolean;
  /** Where the photograph in it would have gone in the frame before: hands jerk as they let go. */
  aimed: Vec3 | null;
}

export class Grasp {
  /** The hand that aims a teleport with a press, null for none. */
  aiming: Side | null = null;
  private readonly former: Record<Side, Former> = {
    left: { touches: false, before: false, pinched: false, aimed: null },
    right: { touches: false, before: false, pinched: false, aimed: null },
  };
  private clicked: { station: string; at: number } | null = null;
  private hovered: Hit | null = null;

  constructor(
    private readonly app: App,
    private readonly panels: Panels,
    private readonly carrying: Carrying,
    private readonly view: HandsView,
  ) {}

  /** What the first hand that points at anything does. */
  get pointed(): Hit | null {
    return this.hovered;
  }

  /** To be called each frame, before those of the hands. */
  begin(): void {
    this.hovered = null;
  }

  finish(): void {
    const { hovered } = this;
    this.app.world.setHover(hovered && ["tile", "wall"].includes(hovered.kind) ? hovered : null);
  }

  /** Lets go of everything. */
  letGo(): void {
    for (const side of ["left", "right"] as const) {
      this.app.holding.letGo(HOLDS[side]);
      this.losePicture(side);
    }
    this.aiming = null;
    this.app.world.setHover(null);
  }

  use(hand: HandState, space: TrackedSpace, eyes: Vec3, shows: boolean): void {
    const { side } = hand;
    if (!hand.tracked) {
      this.lost(side);
      return;
    }
    const ray = space.inRoom(hand.ray);
    const grip = space.inRoom(hand.grip);
    const point = (at: Vec3): Vec3 => space.inRoom({ position: at, rotation: [0, 0, 0, 1] }).position;
    this.view.hand(side, grip, hand.joints?.map(point) ?? null);
    if (this.app.holding.isIn(HOLDS[side])) this.hold(hand, ray);
    else if (this.carrying.in(side) !== null) this.carry(hand, ray, grip, eyes);
    else this.point(hand, ray, point(hand.tip), shows);
  }

  private lost(side: Side): void {
    this.app.holding.letGo(HOLDS[side]);
    this.losePicture(side);
    if (this.aiming === side) this.aiming = null;
  }

  /** It is where it was taken. */
  private losePicture(side: Side): void {
    const picture = this.carrying.drop(side);
    if (picture) this.app.things.release(picture);
  }

  private hold(hand: HandState, ray: RigidPose): void {
    const side = HOLDS[hand.side];
    this.app.holding.move(side, ray);
    if (!hand.squeeze.down) this.app.holding.letGo(side);
    this.view.ray(ray, HELD_RAY_M, true);
  }

  private carry(hand: HandState, ray: RigidPose, grip: RigidPose, eyes: Vec3): void {
    const { side } = hand;
    const middle = this.carrying.move(side, grip, eyes);
    const frame = this.frameAt(ray, middle);
    this.view.ray(ray, frame ? apart(ray.position, frame) : HELD_RAY_M, frame !== null);
    const former = this.former[side];
    const press = former.pinched ? hand.select : hand.squeeze;
    const aimed = frame ?? former.aimed;
    former.aimed = press.down ? frame : null;
    if (press.down) return;
    this.letPictureGo(side, ray, aimed !== null);
  }

  /** Into the frame, on the shelf if that is pointed at, or it stays where it is. */
  private letPictureGo(side: Side, ray: RigidPose, inFrame: boolean): void {
    const { app } = this;
    const place = this.carrying.placeOf(side);
    const picture = this.carrying.drop(side);
    if (!picture) return;
    const shelved = app.world.meet(rayOf(ray))?.kind === "shelf";
    void app.things.lay(picture, inFrame || shelved ? null : place);
    if (inFrame) app.place(picture);
  }

  /** Where in the input frame a photograph would go, by ray or because it is there. */
  private frameAt(ray: RigidPose, middle: Vec3): Vec3 | null {
    const wall = this.app.world.walls.find(({ kind }) => kind === "photograph");
    if (!wall) return null;
    const hit = this.app.world.meet(rayOf(ray));
    if (hit?.kind === "photograph") return hit.point;
    const { origin, y } = wall.frame;
    const centre: Vec3 = [origin[0] + y[0] * 1.5, origin[1] + y[1] * 1.5, origin[2] + y[2] * 1.5];
    return apart(middle, centre) < PLACED_M ? centre : null;
  }

  private point(hand: HandState, ray: RigidPose, tip: Vec3, shows: boolean): void {
    const touched = this.touch(hand.side, tip);
    if (touched) return;
    const aim = this.aim(ray);
    if (aim.panel) this.panels.point(aim.panel);
    else this.hovered ??= aim.hit;
    if (hand.squeeze.began) this.take(hand.side, aim, ray);
    if (hand.select.began) this.press(hand, aim);
    if (!hand.select.down && this.aiming === hand.side) this.aiming = null;
    const acts = aim.panel ? aim.panel.cell >= 0 : aim.hit !== null && ACTING.includes(aim.hit.kind);
    if (shows) this.view.ray(ray, aim.distance, acts);
  }

  private aim(ray: RigidPose): Aim {
    const hit = this.app.world.meet(rayOf(ray));
    const away = hit ? apart(hit.point, ray.position) : Infinity;
    const panel = this.panels.meet(rayOf(ray));
    const first = panel !== null && panel.distance < away;
    return { hit: first ? null : hit, panel: first ? panel : null, distance: first ? panel.distance : away };
  }

  /** With the finger: true while it is at a panel or a wall. */
  private touch(side: Side, tip: Vec3): boolean {
    const former = this.former[side];
    const panel = this.panels.touched(tip);
    if (panel) {
      this.panels.point(panel);
      if (former.before && panel.before <= 0 && !former.touches) {
        former.touches = true;
        panel.view.click(panel);
      } else if (panel.before > TOUCH_M) former.touches = false;
      former.before = panel.before > 0;
      return true;
    }
    former.before = false;
    return this.touchWall(former, side, tip);
  }

  /** A finger touches a wall where it would meet it within a hand's breadth. */
  private touchWall(former: Former, side: Side, tip: Vec3): boolean {
    const near = this.nearest(tip);
    const touches = near !== null && near.distance < (former.touches ? UNTOUCH_M : TOUCH_M);
    if (touches && !former.touches) this.click(near.hit);
    former.touches = touches;
    if (touches && this.aiming === side) this.aiming = null;
    return touches;
  }

  private nearest(tip: Vec3): { hit: Hit; distance: number } | null {
    for (const wall of this.app.world.walls) {
      const { frame } = wall;
      const length = Math.hypot(...frame.z);
      const [x, y, z] = localOf(wall, tip);
      const beside = Math.abs(x) > wall.width / 2 || y < 0 || y > wall.height;
      if (beside || Math.abs(z) * length > UNTOUCH_M) continue;
      const direction: Vec3 = [-frame.z[0] / length, -frame.z[1] / length, -frame.z[2] / length];
      const from: Vec3 = [
        tip[0] - UNTOUCH_M * direction[0], tip[1] - UNTOUCH_M * direction[1],
        tip[2] - UNTOUCH_M * direction[2],
      ];
      const hit = this.app.world.meet({ origin: from, direction });
      if (!hit || hit.kind === "floor") continue;
      const distance = apart(hit.point, from) - UNTOUCH_M;
      if (distance < UNTOUCH_M) return { hit, distance: Math.abs(distance) };
    }
    return null;
  }

  private take(side: Side, { hit, panel, distance }: Aim, ray: RigidPose): void {
    if (panel || !hit || distance > REACH_M) return;
    if (hit.picture !== undefined) this.takePicture(side, hit, false);
    else if (hit.station) this.app.holding.take(HOLDS[side], hit.station, ray);
  }

  private takePicture(side: Side, { picture }: Hit, pinched: boolean): boolean {
    const { thumbnails, carried } = this.app.store;
    const pixels = picture === undefined ? undefined : thumbnails.get(picture);
    if (!picture || !pixels || carried.has(picture)) return false;
    this.former[side].pinched = pinched;
    this.app.things.lift(picture);
    this.carrying.take(side, picture, pixels);
    return true;
  }

  private press(hand: HandState, { hit, panel, distance }: Aim): void {
    if (panel) panel.view.click(panel);
    else if (hit?.kind === "floor") this.aiming = hand.side;
    else if (hit?.picture !== undefined && hand.joints && distance < REACH_M) {
      // A bare hand may have no other way to take something.
      if (!this.takePicture(hand.side, hit, true)) this.click(hit);
    } else if (hit) this.click(hit);
  }

  private click(hit: Hit): void {
    const { app } = this;
    if (hit.picture) {
      app.place(hit.picture);
      return;
    }
    if (hit.input) {
      app.frames.choose(hit.input);
      return;
    }
    const now = performance.now();
    const again = hit.station !== undefined && this.clicked?.station === hit.station
      && now - this.clicked.at < DOUBLE_MS;
    this.clicked = hit.station === undefined ? null : { station: hit.station, at: now };
    if (again && app.blocks.open(app.navigator.station(hit.station ?? ""))) return;
    app.navigator.click(hit);
  }
}

function rayOf(pose: RigidPose): Ray {
  return { origin: pose.position, direction: forwardOf(pose) };
}

/** Where a watch is worn, behind what a hand grips. */
export function wristOf(grip: RigidPose): Vec3 {
  return pointIn(grip, [0, 0.045, 0.048]);
}
