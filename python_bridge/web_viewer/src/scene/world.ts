/** The room in three dimensions: everything the application may ask of it. */
import * as THREE from "three";
import type { Axis, Network, Pages, Room, Score, Transform } from "../generated/protocol";
import { type Field, fieldsOf } from "./fields";
import { Furnishings } from "./furnishings";
import { type Ends, histogramOf } from "./histogram";
import { Layers } from "./layers";
import { cornersOf, meetLifted } from "./lifting";
import { Movement } from "./movement";
import { PAGE_EDGE, tileShape } from "./page";
import { PALETTE, PALETTE_SIZE } from "./palette";
import { pick } from "./picking";
import { Placement } from "./placement";
import { Canvas } from "./renderer";
import { SelectionView } from "./selection";
import type { Uniforms } from "./shaders";
import { FADE_S } from "./showing";
import { Surfaces } from "./surfaces";
import { Table } from "./textures";
import type {
  DisplayRange, Hit, Memory, Normalization, ScreenRectangle, Selection, ShelfPicture, Sight,
  Stats, Want,
} from "./types";
import { onScreen, rayThrough, tileOnScreen } from "./views";
import { type Wall, Walls } from "./walls";
import { tileTitle } from "./words";

const FIELD_OF_VIEW = 58;
const UPLOAD_BYTES_A_FRAME = 8 << 20;
/** Uploads may take so long in a frame, or where frames are slow this share of them. */
const UPLOAD_S_A_FRAME = 0.004;
const UPLOAD_SHARE = 0.12;
const LONGEST_UPLOAD_S = 0.03;
const SWEEP_S = 2.4;
const OVERVIEW_FOG = 0.3;

export class World {
  readonly camera = new THREE.PerspectiveCamera(FIELD_OF_VIEW, 1, 0.08, 1500);
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
  #fadingUntil = 0;
  #freeRight = 1;
  #cullingMs = 0;
  /** When the frame before this one began. */
  #before = 0;
  #budget: number;
  /** Of the walls as they stand; null: to be made anew. */
  #fields: Field[] | null = null;

  /** Pages take at most `budget` bytes on the GPU, and as many here. */
  constructor(canvas: HTMLCanvasElement, budget: number) {
    this.#budget = budget;
    this.#canvas = new Canvas(canvas);
    const { uploader } = this.#canvas;
    const palette = new Table(uploader, PALETTE_SIZE, 1, "colour", new Uint8Array());
    palette.reserve(2);
    palette.data.set(PALETTE);
    palette.flush();
    this.#layers = new Layers(uploader, budget);
    this.#walls = new Walls(uploader, this.#layers, this.#placement);
    this.#uniforms = this.#makeUniforms(palette);
    this.#surfaces = new Surfaces(this.#walls, this.#uniforms);
    this.#furnishings = new Furnishings(uploader, this.#uniforms, this.#walls, this.#placement);
    this.#selection = new SelectionView(uploader, this.#uniforms, this.#walls, this.#layers);
    this.#scene.add(this.#surfaces.group, this.#furnishings.group, this.#selection.group);
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
    this.#room = room;
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

  /** Names of what the values of the network's output stand for. */
  setClasses(names: readonly string[]): void {
    this.#classes = names;
    this.invalidate();
  }

  /** Stations that another client moved or scaled stand where it put them. */
  setTransforms(transforms: Record<string, Transform>): void {
    this.#placement.setTransforms(transforms);
    this.#walls.place();
    this.#fields = null;
    this.#furnishings.arrange(this.#now() - FADE_S);
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

  /** How colours are normalized: by the layer's range, or by each channel's own. */
  setView({ normalization }: { normalization: Normalization }): void {
    this.#uniforms["uPerChannel"]!.value = Number(normalization === "channel");
    const lit = new Set(this.#layers.recolour(normalization).map((layer) => layer.name));
    for (const wall of this.#walls.all) {
      if (lit.has(wall.layer)) this.#walls.light(wall, -1e3);
    }
    this.invalidate();
  }

  /** Thinner fog, larger gate names, no wall names; camera and its angle are the application's. */
  setOverview(on: boolean): void {
    this.#uniforms["uOverview"]!.value = Number(on);
    this.#uniforms["uFogScale"]!.value = on ? OVERVIEW_FOG : 1;
    this.invalidate();
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

  /** The layer that was chosen for a station's walls; undefined: its own. */
  shownBy(station: string): string | undefined {
    return this.#shown.get(station);
  }

  /** Shows another of a station's layers on its walls; false if it makes other tiles. */
  showLayer(station: string, layer: string): boolean {
    const node = this.#network?.nodes.find((one) => one.name === layer);
    const walls = this.#walls.all.filter((wall) => wall.station === station);
    const panels = walls.flatMap((wall) => wall.panels);
    const needed = Math.max(0, ...panels.map((panel) => panel.first + panel.count));
    if (!node || tileShape(node.axes).tiles < needed) return false;
    this.#shown.set(station, layer);
    this.#walls.show(station, layer);
    this.#fields = null;
    this.#displayLayers();
    this.invalidate();
    return true;
  }

  // ------------------------------------------------------------ what can be asked

  /** What stands at normalized device coordinates (-1 .. 1, y up); null for the sky. */
  pick(x: number, y: number): Hit | null {
    const { places: shelf } = this.#furnishings.exhibits;
    const ray = rayThrough(this.camera, x, y);
    const { raised } = this.#selection;
    const lifted = raised && meetLifted(ray, raised);
    return pick(ray, { walls: this.#walls.all, shelf, board: this.#room?.board ?? null, lifted });
  }

  valueAt(layer: string, tile: number, u: number, v: number): number | null {
    const activation = this.#layers.activation(layer);
    return activation && tile < activation.tiles ? activation.valueAt(tile, u, v) : null;
  }

  /** What the colours of a layer span, by layer: 99.8 % of its magnitudes lie inside. */
  rangeOf(layer: string): DisplayRange | null {
    return this.#layers.activation(layer)?.scale ?? null;
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
    return [width, height];
  }

  get memory(): Memory {
    const { atlas, bytes } = this.#layers;
    return { budgetBytes: this.#budget, gpuBytes: atlas.slices.bytes, pageBytes: bytes };
  }

  /** Where a tile is on the canvas, in CSS pixels; null if any corner is behind the eye. */
  projectTile(station: string, wall: number, tile: number): ScreenRectangle | null {
    const found = this.#wallOf(station, wall);
    const { clientWidth, clientHeight } = this.#canvas.element;
    return found && tileOnScreen(this.camera, found, tile, clientWidth, clientHeight);
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

  /** Draws, if anything changed or moves; says whether it did. */
  render(): boolean {
    const now = this.#now();
    if (this.#canvas.lost) return false;
    if (this.#canvas.fit(this.camera)) this.invalidate();
    this.#pump(now);
    if (!this.#movement.needsPicture(this.camera, now)) return false;
    this.#draw(now);
    this.#movement.drawn(this.camera, now);
    return true;
  }

  #draw(now: number): void {
    this.#uniforms["uTime"]!.value = now;
    this.#uniforms["uSweep"]!.value = now - this.#sweepBegan;
    if (!this.#movement.over(now)) this.#selection.update(now);
    this.#movement.keep(this.#selection.movingUntil);
    this.#surfaces.lifted = this.#selection.lifted;
    this.#surfaces.fading = now < this.#fadingUntil;
    const began = performance.now();
    this.#surfaces.update(this.camera);
    this.#cullingMs = performance.now() - began;
    this.#furnishings.labels.update(
      this.camera, this.#uniforms["uOverview"]!.value === 1, this.#freeRight,
    );
    this.#layers.tables.flush();
    this.#walls.table.flush();
    this.#walls.panels.flush();
    this.#canvas.uploader.end();
    this.#canvas.renderer.render(this.#scene, this.camera);
  }

  #pump(now: number): void {
    const share = Math.min(LONGEST_UPLOAD_S, UPLOAD_SHARE * (now - this.#before));
    this.#before = now;
    if (!this.#layers.waiting) return;
    const seconds = Math.max(UPLOAD_S_A_FRAME, share);
    const { begun, refined } = this.#layers.pump(now, UPLOAD_BYTES_A_FRAME, seconds);
    if (begun.length + refined.length === 0) return;
    const names = new Set([...begun, ...refined].map((layer) => layer.name));
    for (const wall of this.#walls.all) if (names.has(wall.layer)) this.#walls.light(wall, now);
    if (begun.length > 0) this.#fadingUntil = now + FADE_S;
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
    this.invalidate();
  }
}

/** Do both networks have the same layers with the same shapes? */
function sameLayers(a: Network, b: Network): boolean {
  const signature = (network: Network) =>
    network.nodes.map((node) => `${node.name} ${node.axes.map((one) => one.size).join(" ")}`);
  return a.name === b.name && signature(a).join("\n") === signature(b).join("\n");
}
