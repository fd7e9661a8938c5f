/** Mouse and touch on the scene: look, click, hover, drag a picture off the shelf, pinch. */

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
  click(hit: Hit | null): void;
  doubleClick(hit: Hit): void;
  hover(hit: Hit | null, x: number, y: number): void;
  /** A picture of the shelf is dragged; null: let go of. */
  carry(picture: string | null, x: number, y: number): void;
  place(picture: string): void;
  /** The visitor moved by wheel or fingers. */
  walked(): void;
  wake(): void;
}

interface Press {
  x: number;
  y: number;
  hit: Hit | null;
  dragged: boolean;
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
    const hit = this.pointers.size === 1 ? this.actions.pick(point.x, point.y) : null;
    this.press = { ...point, hit, dragged: this.pointers.size > 1 };
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
    if (this.pointers.size > 1) this.advance((this.apart() - apart) * PINCH_M_PX);
    else if (press.hit?.picture) this.actions.carry(press.hit.picture, point.x, point.y);
    else this.look(point.x - before.x, point.y - before.y);
    this.actions.wake();
  }

  private look(dx: number, dy: number): void {
    const scale = LOOK_RAD_PX * (this.visitor.fov / 58);
    this.visitor.look(dx * scale, dy * scale);
  }

  private up(event: PointerEvent): void {
    const { press } = this;
    this.pointers.delete(event.pointerId);
    if (this.pointers.size > 0 || !press) return;
    this.press = null;
    const { picture } = press.hit ?? {};
    if (picture) {
      this.actions.carry(null, 0, 0);
      this.actions.place(picture);
    } else if (!press.dragged) this.clicked(press);
    this.actions.wake();
  }

  /** The second of two quick clicks means what the first one hit: the scene may move already. */
  private clicked(press: Press): void {
    const now = performance.now();
    const { last } = this;
    const near = last && Math.hypot(press.x - last.x, press.y - last.y) < 2 * SLACK_PX;
    if (near && last.hit && now - last.at < DOUBLE_MS) {
      this.last = null;
      this.actions.doubleClick(last.hit);
      return;
    }
    this.last = { at: now, x: press.x, y: press.y, hit: press.hit };
    this.actions.click(press.hit);
  }

  private cancel(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    if (this.press?.hit?.picture) this.actions.carry(null, 0, 0);
    this.press = null;
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
    this.advance(-pixels * WHEEL_M_PX * this.visitor.pace);
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
