/** Mouse and touch on the scene: look, click, hover, carry a picture, pinch. */

import type { Point } from "../hands/dragging";
import type { Hit } from "../scene/types";
import type { Visitor } from "./visitor";

const LOOK_RAD_PX = 0.0032;
const SLACK_PX = 5; // a press that moves less is a click
const DOUBLE_MS = 380;
const WHEEL_M_PX = 0.008;
const PINCH_M_PX = 0.02;
const PRIMARY = 0;

interface PointerActions {
  /** What lies under a point of the canvas, in CSS pixels from its top left corner. */
  pick(x: number, y: number): Hit | null;
  /** `selects`: with Shift. */
  click(hit: Hit | null, selects: boolean): void;
  doubleClick(hit: Hit): void;
  hover(hit: Hit | null, x: number, y: number): void;
  /** The picture that a drag began at goes with the pointer, which is there now. */
  carry(hit: Hit, at: Point): void;
  /** It is let go of. */
  drop(): void;
  /** The pointer was taken away by the system: it goes back. */
  loseCarried(): void;
  /** A picture was clicked. */
  place(picture: string): void;
  /** A drag begins at a point: true if it takes a wall with it, and does not look around. */
  grab(at: Point, hit: Hit | null, event: PointerEvent): boolean;
  /** All pointers that hold the wall are there now. */
  drag(to: readonly Point[], event: PointerEvent): void;
  letGo(): void;
  /** The pointers were taken away by the system: the wall goes back. */
  loseGrip(): void;
  /** The wheel turned by pixels; true if that was for a wall that is held. */
  size(pixels: number): boolean;
  /** The visitor moved by wheel or fingers. */
  walked(): void;
  wake(): void;
}

interface Press {
  x: number;
  y: number;
  hit: Hit | null;
  dragged: boolean;
  /** Whether a wall goes with it; undefined until it has moved. */
  holds?: boolean;
}

export class PointerInput {
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private press: Press | null = null;
  private last: { at: number; x: number; y: number; hit: Hit | null } | null = null;
  private hovered: { x: number; y: number } | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly visitor: Visitor,
    private readonly actions: PointerActions,
  ) {
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.moved(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.cancel(event));
    canvas.addEventListener("pointerleave", () => this.hover(null));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** Looks again at what is under a resting pointer; false while that is pressed. */
  rehover(): boolean {
    if (this.press) return false;
    if (this.hovered) this.hover(this.hovered);
    return true;
  }

  private at(event: MouseEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private down(event: PointerEvent): void {
    if (event.button !== PRIMARY) return; // the others mean nothing here
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.focus({ preventScroll: true });
    const point = this.at(event);
    this.pointers.set(event.pointerId, point);
    if (this.press) this.press.dragged = true;
    else this.press = { ...point, hit: this.actions.pick(point.x, point.y), dragged: false };
    this.actions.wake();
  }

  private moved(event: PointerEvent): void {
    const point = this.at(event);
    const before = this.pointers.get(event.pointerId);
    if (!before || !this.press) {
      this.hover(point);
      return;
    }
    const apart = this.apart();
    this.pointers.set(event.pointerId, point);
    const { press } = this;
    press.dragged ||= Math.hypot(point.x - press.x, point.y - press.y) > SLACK_PX;
    if (!press.dragged) return;
    press.holds ??= this.actions.grab([press.x, press.y], press.hit, event);
    if (press.holds) this.actions.drag(this.points, event);
    else if (this.pointers.size > 1) this.advance((this.apart() - apart) * PINCH_M_PX);
    else if (press.hit?.picture) this.actions.carry(press.hit, [point.x, point.y]);
    else this.look(point.x - before.x, point.y - before.y);
    this.actions.wake();
  }

  private look(dx: number, dy: number): void {
    const scale = LOOK_RAD_PX * (this.visitor.fov / 58);
    this.visitor.look(dx * scale, dy * scale);
  }

  private get points(): Point[] {
    return [...this.pointers.values()].map(({ x, y }) => [x, y]);
  }

  private up(event: PointerEvent): void {
    const { press } = this;
    this.pointers.delete(event.pointerId);
    if (!press) return;
    if (press.holds && this.pointers.size > 0) this.actions.drag(this.points, event);
    if (this.pointers.size > 0) return;
    this.press = null;
    const { picture } = press.hit ?? {};
    if (press.holds) this.actions.letGo();
    else if (picture && press.dragged) this.actions.drop();
    else if (picture) this.actions.place(picture);
    else if (!press.dragged) this.clicked(press, event.shiftKey);
    this.actions.wake();
  }

  /** The second of two quick clicks means what the first one hit: the scene may move already. */
  private clicked(press: Press, selects: boolean): void {
    if (selects) {
      this.last = null;
      this.actions.click(press.hit, true);
      return;
    }
    const now = performance.now();
    const { last } = this;
    const near = last && Math.hypot(press.x - last.x, press.y - last.y) < 2 * SLACK_PX;
    if (near && last.hit && now - last.at < DOUBLE_MS) {
      this.last = null;
      this.actions.doubleClick(last.hit);
      return;
    }
    this.last = { at: now, x: press.x, y: press.y, hit: press.hit };
    this.actions.click(press.hit, false);
  }

  private cancel(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    if (this.press?.holds) this.actions.loseGrip();
    else if (this.press?.hit?.picture) this.actions.loseCarried();
    this.press = null;
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
    if (!this.actions.size(pixels)) this.advance(-pixels * WHEEL_M_PX * this.visitor.pace);
    this.actions.wake();
  }

  private advance(metres: number): void {
    this.visitor.advance(metres);
    this.actions.walked();
  }

  private hover(point: { x: number; y: number } | null): void {
    this.hovered = point;
    if (point) this.actions.hover(this.actions.pick(point.x, point.y), point.x, point.y);
    else this.actions.hover(null, 0, 0);
  }

  private apart(): number {
    const [a, b] = [...this.pointers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }
}
