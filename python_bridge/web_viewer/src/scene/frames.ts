/** What happens every frame: pages travel, walls glide, and the room is drawn if it changed. */
import type * as THREE from "three";
import { Glide } from "./glide";
import { FADE_S } from "./showing";
import type { Stage } from "./stage";

const UPLOAD_BYTES_A_FRAME = 8 << 20;
/** Uploads may take so long in a frame, or where frames are slow this share of them. */
const UPLOAD_S_A_FRAME = 0.004;
const UPLOAD_SHARE = 0.12;
const LONGEST_UPLOAD_S = 0.03;
/** With a headset, whose frames may not be late. */
const UPLOAD_BYTES_WORN = 1 << 20;
const UPLOAD_S_WORN = 0.002;
const SWEEP_S = 2.4;
/** What somebody moved and leaves so long where it is has been put down. */
const REST_S = 0.5;
/** More stations than so many move at once by a command, and not by hands. */
const MOST_APART = 16;

export class Frames {
  /** Milliseconds that it took to find what is in view, in the last frame. */
  cullingMs = 0;
  #stage: Stage;
  #glide = new Glide();
  #gliding = false;
  #fadingUntil = 0;
  #sweepBegan = 0;
  /** When the frame before this one began. */
  #before = 0;
  /** What goes with walls is to be made anew: of those on the move, or of all. */
  #displaced: "none" | "loose" | "all" = "none";
  /** When what somebody else moves counts as put down. */
  #rests = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Draws, if anything changed or moves; says whether it did. */
  render(): boolean {
    const { canvas, camera, movement, stereo } = this.#stage;
    const now = this.#stage.now();
    if (canvas.lost) return false;
    if (canvas.fit(camera)) movement.changed();
    this.#pump(now);
    this.#putDown(now);
    if (!stereo.presenting && !movement.needsPicture(camera, now)) return false;
    this.#draw(now);
    movement.drawn(camera, now);
    return true;
  }

  /** Prepares what another camera sees, as it is now and without hands, and has it drawn. */
  expose(camera: THREE.PerspectiveCamera, labels: boolean, draw: () => void): void {
    const { gizmo, movement, selection, surfaces, furnishings, overview } = this.#stage;
    const now = this.#stage.now();
    this.#stage.set("uTime", now);
    this.#stage.set("uSweep", now - this.#sweepBegan);
    this.#arrange(now);
    gizmo.update(null, [0, 0, 0]);
    selection.hover(null);
    selection.update(now);
    surfaces.lifted = selection.lifted;
    surfaces.fading = now < this.#fadingUntil;
    surfaces.update([camera]);
    furnishings.labels.update(camera, overview && labels, 1);
    this.#flush();
    draw();
    movement.changed(); // the visitor sees the room as it was before
  }

  /** True when every page has been uploaded and nothing moves any more. */
  get settled(): boolean {
    if (this.#stage.placement.underway.size > 0) return false;
    return this.#stage.movement.over(this.#stage.now()) && !this.#stage.layers.waiting;
  }

  /**
   * Walls of these stations (null: of all) stand there at once; what goes with walls does in the next
   * picture.
   */
  displace(stations: readonly string[] | null, which: "loose" | "all"): void {
    if (stations) this.#stage.walls.placeOf(stations);
    else this.#stage.walls.place();
    this.#stage.forgetFields();
    if (this.#displaced !== "all") this.#displaced = which;
    this.#stage.movement.changed();
  }

  /**
   * Somebody else moves these stations, maybe many times a second: what goes with them is kept
   * apart from all else until they rest, so that each move costs as much as what moves.
   */
  follow(stations: readonly string[]): void {
    const { placement } = this.#stage;
    const known = stations.every((station) => placement.underway.has(station));
    this.#rests = this.#stage.now() + REST_S;
    const apart = new Set([...placement.underway, ...stations]);
    if (!known) placement.setUnderway(apart.size > MOST_APART ? new Set() : apart);
    this.displace(stations, known ? "loose" : "all");
  }

  #putDown(now: number): void {
    const { placement } = this.#stage;
    if (placement.underway.size === 0 || now < this.#rests) return;
    placement.setUnderway(new Set());
    this.displace([], "all");
  }

  /** Walls go from where they are to where the next room has them, unless motion is unwanted. */
  beginGlide(): void {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.#glide.begin(this.#stage.walls.all, this.#stage.now());
    this.#gliding = true;
    this.#stage.movement.keep(this.#glide.until);
  }

  /** Light runs along the room. */
  beginSweep(): void {
    this.#sweepBegan = this.#stage.now();
    this.#stage.movement.drift(this.#sweepBegan + SWEEP_S);
  }

  #draw(now: number): void {
    const { stereo, camera, surfaces, furnishings, overview } = this.#stage;
    this.#stage.set("uTime", now);
    this.#stage.set("uSweep", now - this.#sweepBegan);
    this.#carry(now);
    this.#arrange(now);
    this.#frameChosen(now);
    surfaces.fading = now < this.#fadingUntil;
    const began = performance.now();
    surfaces.update(stereo.eyes(camera));
    this.cullingMs = performance.now() - began;
    furnishings.labels.update(camera, overview, this.#stage.freeRight);
    this.#flush();
    this.#stage.canvas.draw(this.#stage.scene, camera);
  }

  /** Walls on their way to where another layout has them. */
  #carry(now: number): void {
    if (!this.#gliding) return;
    const { walls, furnishings } = this.#stage;
    this.#gliding = now < this.#glide.until;
    if (!this.#gliding) this.#glide.end();
    walls.place((wall, there) => this.#glide.frameOf(wall, there, now));
    furnishings.setGliding(this.#gliding);
    furnishings.glide(now - FADE_S);
    this.#stage.forgetFields();
    if (this.#gliding) return;
    this.#displaced = "all";
    this.#stage.selectAgain();
  }

  #arrange(now: number): void {
    const { furnishings } = this.#stage;
    if (this.#displaced === "all") furnishings.arrange(now - FADE_S);
    else if (this.#displaced === "loose") furnishings.carry();
    this.#displaced = "none";
  }

  #frameChosen(now: number): void {
    const { arranged, gizmo, camera, movement, selection, surfaces } = this.#stage;
    const wall = this.#stage.wallOf(arranged?.station, arranged?.wall);
    gizmo.update(wall, camera.position.toArray());
    if (!movement.over(now)) selection.update(now);
    movement.keep(selection.movingUntil);
    surfaces.lifted = selection.lifted;
  }

  #flush(): void {
    const { palette, layers, walls } = this.#stage;
    palette.flush();
    layers.tables.flush();
    walls.table.flush();
    walls.panels.flush();
  }

  #pump(now: number): void {
    const { layers, walls, stereo, movement } = this.#stage;
    const share = Math.min(LONGEST_UPLOAD_S, UPLOAD_SHARE * (now - this.#before));
    this.#before = now;
    if (!layers.waiting) return;
    const worn = stereo.presenting;
    const seconds = worn ? UPLOAD_S_WORN : Math.max(UPLOAD_S_A_FRAME, share);
    const bytes = worn ? UPLOAD_BYTES_WORN : UPLOAD_BYTES_A_FRAME;
    const { begun, refined } = layers.pump(now, bytes, seconds);
    if (begun.length + refined.length === 0) return;
    const names = new Set([...begun, ...refined].map((layer) => layer.name));
    for (const wall of walls.all) if (names.has(wall.layer)) walls.light(wall, now);
    if (begun.length > 0) this.#fadingUntil = now + FADE_S;
    // In another order the lifted tile stands elsewhere. For any other layer nothing is urgent.
    const chosen = this.#stage.chosenWall?.layer;
    if (begun.some(({ name }) => name === chosen)) this.#stage.selectAgain();
    movement.drift(now + FADE_S);
    movement.arrived();
  }
}
