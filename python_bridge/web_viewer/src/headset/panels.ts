/** The panels of a headset's wearer: a menu, a notice, and what is on the wrist. */
import * as THREE from "three";
import { Solids, unitBox } from "../scene/boxes";
import { type Frame, scaled, type Vec3 } from "../scene/placement";
import type { Ray } from "../scene/picking";
import type { Uniforms } from "../scene/shaders";
import { Lettering } from "../scene/text";
import type { Uploader } from "../scene/textures";
import { type OnPanel, PanelView, type Row } from "./panelview";
import { aboutY, apart, cross, forwardOf, plus, type RigidPose, turn, unit, UP, yawOf } from "./poses";

/** Metres from the eyes, and how far below and beside where they look. */
const MENU_M = 1.2;
const NOTICE_M = 1.15;
const NEAREST_M = 0.7;
const BELOW_RAD = (20 * Math.PI) / 180;
const ASIDE_RAD = (20 * Math.PI) / 180;
const MENU_SCALE = 1.3;
const NOTICE_SCALE = 1.3;
/** Least widths at a scale of 1. */
const MENU_WIDE = 0.46;
const NOTICE_WIDE = 0.3;
const WRIST_WIDE = 0.27;
const READOUT_WIDE = 0.08;
/** Pixels for the letters of a sheet; what changes often has few, which travel anew each time. */
const LARGE = [1024, 512] as const;
const SMALL = [512, 128] as const;
/** A readout is as large as it is this far away, wherever it is, and so much before what it is of. */
const READOUT_M = 1.1;
const BEFORE_M = 0.06;
const ASIDE_M = 0.015;
/** Letters that nobody sees any more are forgotten after so many writings. */
const MOST_WRITINGS = 200;

/** Panels that share their draws. */
class Sheet {
  readonly group = new THREE.Group();
  private readonly pane: Solids;
  private readonly letters: Lettering;
  private writings = 0;

  readonly views: PanelView[] = [];

  constructor(uploader: Uploader, shared: Uniforms, [width, height]: readonly [number, number]) {
    this.pane = new Solids(unitBox(), shared, 4);
    this.letters = new Lettering(uploader, shared, { width, height, order: 34 });
    this.group.add(this.pane.mesh, this.letters.mesh);
  }

  add(): PanelView {
    const view = new PanelView((spans, cap) => this.letters.width(spans, cap));
    this.views.push(view);
    return view;
  }

  write(): void {
    if (!this.views.some((view) => view.dirty)) return;
    if (++this.writings % MOST_WRITINGS === 0) this.letters.atlas.clear();
    for (const view of this.views) view.dirty = false;
    this.pane.set(this.views.flatMap((view) => view.solids()));
    this.letters.set(this.views.flatMap((view) => view.lines()));
  }

  restore(): void {
    this.letters.atlas.clear();
    this.letters.atlas.slices.forget();
    this.letters.atlas.slices.reserve(1);
    for (const view of this.views) view.dirty = true;
  }
}

/** What a hand points at, or touches. */
export interface PanelHit extends OnPanel {
  view: PanelView;
}

export class Panels {
  readonly group = new THREE.Group();
  readonly menu: PanelView;
  readonly notice: PanelView;
  readonly wrist: PanelView;
  readonly readout: PanelView;
  private readonly sheets: Sheet[];
  private pointed = new Map<PanelView, Set<number>>();

  constructor(uploader: Uploader, shared: Uniforms) {
    // What moves in every frame is written apart from what stays.
    const sheet = (size: readonly [number, number]) => new Sheet(uploader, shared, size);
    const [still, moving, reading] = [sheet(LARGE), sheet(LARGE), sheet(SMALL)];
    this.menu = still.add();
    this.notice = still.add();
    this.wrist = moving.add();
    this.readout = reading.add();
    this.sheets = [still, moving, reading];
    this.group.add(...this.sheets.map(({ group }) => group));
  }

  setMenu(rows: readonly Row[]): void {
    this.menu.set(rows, MENU_WIDE);
  }

  setNotice(rows: readonly Row[]): void {
    this.notice.set(rows, NOTICE_WIDE);
  }

  setWrist(rows: readonly Row[]): void {
    this.wrist.set(rows, WRIST_WIDE);
  }

  setReadout(rows: readonly Row[]): void {
    this.readout.set(rows, READOUT_WIDE);
  }

  /** Above a point that somebody points to, and right of it. */
  placeReadout(at: Vec3, eyes: Vec3): void {
    const far = Math.max(NEAREST_M, apart(at, eyes) - BEFORE_M);
    const scale = far / READOUT_M;
    const to = unit([at[0] - eyes[0], at[1] - eyes[1], at[2] - eyes[2]]);
    const above = scaled(UP, scale * (this.readout.height / 2 + ASIDE_M));
    const right = scaled(unit(cross(to, UP)), scale * (this.readout.width / 2 + ASIDE_M));
    const middle = plus(plus(eyes, scaled(to, far)), plus(above, right));
    this.readout.place(facing(middle, eyes, scale));
  }

  /**
   * Hangs menu and notice before the eyes, upright, only where the visitor turned away from them.
   * `side`: -1 has the menu to the left. `clear`: metres to the next wall in a direction.
   */
  place(eyes: RigidPose, side: number, clear: (way: Vec3) => number): void {
    const yaw = yawOf(eyes.rotation);
    const ahead = forwardOf({ position: eyes.position, rotation: aboutY(yaw) });
    const hang = (view: PanelView, far: number, aside: number, below: number, scale: number) => {
      if (!view.isAway(eyes.position, ahead)) return;
      const level = turn(aboutY(yaw - side * aside), [0, -Math.sin(below), -Math.cos(below)]);
      const away = Math.max(NEAREST_M, Math.min(far, clear(level) - 0.1));
      view.place(facing(plus(eyes.position, scaled(level, away)), eyes.position, (scale * away) / far));
    };
    hang(this.menu, MENU_M, ASIDE_RAD, BELOW_RAD * 0.6, MENU_SCALE);
    hang(this.notice, NOTICE_M, 0, -0.25, NOTICE_SCALE);
  }

  /** The menu comes to where the eyes look now. */
  recall(): void {
    this.menu.place(null);
  }

  /** Above a wrist, facing the eyes; null puts it away. */
  placeWrist(wrist: Vec3 | null, eyes: Vec3): void {
    this.wrist.place(wrist && facing(plus(wrist, [0, 0.11, 0]), eyes, 1));
  }

  meet(ray: Ray): PanelHit | null {
    return nearest(this.solid.map((view) => ({ view, met: view.meet(ray) })));
  }

  touched(tip: Vec3): PanelHit | null {
    return nearest(this.solid.map((view) => ({ view, met: view.touched(tip) })));
  }

  /** Marks a cell as pointed to, until the end of this frame. */
  point({ view, cell }: PanelHit): void {
    if (cell >= 0) this.pointed.set(view, (this.pointed.get(view) ?? new Set()).add(cell));
  }

  draw(): void {
    for (const view of this.views) view.point(this.pointed.get(view) ?? new Set());
    this.pointed = new Map();
    for (const sheet of this.sheets) sheet.write();
  }

  restore(): void {
    for (const sheet of this.sheets) sheet.restore();
  }

  /** Hands point through a readout at what it is of. */
  private get solid(): PanelView[] {
    return [this.menu, this.notice, this.wrist];
  }

  private get views(): PanelView[] {
    return this.sheets.flatMap(({ views }) => views);
  }
}

function nearest(found: { view: PanelView; met: OnPanel | null }[]): PanelHit | null {
  let best: PanelHit | null = null;
  for (const { view, met } of found) {
    if (met && (!best || met.distance < best.distance)) best = { view, ...met };
  }
  return best;
}

/** Upright as seen from the eyes, and facing them. */
export function facing(origin: Vec3, eyes: Vec3, scale: number): Frame {
  const z = unit([eyes[0] - origin[0], eyes[1] - origin[1], eyes[2] - origin[2]]);
  const x = unit(cross(UP, z));
  const by = (axis: Vec3): Vec3 => scaled(axis, scale);
  return { origin, x: by(x), y: by(cross(z, x)), z: by(z) };
}
