/** The room in three dimensions: everything the application may ask of it. */
import * as THREE from "three";
import type { Network, Pages, Room, Score, Transform } from "../generated/protocol";
import { openBox, type Solid, Solids, unitBox, unitDisc, unitRing } from "./boxes";
import { Exhibits } from "./exhibits";
import { backOf, boxesOf, discSolid, linesOf, ringSolid } from "./furniture";
import { fontsLoaded } from "./glyphs";
import { Fields, Lines, makeFloor, makeSky } from "./ground";
import { histogramOf } from "./histogram";
import { FADE_S, Layers } from "./layers";
import { tileShape } from "./page";
import { PALETTE, PALETTE_SIZE } from "./palette";
import { onWall, pick, type Ray, tileRect } from "./picking";
import { Placement } from "./placement";
import { Canvas } from "./renderer";
import { SelectionView } from "./selection";
import type { Uniforms } from "./shaders";
import { Surfaces } from "./surfaces";
import { Lettering } from "./text";
import { Table } from "./textures";
import { Tubes } from "./tubes";
import type {
  DisplayRange, Hit, Normalization, ScreenRectangle, Selection, ShelfPicture, Stance, Stats,
} from "./types";
import { type Wall, Walls } from "./walls";

export type {
  DisplayRange, Hit, Normalization, ScreenRectangle, Selection, ShelfPicture, Stance, Stats,
} from "./types";

export const FIELD_OF_VIEW = 58;
const UPLOAD_BYTES_A_FRAME = 8 << 20;
const STANDING_M = 2.75;
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
  #boxes: Solids;
  #backs: Solids;
  #discs: Solids;
  #rings: Solids;
  #tubes: Tubes;
  #lines: Lines;
  #fields: Fields;
  #text: Lettering;
  #exhibits: Exhibits;
  #selection: SelectionView;
  #room: Room | null = null;
  #network: Network | null = null;
  /** Which layer a station shows instead of its own. */
  #shown = new Map<string, string>();
  #chosen: Selection | null = null;
  #dirty = true;
  #movingUntil = 0;
  #fadingUntil = 0;
  #seenFrom = new THREE.Matrix4();
  #seenWith = new THREE.Matrix4();
  #litRun = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = new Canvas(canvas);
    const { uploader } = this.#canvas;
    const palette = new Table(uploader, PALETTE_SIZE, "colour", new Uint8Array());
    palette.reserve(2);
    palette.data.set(PALETTE);
    palette.flush();
    this.#layers = new Layers(uploader);
    this.#walls = new Walls(uploader, this.#layers, this.#placement);
    this.#uniforms = this.#makeUniforms(palette);
    this.#surfaces = new Surfaces(this.#walls, this.#uniforms);
    this.#boxes = new Solids(unitBox(), this.#uniforms);
    this.#backs = new Solids(openBox(), this.#uniforms);
    this.#discs = new Solids(unitDisc(), this.#uniforms, 23);
    this.#rings = new Solids(unitRing(), this.#uniforms, 3);
    this.#tubes = new Tubes(this.#uniforms);
    this.#lines = new Lines(this.#uniforms);
    this.#fields = new Fields(this.#uniforms);
    this.#text = new Lettering(uploader, this.#uniforms);
    this.#exhibits = new Exhibits(uploader, this.#uniforms);
    this.#selection = new SelectionView(uploader, this.#uniforms, this.#walls, this.#layers);
    this.#scene.add(
      makeSky(this.#uniforms), makeFloor(this.#uniforms), this.#surfaces.group,
      this.#boxes.mesh, this.#backs.mesh, this.#discs.mesh, this.#rings.mesh, this.#tubes.mesh, this.#lines.mesh,
      this.#fields.mesh, this.#text.mesh, this.#exhibits.pictures.group,
      this.#exhibits.board.group, this.#selection.group,
    );
    this.#selection.unit = (layer) => this.#unitOf(layer);
    this.#exhibits.drawBoard();
    this.#canvas.onRestored(() => this.#restore(palette));
    void fontsLoaded().then(() => this.#redrawText());
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
      uLayers: { value: this.#layers.rows.texture },
      uRanges: { value: this.#layers.ranges.texture },
      uTileColours: { value: this.#layers.colours.texture },
      uPages: { value: this.#layers.atlas.slices.texture },
      uPalette: { value: palette.texture },
    };
  }

  // ------------------------------------------------------------ what stands and shows

  /** Rebuilds the room; pages already there stay. */
  setRoom(room: Room, network: Network): void {
    const another = room.network !== this.#room?.network
      || network.revision !== this.#network?.revision;
    const reshaped = another && this.#network !== null && !sameLayers(this.#network, network);
    if (reshaped) this.#layers.clear();
    if (another) this.#shown.clear();
    this.#room = room;
    this.#network = network;
    this.#placement.setStations(room.stations);
    this.#walls.build(room, (station) => this.#shown.get(station));
    this.#displayLayers();
    this.#tubes.set(room.tubes);
    this.#lines.set(room.floor_lines);
    this.#fields.set(room.fields);
    this.#rings.set(room.rings.map(ringSolid));
    this.#discs.set(room.discs.map(discSolid));
    for (const wall of this.#walls.all) this.#walls.light(wall, -1e3);
    if (another) this.#beginSweep();
    this.#arrange();
    this.setSelected(this.#chosen);
  }

  /** Stations that another client moved or scaled stand where it put them. */
  setTransforms(transforms: Record<string, Transform>): void {
    this.#placement.setTransforms(transforms);
    this.#walls.place();
    this.#arrange();
  }

  /** A layer's activation; `ranges` and `levels` are the message's buffers. */
  setPages(message: Pages, ranges: Float32Array, levels: Uint8Array[]): void {
    this.#layers.receive(message, ranges, levels, this.#now());
    this.#litRun = message.run;
    this.invalidate();
  }

  /** The image as the network sees it. */
  setPhotograph(rgb: Uint8Array, width: number, height: number, _caption: string): void {
    this.#exhibits.setPhotograph({ rgb, width, height });
    this.#hang();
  }

  setShelf(pictures: ShelfPicture[], current: string): void {
    this.#exhibits.setShelf(pictures, current);
    this.#hang();
  }

  setPrediction(scores: Score[]): void {
    this.#exhibits.setPrediction(scores);
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

  /** What is shown may no longer hold: 85 % grey. */
  setStale(stale: boolean): void {
    this.#uniforms["uStale"]!.value = stale ? 0.85 : 0;
    this.invalidate();
  }

  /** One sentence on the photograph's wall; '' for none. */
  setWarning(text: string): void {
    this.#exhibits.setWarning(text);
    this.#writeText();
  }

  setHover(hit: Hit | null): void {
    const framed = hit?.kind === "tile" || hit?.kind === "wall";
    if (this.#selection.hover(framed ? this.#wallOf(hit.station, hit.wall) : null)) {
      this.invalidate();
    }
  }

  /** Frames a wall and lifts a tile off it. */
  setSelected(selection: Selection | null): void {
    this.#chosen = selection;
    const wall = selection ? this.#wallOf(selection.station, selection.wall) : null;
    this.#selection.choose(wall, selection?.tile ?? null, this.#now());
    this.invalidate();
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
    this.#displayLayers();
    this.invalidate();
    return true;
  }

  // ------------------------------------------------------------ what can be asked

  /** What stands at normalized device coordinates (-1 .. 1, y up); null for the sky. */
  pick(x: number, y: number): Hit | null {
    this.camera.updateMatrixWorld();
    const from = new THREE.Vector3().setFromMatrixPosition(this.camera.matrixWorld);
    const to = new THREE.Vector3(x, y, 0.5).unproject(this.camera).sub(from).normalize();
    const ray: Ray = { origin: from.toArray(), direction: to.toArray() };
    const { places: shelf } = this.#exhibits;
    return pick(ray, { walls: this.#walls.all, shelf, board: this.#room?.board ?? null });
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

  /** Values of a tile (-1: of all) by place on the layer's colour scale; specials are left out. */
  histogram(layer: string, tile: number, bins: number): Uint32Array {
    const activation = this.#layers.activation(layer);
    return activation ? histogramOf(activation, tile, bins) : new Uint32Array(bins);
  }

  /** Where a tile is on the canvas, in CSS pixels; null if any corner is behind the eye. */
  projectTile(station: string, wall: number, tile: number): ScreenRectangle | null {
    const found = this.#wallOf(station, wall);
    const panel = found?.panels.find((one) => tile >= one.first && tile < one.first + one.count);
    if (!found || !panel) return null;
    const [left, bottom, right, top] = tileRect(panel, tile);
    this.camera.updateMatrixWorld();
    const { clientWidth, clientHeight } = this.#canvas.element;
    const xs: number[] = [];
    const ys: number[] = [];
    for (const [x, y] of [[left, bottom], [right, bottom], [left, top], [right, top]] as const) {
      const point = new THREE.Vector3(...onWall(found, x, y)).applyMatrix4(
        this.camera.matrixWorldInverse);
      if (point.z > -0.01) return null;
      point.applyMatrix4(this.camera.projectionMatrix);
      xs.push(((point.x + 1) / 2) * clientWidth);
      ys.push(((1 - point.y) / 2) * clientHeight);
    }
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
  }

  /** Where to stand (feet) before a station's wall, and the yaw to face it. */
  stand(station: string, wall = 0): Stance | null {
    const found = this.#wallOf(station, wall);
    if (!found) return null;
    const { origin, z } = found.frame;
    const length = Math.hypot(...z);
    const [nx, nz] = [z[0] / length, z[2] / length];
    const distance = STANDING_M * Math.max(1, length);
    const position: [number, number, number] = [
      origin[0] + nx * distance, 0, origin[2] + nz * distance,
    ];
    return { position, yaw: Math.atan2(nx, nz) };
  }

  /** True when every page has been uploaded and nothing moves any more. */
  get settled(): boolean {
    return !this.#dirty && !this.#layers.waiting && this.#now() >= this.#movingUntil;
  }

  /** The run whose pages came last. */
  get run(): number {
    return this.#litRun;
  }

  stats(): Stats {
    const { calls, triangles } = this.#canvas.renderer.info.render;
    const { atlas, rows, ranges, colours } = this.#layers;
    const textures = [
      atlas.slices, rows, ranges, colours, this.#walls.table, this.#walls.panels,
      this.#text.atlas.slices, this.#exhibits.pictures.slices, this.#exhibits.board.slices,
    ];
    return {
      drawCalls: calls,
      triangles,
      textureBytes: Math.round(textures.reduce((sum, one) => sum + one.bytes, 0)),
      walls: this.#walls.all.filter((wall) => wall.kind === "layer").length,
      litLayers: this.#layers.lit,
    };
  }

  // ------------------------------------------------------------ drawing

  invalidate(): void {
    this.#dirty = true;
  }

  /** Draws, if anything changed or moves; says whether it did. */
  render(): boolean {
    const now = this.#now();
    if (this.#canvas.lost) return false;
    if (this.#canvas.fit(this.camera)) this.#dirty = true;
    this.#pump(now);
    this.camera.updateMatrixWorld();
    const { matrixWorld, projectionMatrix } = this.camera;
    const still = matrixWorld.equals(this.#seenFrom) && projectionMatrix.equals(this.#seenWith);
    if (still && !this.#dirty && now >= this.#movingUntil) return false;
    this.#dirty = now < this.#movingUntil;
    this.#seenFrom.copy(matrixWorld);
    this.#seenWith.copy(projectionMatrix);
    this.#draw(now);
    return true;
  }

  #draw(now: number): void {
    this.#uniforms["uTime"]!.value = now;
    this.#uniforms["uSweep"]!.value = now - this.#sweepBegan;
    this.#selection.update(now);
    if (this.#selection.moving(now)) this.#keepMoving(now + 0.05);
    this.#surfaces.lifted = this.#selection.lifted;
    this.#surfaces.fading = now < this.#fadingUntil;
    this.#surfaces.update(this.camera);
    this.#layers.flush();
    this.#walls.table.flush();
    this.#walls.panels.flush();
    this.#canvas.uploader.end();
    this.#canvas.renderer.render(this.#scene, this.camera);
  }

  #pump(now: number): void {
    if (!this.#layers.waiting) return;
    const nearest = this.#distances();
    const begun = this.#layers.pump(
      now, UPLOAD_BYTES_A_FRAME, (name) => nearest.get(name) ?? Infinity,
    );
    if (begun.length === 0) return;
    const names = new Set(begun.map((layer) => layer.name));
    for (const wall of this.#walls.all) if (names.has(wall.layer)) this.#walls.light(wall, now);
    this.#fadingUntil = now + FADE_S;
    this.#keepMoving(this.#fadingUntil);
    this.#dirty = true;
  }

  #distances(): Map<string, number> {
    const { x, z } = this.camera.position;
    const nearest = new Map<string, number>();
    for (const wall of this.#walls.all) {
      const distance = Math.hypot(wall.frame.origin[0] - x, wall.frame.origin[2] - z);
      nearest.set(wall.layer, Math.min(distance, nearest.get(wall.layer) ?? Infinity));
    }
    return nearest;
  }

  #sweepBegan = 0;

  #beginSweep(): void {
    this.#sweepBegan = this.#now();
    this.#keepMoving(this.#sweepBegan + SWEEP_S);
  }

  #keepMoving(until: number): void {
    this.#movingUntil = Math.max(this.#movingUntil, until);
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
    const byName = new Map(this.#network?.nodes.map((node) => [node.name, node]));
    const axes = [...names.keys()].map((name) => byName.get(name)?.axes ?? []);
    this.#layers.expect(axes.map(tileShape));
    this.#layers.display(names);
  }

  /** Boxes, texts and pictures, where stations and exhibits now stand. */
  #arrange(): void {
    this.#hang();
    this.#writeText();
  }

  #hang(): void {
    if (!this.#room) return;
    this.#exhibits.hang(this.#walls, this.#room.board, this.#now() - FADE_S);
    const solids: Solid[] = [
      ...boxesOf(this.#room, this.#placement),
      ...this.#exhibits.boxes(this.#walls),
    ];
    this.#boxes.set(solids);
    this.#backs.set(this.#walls.all.map(backOf));
    this.invalidate();
  }

  #writeText(): void {
    if (!this.#room) return;
    const measure: Lettering["width"] = (spans, cap) => this.#text.width(spans, cap);
    const lines = linesOf(this.#room, this.#placement, measure);
    this.#text.set([...lines, ...this.#exhibits.lines(this.#walls)]);
    this.invalidate();
  }

  #redrawText(): void {
    this.#text.atlas.clear();
    this.#exhibits.drawBoard();
    this.#writeText();
    this.invalidate();
  }

  #wallOf(station: string | undefined, index = 0): Wall | null {
    if (!station) return null;
    return this.#walls.all.find((wall) => wall.station === station && wall.index === index) ?? null;
  }

  #unitOf(layer: string): string {
    const node = this.#network?.nodes.find((one) => one.name === layer);
    return node?.axes.find((axis) => axis.role === "tile")?.name ?? "channel";
  }

  /** The graphics context came back empty. */
  #restore(palette: Table<Uint8Array>): void {
    palette.restore();
    palette.flush();
    this.#layers.restore();
    this.#walls.table.restore();
    this.#walls.panels.restore();
    for (const one of [this.#text.atlas, this.#exhibits.pictures, this.#exhibits.board]) {
      one.slices.forget();
      one.slices.reserve(1);
    }
    this.#exhibits.redraw();
    this.#redrawText();
    this.#hang();
  }
}

/** Do both networks have the same layers with the same shapes? */
function sameLayers(a: Network, b: Network): boolean {
  const signature = (network: Network) =>
    network.nodes.map((node) => `${node.name} ${node.axes.map((one) => one.size).join(" ")}`);
  return a.name === b.name && signature(a).join("\n") === signature(b).join("\n");
}
