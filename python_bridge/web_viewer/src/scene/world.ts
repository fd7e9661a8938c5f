/** The room in three dimensions: everything the application may ask of it. */
import * as THREE from "three";
import type { Axis, Network, Pages, Room, Score, Transform } from "../generated/protocol";
import type { Activation } from "./activation";
import { type Field, fieldsOf } from "./fields";
import { Furnishings } from "./furnishings";
import { Glide } from "./glide";
import { Gizmo, handlesOf, type HandlePlace } from "./gizmo";
import { type Ends, histogramOf } from "./histogram";
import { Layers } from "./layers";
import { cornersOf, meetLifted } from "./lifting";
import { Movement } from "./movement";
import { PAGE_EDGE, tileShape } from "./page";
import { PALETTE, PALETTE_SIZE, paletteOf, type Scheme } from "./palette";
import { along, pick, type Place, type Ray } from "./picking";
import { Placement, type Vec3 } from "./placement";
import { Canvas } from "./renderer";
import { SelectionView } from "./selection";
import type { Uniforms } from "./shaders";
import { FADE_S } from "./showing";
import { Stereo } from "./stereo";
import { NEAR_FACES_M, Surfaces } from "./surfaces";
import { Table, type Uploader } from "./textures";
import type {
  Colours, DisplayRange, Hit, Memory, Normalization, ScreenRectangle, Selection, ShelfPicture, Sight,
  Sparing, Stats, Want,
} from "./types";
import { FARTHEST_M, onScreen, overviewScale, rayThrough, tileOnScreen } from "./views";
import { type Wall, Walls } from "./walls";
import { tileTitle } from "./words";

const FIELD_OF_VIEW = 58;
const UPLOAD_BYTES_A_FRAME = 8 << 20;
/** Uploads may take so long in a frame, or where frames are slow this share of them. */
const UPLOAD_S_A_FRAME = 0.004;
const UPLOAD_SHARE = 0.12;
const LONGEST_UPLOAD_S = 0.03;
/** With a headset, whose frames may not be late. */
const UPLOAD_BYTES_WORN = 1 << 20;
const UPLOAD_S_WORN = 0.002;
const SWEEP_S = 2.4;
const OVERVIEW_FOG = 0.3;

/** What somebody else puts into the room, and how it is drawn again after a lost context. */
interface Furniture<T> {
  root: THREE.Object3D;
  value: T;
  restore: () => void;
}

export class World {
  readonly camera = new THREE.PerspectiveCamera(FIELD_OF_VIEW, 1, 0.08, 1.2 * FARTHEST_M);
  readonly stereo: Stereo;
  #restorers: (() => void)[] = [];
  /** Share of the screen's pixels that walls are asked for. */
  #detail = 1;
  #palette: Table<Uint8Array>;
  #colours: Colours = { normalization: "layer", symmetric: true, palette: PALETTE };
  #canvas: Canvas;
  #scene = new THREE.Scene();
  #uniforms: Uniforms;
  #placement = new Placement();
  #layers: Layers;
  #walls: Walls;
  #surfaces: Surfaces;
  #furnishings: Furnishings;
  #selection: SelectionView;
  #room: Room | null = null;
  #network: Network | null = null;
  /** Which layer a station shows instead of its own. */
  #shown = new Map<string, string>();
  #chosen: Selection | null = null;
  #sight: Sight | null = null;
  #classes: readonly string[] = [];
  #movement = new Movement();
  #glide = new Glide();
  #gliding = false;
  #fadingUntil = 0;
  #freeRight = 1;
  #cullingMs = 0;
  /** When the frame before this one began. */
  #before = 0;
  #budget: number;
  /** Of the walls as they stand; null: to be made anew. */
  #fields: Field[] | null = null;
  /** What goes with walls is to be made anew: of those in hands, or of all. */
  #displaced: "none" | "held" | "all" = "none";
  #gizmo: Gizmo;
  #arranged: { station: string; wall: number } | null = null;

  /** Pages take at most `budget` bytes on the GPU, and as many here. */
  constructor(canvas: HTMLCanvasElement, budget: number) {
    this.#budget = budget;
    this.#canvas = new Canvas(canvas);
    this.stereo = new Stereo(this.#canvas.renderer);
    const { uploader } = this.#canvas;
    const palette = new Table(uploader, PALETTE_SIZE, 1, "colour", new Uint8Array());
    this.#palette = palette;
    palette.reserve(2);
    palette.data.set(PALETTE);
    palette.flush();
    this.#layers = new Layers(uploader, budget);
    this.#walls = new Walls(uploader, this.#layers, this.#placement);
    this.#uniforms = this.#makeUniforms(palette);
    this.#surfaces = new Surfaces(this.#walls, this.#uniforms);
    this.#furnishings = new Furnishings(uploader, this.#uniforms, this.#walls, this.#placement);
    this.#selection = new SelectionView(uploader, this.#uniforms, this.#walls, this.#layers);
    this.#gizmo = new Gizmo(this.#uniforms);
    this.#scene.add(this.#surfaces.group, this.#furnishings.group, this.#selection.group);
    this.#scene.add(this.#gizmo.mesh);
    this.#selection.tileTitle = (layer, tile) =>
      tileTitle(this.#network, this.#classes, layer, tile);
    this.#canvas.onRestored(() => this.#restore(palette));
  }

  #makeUniforms(palette: Table<Uint8Array>): Uniforms {
    return {
      uTime: { value: 0 },
      uFogScale: { value: 1 },
      uOverview: { value: 0 },
      uStale: { value: 0 },
      uPerChannel: { value: 0 },
      uSweep: { value: 0 },
      uWalls: { value: this.#walls.table.texture },
      uPanels: { value: this.#walls.panels.texture },
      uLayers: { value: this.#layers.tables.rows.texture },
      uRanges: { value: this.#layers.tables.ranges.texture },
      uTileColours: { value: this.#layers.tables.colours.texture },
      uPages: { value: this.#layers.atlas.slices.texture },
      uPalette: { value: palette.texture },
    };
  }

  // ------------------------------------------------------------ what stands and shows

  /** Rebuilds the room; pages already there stay. */
  setRoom(room: Room, network: Network): void {
    const former = this.#network;
    // Revisions are counted anew in another session: they alone do not tell networks apart.
    const reshaped = former !== null && former !== network && !sameLayers(former, network);
    const another = reshaped || room.network !== this.#room?.network
      || network.revision !== former?.revision;
    if (reshaped) this.#layers.clear();
    if (another) this.#shown.clear();
    if (!another && this.#isLaidOutAnew(room)) this.#beginGlide();
    this.#room = room;
    this.#thinFog();
    this.#network = network;
    this.#placement.setStations(room.stations);
    this.#walls.build(room, (station) => this.#shown.get(station));
    this.#fields = null;
    this.#displayLayers();
    for (const wall of this.#walls.all) this.#walls.light(wall, -1e3);
    if (another) this.#beginSweep();
    this.#furnishings.setRoom(room, this.#now() - FADE_S);
    this.setSelected(this.#chosen, this.#sight);
  }

  #isLaidOutAnew({ layout, spacing }: Room): boolean {
    return layout !== this.#room?.layout || spacing !== this.#room.spacing;
  }

  /** Walls go from where they are to where the next room has them, unless motion is unwanted. */
  #beginGlide(): void {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.#glide.begin(this.#walls.all, this.#now());
    this.#gliding = true;
    this.#movement.keep(this.#glide.until);
  }

  #carry(now: number): void {
    if (!this.#gliding) return;
    this.#gliding = now < this.#glide.until;
    if (!this.#gliding) this.#glide.end();
    this.#walls.place((wall, there) => this.#glide.frameOf(wall, there, now));
    this.#furnishings.setGliding(this.#gliding);
    this.#furnishings.glide(now - FADE_S);
    this.#fields = null;
    if (this.#gliding) return;
    this.#displaced = "all";
    this.setSelected(this.#chosen, this.#sight);
  }

  /** Names of what the values of the network's output stand for. */
  setClasses(names: readonly string[]): void {
    this.#classes = names;
    this.invalidate();
  }

  /** Stations that another client moved or scaled stand where it put them. */
  setTransforms(transforms: Record<string, Transform>): void {
    const moves = this.#placement.setTransforms(transforms);
    if (moves) this.#displace("all");
  }

  /** A station stands where hands hold it; null: where the document says. */
  hold(station: string, transform: Transform | null): void {
    this.#displace(this.#placement.hold(station, transform) ? "all" : "held");
  }

  /** Handles around a wall that can be moved; null: around none. */
  setArranged(station: string | null, wall = 0): void {
    this.#arranged = station === null ? null : { station, wall };
    this.invalidate();
  }

  /** Walls stand there at once; what goes with them does so in the next picture. */
  #displace(which: "held" | "all"): void {
    this.#walls.place();
    this.#fields = null;
    if (this.#displaced !== "all") this.#displaced = which;
    this.invalidate();
  }

  /** A layer's activation; `ranges` and `levels` are the message's buffers. */
  setPages(message: Pages, ranges: Float32Array, levels: Uint8Array[]): void {
    this.#layers.receive(message, ranges, levels, this.#now());
    this.#movement.arrived();
  }

  /** How much of each layer is wanted, in order of sight, which takes so many bytes of slices. */
  want(wants: ReadonlyMap<string, Want>, slices: number): void {
    this.#layers.expect(slices);
    this.#layers.want(wants);
  }

  /** Runs are numbered anew. */
  forgetRun(): void {
    this.#layers.forgetRun();
  }

  /** The image as the network sees it. */
  setPhotograph(rgb: Uint8Array, width: number, height: number): void {
    this.#furnishings.exhibits.setPhotograph({ rgb, width, height });
    this.#furnishings.hang(this.#now());
    this.#movement.drift(this.#now() + FADE_S);
    this.invalidate();
  }

  setShelf(pictures: ShelfPicture[], current: string): void {
    this.#furnishings.exhibits.setShelf(pictures, current);
    this.#furnishings.hang(this.#now() - FADE_S);
    this.#furnishings.write();
    this.invalidate();
  }

  /** What the board says; `unsaid` stands there without scores. */
  setPrediction(scores: Score[], unsaid: string): void {
    this.#furnishings.exhibits.setPrediction(scores, unsaid);
    this.invalidate();
  }

  /** Why the scores on the board are to be doubted; '' if they are not. */
  setDoubt(text: string): void {
    this.#furnishings.exhibits.setDoubt(text);
    this.invalidate();
  }

  /** How colours are normalized: by the layer's range, or by each channel's own. */
  setView({ normalization }: { normalization: Normalization }): void {
    this.#uniforms["uPerChannel"]!.value = Number(normalization === "channel");
    this.#recolour({ ...this.#colours, normalization });
  }

  /** Which colours stand for values. */
  setScheme(scheme: Scheme): void {
    const palette = paletteOf(scheme);
    this.#palette.data.set(palette);
    this.#palette.touch(0, 1);
    this.#recolour({ ...this.#colours, palette, symmetric: scheme.symmetric });
  }

  /** Colours of both scales as they are drawn. */
  get palette(): Uint8Array {
    return this.#colours.palette;
  }

  #recolour(colours: Colours): void {
    this.#colours = colours;
    const lit = new Set(this.#layers.recolour(colours).map((layer) => layer.name));
    for (const wall of this.#walls.all) {
      if (lit.has(wall.layer)) this.#walls.light(wall, -1e3);
    }
    this.invalidate();
  }

  /** Thinner fog, larger gate names, no wall names; camera and its angle are the application's. */
  setOverview(on: boolean): void {
    this.#uniforms["uOverview"]!.value = Number(on);
    this.#thinFog();
    this.invalidate();
  }

  /** From above the far end of a long room is not to be lost in fog. */
  #thinFog(): void {
    const above = this.#room && this.#uniforms["uOverview"]!.value === 1;
    this.#uniforms["uFogScale"]!.value = above ? OVERVIEW_FOG / overviewScale(this.#room!) : 1;
  }

  /** Names of blocks stay left of this share of the canvas's width; panels are right of it. */
  setFreeRight(share: number): void {
    if (share === this.#freeRight) return;
    this.#freeRight = share;
    this.invalidate();
  }

  /** What is shown may no longer hold: 85 % grey. */
  setStale(stale: boolean): void {
    this.#uniforms["uStale"]!.value = stale ? 0.85 : 0;
    this.invalidate();
  }

  /** Walls that show an earlier run than this are empty from now on. */
  emptyBefore(run: number): void {
    const emptied = new Set(this.#layers.emptyBefore(run));
    for (const wall of this.#walls.all) {
      if (emptied.has(wall.layer)) this.#walls.light(wall, -1e3);
    }
    this.invalidate();
  }

  /** The newest pass failed: all walls are framed in the error colour. */
  setFailed(failed: boolean): void {
    this.#selection.fail(failed);
    this.invalidate();
  }

  /** One sentence on the photograph's wall; '' for none. */
  setWarning(text: string): void {
    this.#furnishings.exhibits.setWarning(text);
    this.#furnishings.write();
    this.invalidate();
  }

  setHover(hit: Hit | null): void {
    const framed = hit?.kind === "tile" || hit?.kind === "wall";
    if (this.#selection.hover(framed ? this.#wallOf(hit.station, hit.wall) : null)) {
      this.invalidate();
    }
  }

  /** Frames a wall and lifts a tile off it, so that it is whole in sight from there. */
  setSelected(selection: Selection | null, sight: Sight | null): void {
    this.#chosen = selection;
    this.#sight = sight;
    const wall = selection ? this.#wallOf(selection.station, selection.wall) : null;
    this.#selection.choose(wall, selection?.tile ?? null, sight, this.#now());
    this.invalidate();
  }

  /** Frames tiles that the visitor selected, by layer. */
  setMarked(marked: Readonly<Record<string, readonly number[]>>): void {
    this.#selection.marked = marked;
    this.invalidate();
  }

  /** The layer that was chosen for a station's walls; undefined: its own. */
  shownBy(station: string): string | undefined {
    return this.#shown.get(station);
  }

  /** Shows another of a station's layers on its walls; false if it makes other tiles. */
  showLayer(station: string, layer: string): boolean {
    const node = this.#network?.nodes.find((one) => one.name === layer);
    const walls = this.#walls.all.filter((wall) => wall.station === station);
    const panels = walls.flatMap((wall) => this.#walls.wholeOf(wall));
    const needed = Math.max(0, ...panels.map((panel) => panel.first + panel.count));
    if (!node || tileShape(node.axes).tiles < needed) return false;
    this.#shown.set(station, layer);
    this.#walls.show(station, layer);
    this.#fields = null;
    this.#displayLayers();
    this.invalidate();
    return true;
  }

  /** Walls will show a layer's tiles in this order, tiles by cell; null: by index. */
  setOrder(layer: string, order: Int32Array | null): void {
    this.#layers.reorder(layer, order);
    this.invalidate();
  }

  /** Whether they do. */
  isOrdered(layer: string, order: Int32Array | null): boolean {
    return this.#layers.isOrdered(layer, order);
  }

  /** Walls show the first `kept` cells of a layer only, and larger; null: all. */
  keep(layer: string, kept: number | null): void {
    this.#walls.keep(layer, kept);
    this.#fields = null;
    this.setSelected(this.#chosen, this.#sight);
  }

  // ------------------------------------------------------------ what can be asked

  /** The tile that a cell of a layer's walls shows, which are in the order of their panels. */
  tileIn(layer: string, cell: number): number {
    return this.#layers.tileAt(layer, cell);
  }

  /** The cell of a layer's walls that shows a tile. */
  cellOf(layer: string, tile: number): number {
    return this.#layers.cellOf(layer, tile);
  }

  /** A layer's activation as far as it is here. */
  activation(layer: string): Activation | null {
    return this.#layers.activation(layer);
  }

  /** What stands at normalized device coordinates (-1 .. 1, y up); null for the sky. */
  pick(x: number, y: number): Hit | null {
    return this.meet(rayThrough(this.camera, x, y));
  }

  /** What a ray meets first, null for the sky and for backs of walls. */
  meet(ray: Ray): Hit | null {
    const { places: shelf } = this.#furnishings.exhibits;
    const { raised } = this.#selection;
    const lifted = raised && meetLifted(ray, raised);
    const walls = along(ray, this.#walls.all);
    const hit = pick(ray, { walls, shelf, board: this.#room?.board ?? null, lifted });
    const { layer, tile } = hit ?? {};
    if (!hit || hit.lifted || layer === undefined || tile === undefined) return hit;
    return { ...hit, tile: this.tileIn(layer, tile) };
  }

  /** The ray from the eye through a point of the canvas, in CSS pixels from its top left. */
  ray([x, y]: readonly [number, number]): Ray {
    const { clientWidth, clientHeight } = this.#canvas.element;
    return rayThrough(this.camera, (2 * x) / clientWidth - 1, 1 - (2 * y) / clientHeight);
  }

  /** Where a point of the room is on the canvas, in CSS pixels; null behind the eye. */
  project(point: Vec3): [number, number] | null {
    const { clientWidth, clientHeight } = this.#canvas.element;
    const at = onScreen(this.camera, [point], clientWidth, clientHeight);
    return at && [at.x, at.y];
  }

  /** The middle of a wall's foot, as it stands. */
  footOf(station: string, wall: number): Vec3 | null {
    return this.#wallOf(station, wall)?.frame.origin ?? null;
  }

  /** How high a CSS pixel is there, in metres. */
  metresAPixel(point: Vec3): number {
    const away = this.camera.position.distanceTo(new THREE.Vector3(...point));
    const high = 2 * away * Math.tan(THREE.MathUtils.degToRad(this.camera.fov / 2));
    return high / Math.max(1, this.#canvas.element.clientHeight);
  }

  /** Handles of the wall that can be moved. */
  get handles(): HandlePlace[] {
    const wall = this.#wallOf(this.#arranged?.station, this.#arranged?.wall);
    return wall ? handlesOf(wall) : [];
  }

  valueAt(layer: string, tile: number, u: number, v: number): number | null {
    const activation = this.#layers.activation(layer);
    return activation && tile < activation.tiles ? activation.valueAt(tile, u, v) : null;
  }

  /** What the colours of a layer span, by layer: 99.8 % of its magnitudes lie inside. */
  rangeOf(layer: string): DisplayRange | null {
    return this.#layers.activation(layer)?.scale ?? null;
  }

  /** What its colours span where they are not drawn around zero. */
  spanOf(layer: string): Ends | null {
    return this.#layers.activation(layer)?.span ?? null;
  }

  /** Whether a layer's values are drawn around zero. */
  isAroundZero(layer: string): boolean {
    return this.#colours.symmetric && (this.rangeOf(layer)?.signed ?? false);
  }

  /** Smallest and largest value of a tile. */
  tileRange(layer: string, tile: number): DisplayRange | null {
    const activation = this.#layers.activation(layer);
    return activation && tile < activation.tiles ? activation.tileRange(tile) : null;
  }

  /** Values of a tile (-1: of all) by place between two ends; specials are left out. */
  histogram(layer: string, tile: number, bins: number, ends: Ends): Uint32Array {
    const activation = this.#layers.activation(layer);
    return activation ? histogramOf(activation, tile, bins, ends) : new Uint32Array(bins);
  }

  /** Whether values of a layer are its own; else they are means of several. */
  isExact(layer: string): boolean {
    return this.#layers.activation(layer)?.exact ?? false;
  }

  /** Whether what the colours of a layer span was measured at full detail. */
  hasExactRange(layer: string): boolean {
    return this.#layers.activation(layer)?.exactScale ?? false;
  }

  /** The fields of tiles on walls, as they stand. */
  get fields(): readonly Field[] {
    const shapeOf = (layer: string) => tileShape(this.#axesOf(layer));
    return (this.#fields ??= fieldsOf(this.#walls.all, shapeOf));
  }

  /** Levels that are wanted, came in this run, and were given back. */
  missing(run: number): { layer: string; level: number }[] {
    return this.#layers.missing(run);
  }

  /** Widest and highest tile that can be drawn. */
  get tileEdge(): number {
    return PAGE_EDGE;
  }

  /** Width and height of what is drawn, in pixels. */
  get pixels(): [width: number, height: number] {
    const { width, height } = this.#canvas.element;
    const [across, down] = this.stereo.pixels ?? [width, height];
    return [across * this.#detail, down * this.#detail];
  }

  /** Walls as they stand. */
  get walls(): readonly Wall[] {
    return this.#walls.all;
  }

  /** Pictures on the shelf's wall. */
  get shelf(): readonly Place[] {
    return this.#furnishings.exhibits.places;
  }

  get memory(): Memory {
    const { atlas, bytes } = this.#layers;
    return { budgetBytes: this.#budget, gpuBytes: atlas.slices.bytes, pageBytes: bytes };
  }

  /** Where a tile is on the canvas, in CSS pixels; null if any corner is behind the eye. */
  projectTile(station: string, wall: number, tile: number): ScreenRectangle | null {
    const found = this.#wallOf(station, wall);
    const { clientWidth, clientHeight } = this.#canvas.element;
    const cell = this.cellOf(found?.layer ?? "", tile);
    return found && tileOnScreen(this.camera, found, cell, clientWidth, clientHeight);
  }

  /** Where the lifted tile with its caption is on the canvas, in CSS pixels; null for none. */
  projectLifted(): ScreenRectangle | null {
    const { raised } = this.#selection;
    const { clientWidth, clientHeight } = this.#canvas.element;
    return raised && onScreen(this.camera, cornersOf(raised), clientWidth, clientHeight);
  }

  /** True when every page has been uploaded and nothing moves any more. */
  get settled(): boolean {
    return this.#movement.over(this.#now()) && !this.#layers.waiting;
  }

  stats(): Stats {
    const { calls, triangles } = this.#canvas.renderer.info.render;
    const { atlas } = this.#layers;
    const { rows, ranges, colours } = this.#layers.tables;
    const textures = [
      atlas.slices, rows, ranges, colours, this.#walls.table, this.#walls.panels,
      ...this.#furnishings.slices,
    ];
    return {
      drawCalls: calls,
      wallDrawCalls: this.#surfaces.draws,
      cullingMs: this.#cullingMs,
      triangles,
      textureBytes: Math.round(textures.reduce((sum, one) => sum + one.bytes, 0)),
      walls: this.#walls.all.filter((wall) => wall.kind === "layer").length,
      litLayers: this.#layers.lit,
      newestLayers: this.#layers.newest,
    };
  }

  // ------------------------------------------------------------ drawing

  invalidate(): void {
    this.#movement.changed();
  }

  /** Lets others put things into the room, that are drawn as its own are. */
  furnish<T>(make: (uploader: Uploader, shared: Uniforms) => Furniture<T>): T {
    const { root, value, restore } = make(this.#canvas.uploader, this.#uniforms);
    this.#scene.add(root);
    this.#restorers.push(restore);
    return value;
  }

  /** Draws less, or all again. */
  spare({ reflections, tubeSides, detail }: Sparing): void {
    this.#surfaces.reflects = reflections;
    this.#surfaces.nearFaces_m = NEAR_FACES_M * detail;
    this.#furnishings.spare(reflections, tubeSides);
    this.#detail = detail;
    this.invalidate();
  }

  /** Draws, if anything changed or moves; says whether it did. */
  render(): boolean {
    const now = this.#now();
    if (this.#canvas.lost) return false;
    if (this.#canvas.fit(this.camera)) this.invalidate();
    this.#pump(now);
    const worn = this.stereo.presenting;
    if (!worn && !this.#movement.needsPicture(this.camera, now)) return false;
    this.#draw(now);
    this.#movement.drawn(this.camera, now);
    return true;
  }

  #draw(now: number): void {
    this.#uniforms["uTime"]!.value = now;
    this.#uniforms["uSweep"]!.value = now - this.#sweepBegan;
    this.#carry(now);
    if (this.#displaced === "all") this.#furnishings.arrange(now - FADE_S);
    else if (this.#displaced === "held") this.#furnishings.carry();
    this.#displaced = "none";
    const { station, wall } = this.#arranged ?? {};
    this.#gizmo.update(this.#wallOf(station, wall), this.camera.position.toArray());
    if (!this.#movement.over(now)) this.#selection.update(now);
    this.#movement.keep(this.#selection.movingUntil);
    this.#surfaces.lifted = this.#selection.lifted;
    this.#surfaces.fading = now < this.#fadingUntil;
    const began = performance.now();
    this.#surfaces.update(this.stereo.eyes(this.camera));
    this.#cullingMs = performance.now() - began;
    this.#furnishings.labels.update(
      this.camera, this.#uniforms["uOverview"]!.value === 1, this.#freeRight,
    );
    this.#palette.flush();
    this.#layers.tables.flush();
    this.#walls.table.flush();
    this.#walls.panels.flush();
    this.#canvas.draw(this.#scene, this.camera);
  }

  #pump(now: number): void {
    const share = Math.min(LONGEST_UPLOAD_S, UPLOAD_SHARE * (now - this.#before));
    this.#before = now;
    if (!this.#layers.waiting) return;
    const worn = this.stereo.presenting;
    const seconds = worn ? UPLOAD_S_WORN : Math.max(UPLOAD_S_A_FRAME, share);
    const bytes = worn ? UPLOAD_BYTES_WORN : UPLOAD_BYTES_A_FRAME;
    const { begun, refined } = this.#layers.pump(now, bytes, seconds);
    if (begun.length + refined.length === 0) return;
    const names = new Set([...begun, ...refined].map((layer) => layer.name));
    for (const wall of this.#walls.all) if (names.has(wall.layer)) this.#walls.light(wall, now);
    if (begun.length > 0) this.#fadingUntil = now + FADE_S;
    // In another order the lifted tile stands elsewhere. For any other layer nothing is urgent.
    const chosen = this.#wallOf(this.#chosen?.station, this.#chosen?.wall)?.layer;
    if (begun.some(({ name }) => name === chosen)) this.setSelected(this.#chosen, this.#sight);
    this.#movement.drift(now + FADE_S);
    this.#movement.arrived();
  }

  #sweepBegan = 0;

  #beginSweep(): void {
    this.#sweepBegan = this.#now();
    this.#movement.drift(this.#sweepBegan + SWEEP_S);
  }

  /** Seconds since the page was opened. */
  #now(): number {
    return performance.now() / 1000;
  }

  // ------------------------------------------------------------ inside

  #displayLayers(): void {
    const names = new Map<string, number>();
    this.#room?.stations.forEach((station, place) => {
      for (const wall of station.walls) {
        const layer = this.#shown.get(station.key) ?? wall.layer;
        if (!names.has(layer)) names.set(layer, place);
      }
    });
    this.#layers.display(names);
  }

  #wallOf(station: string | undefined, index = 0): Wall | null {
    if (!station) return null;
    return this.#walls.all.find((wall) => wall.station === station && wall.index === index) ?? null;
  }

  #axesOf(layer: string): readonly Axis[] {
    return this.#network?.nodes.find((one) => one.name === layer)?.axes ?? [];
  }

  /** The graphics context came back empty. */
  #restore(palette: Table<Uint8Array>): void {
    palette.restore();
    palette.flush();
    this.#layers.restore();
    this.#walls.table.restore();
    this.#walls.panels.restore();
    this.#furnishings.restore(this.#now() - FADE_S);
    this.#selection.restore();
    for (const restore of this.#restorers) restore();
    this.invalidate();
  }
}

/** Do both networks have the same layers with the same shapes? */
function sameLayers(a: Network, b: Network): boolean {
  const signature = (network: Network) =>
    network.nodes.map((node) => `${node.name} ${node.axes.map((one) => one.size).join(" ")}`);
  return a.name === b.name && signature(a).join("\n") === signature(b).join("\n");
}
