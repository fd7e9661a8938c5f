/** What can be asked of the room: what stands where, what a ray meets, and what layers show. */
import * as THREE from "three";
import type { Panel } from "../generated/protocol";
import type { Activation } from "./activation";
import type { Field } from "./fields";
import type { Frames } from "./frames";
import { handlesOf, type HandlePlace } from "./gizmo";
import { type Ends, histogramOf } from "./histogram";
import { cornersOf, meetLifted } from "./lifting";
import { PAGE_EDGE } from "./page";
import { along, pick, type Place, type Ray } from "./picking";
import { PHOTOGRAPH_Y_M } from "./exhibits";
import { pointOf, type Vec3 } from "./placement";
import type { Stage } from "./stage";
import type { Stereo } from "./stereo";
import type { DisplayRange, Hit, Memory, ScreenRectangle, Stats } from "./types";
import { onScreen, rayThrough, tileOnScreen } from "./views";
import { PHOTOGRAPH_EDGE, type Wall } from "./walls";

/** Nothing in here changes what stands or shows. */
export class Questions {
  readonly camera: THREE.PerspectiveCamera;
  readonly stereo: Stereo;

  constructor(protected readonly stage: Stage, protected readonly frames: Frames) {
    this.camera = stage.camera;
    this.stereo = stage.stereo;
  }

  // ------------------------------------------------------------ what stands where

  /** What stands at normalized device coordinates (-1 .. 1, y up); null for the sky. */
  pick(x: number, y: number): Hit | null {
    return this.meet(rayThrough(this.camera, x, y));
  }

  /** What a ray meets first, null for the sky and for backs of walls. */
  meet(ray: Ray): Hit | null {
    const { places: shelf, frames } = this.stage.furnishings.exhibits;
    const { raised } = this.stage.selection;
    const before = this.stage.things.meet(ray);
    const raisedHit = raised && meetLifted(ray, raised);
    const isBefore = before && before.distance < (raisedHit?.distance ?? Infinity);
    const lifted = isBefore ? before : raisedHit;
    const walls = along(ray, this.stage.walls.all);
    const hit = pick(ray, { walls, shelf, frames, board: this.stage.room?.board ?? null, lifted });
    const { layer, tile } = hit ?? {};
    if (!hit || hit.lifted || layer === undefined || tile === undefined) return hit;
    return { ...hit, tile: this.tileIn(layer, tile) };
  }

  /** The ray from the eye through a point of the canvas, in CSS pixels from its top left. */
  ray([x, y]: readonly [number, number]): Ray {
    const { clientWidth, clientHeight } = this.stage.canvas.element;
    return rayThrough(this.camera, (2 * x) / clientWidth - 1, 1 - (2 * y) / clientHeight);
  }

  /** Where a point of the room is on the canvas, in CSS pixels; null behind the eye. */
  project(point: Vec3): [number, number] | null {
    const { clientWidth, clientHeight } = this.stage.canvas.element;
    const at = onScreen(this.camera, [point], clientWidth, clientHeight);
    return at && [at.x, at.y];
  }

  /** Middle of the input frame's picture, its longer edge and how it is turned; null for none. */
  get inputFrame(): { centre: Vec3; edge: number; yaw: number } | null {
    const wall = this.stage.walls.all.find(({ kind }) => kind === "photograph");
    if (!wall) return null;
    const { frame } = wall;
    return {
      centre: pointOf(frame, 0, PHOTOGRAPH_Y_M), edge: PHOTOGRAPH_EDGE,
      yaw: Math.atan2(frame.z[0], frame.z[2]),
    };
  }

  /** The middle of a wall's foot, as it stands. */
  footOf(station: string, wall: number): Vec3 | null {
    return this.stage.wallOf(station, wall)?.frame.origin ?? null;
  }

  /** How high a CSS pixel is there, in metres. */
  metresAPixel(point: Vec3): number {
    const away = this.camera.position.distanceTo(new THREE.Vector3(...point));
    const high = 2 * away * Math.tan(THREE.MathUtils.degToRad(this.camera.fov / 2));
    return high / Math.max(1, this.stage.canvas.element.clientHeight);
  }

  /** Handles of the wall that can be moved. */
  get handles(): HandlePlace[] {
    const wall = this.stage.wallOf(this.stage.arranged?.station, this.stage.arranged?.wall);
    return wall ? handlesOf(wall) : [];
  }

  /** Where a tile is on the canvas, in CSS pixels; null if any corner is behind the eye. */
  projectTile(station: string, wall: number, tile: number): ScreenRectangle | null {
    const found = this.stage.wallOf(station, wall);
    const { clientWidth, clientHeight } = this.stage.canvas.element;
    const cell = this.cellOf(found?.layer ?? "", tile);
    return found && tileOnScreen(this.camera, found, cell, clientWidth, clientHeight);
  }

  /** Where the lifted tile with its caption is on the canvas, in CSS pixels; null for none. */
  projectLifted(): ScreenRectangle | null {
    const { raised } = this.stage.selection;
    const { clientWidth, clientHeight } = this.stage.canvas.element;
    return raised && onScreen(this.camera, cornersOf(raised), clientWidth, clientHeight);
  }

  /** Index of a station's wall that shows a cell of its layer now, -1 if none does. */
  wallWith(station: string, cell: number): number {
    const shows = ({ first, count }: Panel): boolean => cell >= first && cell < first + count;
    const walls = this.stage.walls.all.filter((wall) => wall.station === station);
    return walls.find(({ panels }) => panels.some(shows))?.index ?? -1;
  }

  /** Whether a wall shows no tile now, though others of its station may. */
  isEmpty(station: string, wall: number): boolean {
    return this.stage.wallOf(station, wall)?.panels.every(({ count }) => count === 0) ?? false;
  }

  /** The fields of tiles on walls, as they stand. */
  get fields(): readonly Field[] {
    return this.stage.fields;
  }

  /** Walls as they stand. */
  get walls(): readonly Wall[] {
    return this.stage.walls.all;
  }

  /** Small pictures of input frames, where there are several. */
  get inputFrames(): readonly Place[] {
    return this.stage.furnishings.exhibits.frames;
  }

  /** Pictures on the shelf's wall. */
  get shelf(): readonly Place[] {
    return this.stage.furnishings.exhibits.places;
  }

  /** Width and height of what is drawn, in pixels. */
  get pixels(): [width: number, height: number] {
    const { width, height } = this.stage.canvas.element;
    const [across, down] = this.stereo.pixels ?? [width, height];
    return [across * this.stage.detail, down * this.stage.detail];
  }

  // ------------------------------------------------------------ what layers show

  /** The layer that was chosen for a station's walls; undefined: its own. */
  shownBy(station: string): string | undefined {
    return this.stage.shown.get(station);
  }

  /** Whether a layer's walls show its tiles in this order; null: by index. */
  isOrdered(layer: string, order: Int32Array | null): boolean {
    return this.stage.layers.isOrdered(layer, order);
  }

  /** Colours of both scales as they are drawn. */
  get palette(): Uint8Array {
    return this.stage.colours.palette;
  }

  /** The tile that a cell of a layer's walls shows, which are in the order of their panels. */
  tileIn(layer: string, cell: number): number {
    return this.stage.layers.tileAt(layer, cell);
  }

  /** The cell of a layer's walls that shows a tile. */
  cellOf(layer: string, tile: number): number {
    return this.stage.layers.cellOf(layer, tile);
  }

  /** A layer's activation as far as it is here. */
  activation(layer: string): Activation | null {
    return this.stage.layers.activation(layer);
  }

  valueAt(layer: string, tile: number, u: number, v: number): number | null {
    const activation = this.stage.layers.activation(layer);
    return activation && tile < activation.tiles ? activation.valueAt(tile, u, v) : null;
  }

  /** What the colours of a layer span, by layer: 99.8 % of its magnitudes lie inside. */
  rangeOf(layer: string): DisplayRange | null {
    return this.stage.layers.activation(layer)?.scale ?? null;
  }

  /** What its colours span where they are not drawn around zero. */
  spanOf(layer: string): Ends | null {
    return this.stage.layers.activation(layer)?.span ?? null;
  }

  /** Whether a layer's values are drawn around zero. */
  isAroundZero(layer: string): boolean {
    return this.stage.colours.symmetric && (this.rangeOf(layer)?.signed ?? false);
  }

  /** Smallest and largest value of a tile. */
  tileRange(layer: string, tile: number): DisplayRange | null {
    const activation = this.stage.layers.activation(layer);
    return activation && tile < activation.tiles ? activation.tileRange(tile) : null;
  }

  /** Values of a tile (-1: of all) by place between two ends; specials are left out. */
  histogram(layer: string, tile: number, bins: number, ends: Ends): Uint32Array {
    const activation = this.stage.layers.activation(layer);
    return activation ? histogramOf(activation, tile, bins, ends) : new Uint32Array(bins);
  }

  /** Whether values of a layer are its own; else they are means of several. */
  isExact(layer: string): boolean {
    return this.stage.layers.activation(layer)?.exact ?? false;
  }

  /** Whether what the colours of a layer span was measured at full detail. */
  hasExactRange(layer: string): boolean {
    return this.stage.layers.activation(layer)?.exactScale ?? false;
  }

  /** Levels that are wanted, came in this run, and were given back. */
  missing(run: number): { layer: string; level: number }[] {
    return this.stage.layers.missing(run);
  }

  /** Widest and highest tile that can be drawn. */
  get tileEdge(): number {
    return PAGE_EDGE;
  }

  // ------------------------------------------------------------ how it is drawn

  get memory(): Memory {
    const { atlas, bytes } = this.stage.layers;
    return { budgetBytes: this.stage.budget, gpuBytes: atlas.slices.bytes, pageBytes: bytes };
  }

  /** True when every page has been uploaded and nothing moves any more. */
  get settled(): boolean {
    return this.frames.settled;
  }

  stats(): Stats {
    const { calls, triangles } = this.stage.canvas.renderer.info.render;
    const { atlas } = this.stage.layers;
    const { rows, ranges, colours } = this.stage.layers.tables;
    const textures = [
      atlas.slices, rows, ranges, colours, this.stage.walls.table, this.stage.walls.panels,
      ...this.stage.furnishings.slices,
    ];
    return {
      drawCalls: calls,
      wallDrawCalls: this.stage.surfaces.draws,
      cullingMs: this.frames.cullingMs,
      triangles,
      textureBytes: Math.round(textures.reduce((sum, one) => sum + one.bytes, 0)),
      walls: this.stage.walls.all.filter((wall) => wall.kind === "layer").length,
      litLayers: this.stage.layers.lit,
      newestLayers: this.stage.layers.newest,
    };
  }
}
