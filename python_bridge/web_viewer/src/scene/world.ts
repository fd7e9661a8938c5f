/** The room in three dimensions: everything the application may ask of it, or change in it. */
import type { Network, Pages, Room, Score, Transform } from "../generated/protocol";
import type { InputFrame } from "./exhibits";
import { Exposure, mostPixels, type Shot } from "./exposure";
import { Frames } from "./frames";
import { tileShape } from "./page";
import { paletteOf, type Scheme } from "./palette";
import type { Vec3 } from "./placement";
import { Questions } from "./questions";
import type { Uniforms } from "./shaders";
import { FADE_S } from "./showing";
import { type Furniture, Stage } from "./stage";
import { NEAR_FACES_M } from "./surfaces";
import type { Uploader } from "./textures";
import type { Thing } from "./things";
import type {
  Colours, Hit, Normalization, Selection, ShelfPicture, Sight, Sparing, Want,
} from "./types";
import { overviewScale } from "./views";

const OVERVIEW_FOG = 0.3;

export class World extends Questions {
  /** Pages take at most `budget` bytes on the GPU, and as many here. */
  constructor(canvas: HTMLCanvasElement, budget: number) {
    const stage = new Stage(canvas, budget);
    super(stage, new Frames(stage));
  }

  // ------------------------------------------------------------ what stands and shows

  /** Rebuilds the room; pages already there stay. */
  setRoom(room: Room, network: Network): void {
    const former = this.stage.network;
    // Revisions are counted anew in another session: they alone do not tell networks apart.
    const reshaped = former !== null && former !== network && !sameLayers(former, network);
    const another = reshaped || room.network !== this.stage.room?.network
      || network.revision !== former?.revision;
    if (reshaped) this.stage.layers.clear();
    if (another) this.stage.shown.clear();
    if (!another && this.#isLaidOutAnew(room)) this.frames.beginGlide();
    this.stage.room = room;
    this.#thinFog();
    this.stage.network = network;
    this.stage.placement.setStations(room.stations);
    if (room.layout !== "spiral") this.stage.walls.facing = null;
    this.stage.walls.build(room, (station) => this.stage.shown.get(station));
    this.stage.forgetFields();
    this.stage.displayLayers();
    for (const wall of this.stage.walls.all) this.stage.walls.light(wall, -1e3);
    if (another) this.frames.beginSweep();
    this.stage.furnishings.setRoom(room, this.stage.now() - FADE_S);
    this.stage.selectAgain();
  }

  #isLaidOutAnew({ layout, spacing }: Room): boolean {
    return layout !== this.stage.room?.layout || spacing !== this.stage.room.spacing;
  }

  /** Names of what the values of the network's output stand for. */
  setClasses(names: readonly string[]): void {
    this.stage.classes = names;
    this.invalidate();
  }

  /** Stations that another client moved or scaled stand where it put them. */
  setTransforms(transforms: Record<string, Transform>): void {
    const moved = this.stage.placement.setTransforms(transforms);
    if (moved.length > 0) this.frames.follow(moved);
  }

  /** A station stands where hands hold it; null: where the document says. */
  hold(station: string, transform: Transform | null): void {
    this.frames.displace([station], this.stage.placement.hold(station, transform) ? "all" : "loose");
  }

  /** Handles around a wall that can be moved; null: around none. */
  setArranged(station: string | null, wall = 0): void {
    this.stage.arranged = station === null ? null : { station, wall };
    this.invalidate();
  }

  /** A layer's activation; `ranges` and `levels` are the message's buffers. */
  setPages(message: Pages, ranges: Float32Array, levels: Uint8Array[]): void {
    this.stage.layers.receive(message, ranges, levels, this.stage.now());
    this.stage.movement.arrived();
  }

  /** How much of each layer is wanted, in order of sight, which takes so many bytes of slices. */
  want(wants: ReadonlyMap<string, Want>, slices: number): void {
    this.stage.layers.expect(slices);
    this.stage.layers.want(wants);
  }

  /** Runs are numbered anew. */
  forgetRun(): void {
    this.stage.layers.forgetRun();
  }

  /** The image as the network sees it. */
  setPhotograph(rgb: Uint8Array, width: number, height: number): void {
    this.stage.furnishings.exhibits.setPhotograph({ rgb, width, height });
    this.stage.furnishings.hang(this.stage.now());
    this.stage.movement.drift(this.stage.now() + FADE_S);
    this.invalidate();
  }

  setShelf(pictures: ShelfPicture[], current: string): void {
    this.stage.furnishings.exhibits.setShelf(pictures, current);
    this.stage.furnishings.hang(this.stage.now() - FADE_S);
    this.stage.furnishings.write();
    this.invalidate();
  }

  /** Input frames side by side, below the chosen one's picture; none where there is one only. */
  setFrames(frames: readonly InputFrame[], chosen: string): void {
    this.stage.furnishings.exhibits.setFrames(frames, chosen);
    this.stage.furnishings.hang(this.stage.now() - FADE_S);
    this.stage.furnishings.write();
    this.invalidate();
  }

  /** Pictures off the shelf stand there, and others are in hands. */
  setThings(things: readonly Thing[]): void {
    this.stage.things.set(things);
    this.invalidate();
  }

  /** What the board says; `unsaid` stands there without scores. */
  setPrediction(scores: Score[], unsaid: string): void {
    this.stage.furnishings.exhibits.setPrediction(scores, unsaid);
    this.invalidate();
  }

  /** Why the scores on the board are to be doubted; '' if they are not. */
  setDoubt(text: string): void {
    this.stage.furnishings.exhibits.setDoubt(text);
    this.invalidate();
  }

  /** How colours are normalized: by the layer's range, or by each channel's own. */
  setView({ normalization }: { normalization: Normalization }): void {
    this.stage.uniforms["uPerChannel"]!.value = Number(normalization === "channel");
    this.#recolour({ ...this.stage.colours, normalization });
  }

  /** Which colours stand for values. */
  setScheme(scheme: Scheme): void {
    const palette = paletteOf(scheme);
    this.stage.palette.data.set(palette);
    this.stage.palette.touch(0, 1);
    this.#recolour({ ...this.stage.colours, palette, symmetric: scheme.symmetric });
  }

  #recolour(colours: Colours): void {
    this.stage.colours = colours;
    const lit = new Set(this.stage.layers.recolour(colours).map((layer) => layer.name));
    for (const wall of this.stage.walls.all) {
      if (lit.has(wall.layer)) this.stage.walls.light(wall, -1e3);
    }
    this.invalidate();
  }

  /**
   * Seen from above, from that eye; null: not. Thinner fog, larger gate names, no wall names; camera
   * and its angle are the application's. In a spiral walls stand in all directions: those that the
   * eye would see from behind turn around.
   */
  setOverview(eye: Vec3 | null): void {
    const { walls, room } = this.stage;
    this.stage.set("uOverview", Number(eye !== null));
    this.#thinFog();
    const facing = room?.layout === "spiral" ? eye : null;
    const turns = facing !== null || walls.facing !== null;
    walls.facing = facing;
    if (turns) this.frames.displace(null, "all");
    this.invalidate();
  }

  /** From above the far end of a long room is not to be lost in fog. */
  #thinFog(): void {
    const above = this.stage.room && this.stage.overview;
    this.stage.set("uFogScale", above ? OVERVIEW_FOG / overviewScale(this.stage.room!) : 1);
  }

  /** Names of blocks stay left of this share of the canvas's width; panels are right of it. */
  setFreeRight(share: number): void {
    if (share === this.stage.freeRight) return;
    this.stage.freeRight = share;
    this.invalidate();
  }

  /** What is shown may no longer hold: 85 % grey. */
  setStale(stale: boolean): void {
    this.stage.set("uStale", stale ? 0.85 : 0);
    this.invalidate();
  }

  /** Walls that show an earlier run than this are empty from now on. */
  emptyBefore(run: number): void {
    const emptied = new Set(this.stage.layers.emptyBefore(run));
    for (const wall of this.stage.walls.all) {
      if (emptied.has(wall.layer)) this.stage.walls.light(wall, -1e3);
    }
    this.invalidate();
  }

  /** The newest pass failed: all walls are framed in the error colour. */
  setFailed(failed: boolean): void {
    this.stage.selection.fail(failed);
    this.invalidate();
  }

  /** One sentence on the photograph's wall; '' for none. */
  setWarning(text: string): void {
    this.stage.furnishings.exhibits.setWarning(text);
    this.stage.furnishings.write();
    this.invalidate();
  }

  setHover(hit: Hit | null): void {
    const framed = hit?.kind === "tile" || hit?.kind === "wall";
    if (this.stage.selection.hover(framed ? this.stage.wallOf(hit.station, hit.wall) : null)) {
      this.invalidate();
    }
  }

  /** Frames a wall and lifts a tile off it, so that it is whole in sight from there. */
  setSelected(selection: Selection | null, sight: Sight | null): void {
    this.stage.select(selection, sight);
  }

  /** Frames tiles that the visitor selected, by layer. */
  setMarked(marked: Readonly<Record<string, readonly number[]>>): void {
    this.stage.selection.marked = marked;
    this.invalidate();
  }

  /** Shows another of a station's layers on its walls; false if it makes other tiles. */
  showLayer(station: string, layer: string): boolean {
    const node = this.stage.network?.nodes.find((one) => one.name === layer);
    const walls = this.stage.walls.all.filter((wall) => wall.station === station);
    const panels = walls.flatMap((wall) => this.stage.walls.wholeOf(wall));
    const needed = Math.max(0, ...panels.map((panel) => panel.first + panel.count));
    if (!node || tileShape(node.axes).tiles < needed) return false;
    this.stage.shown.set(station, layer);
    this.stage.walls.show(station, layer);
    this.stage.forgetFields();
    this.stage.displayLayers();
    this.invalidate();
    return true;
  }

  /** Walls will show a layer's tiles in this order, tiles by cell; null: by index. */
  setOrder(layer: string, order: Int32Array | null): void {
    this.stage.layers.reorder(layer, order);
    this.invalidate();
  }

  /** Walls show the first `kept` cells of a layer only, and larger; null: all. */
  keep(layer: string, kept: number | null): void {
    this.stage.walls.keep(layer, kept);
    this.stage.forgetFields();
    this.stage.selectAgain();
  }

  // ------------------------------------------------------------ drawing

  invalidate(): void {
    this.stage.movement.changed();
  }

  /** Draws, if anything changed or moves; says whether it did. */
  render(): boolean {
    return this.frames.render();
  }

  /** A picture of the room, to be drawn tile by tile, each as the room is then. */
  expose(shot: Shot): Exposure {
    return new Exposure(this.stage, shot, (camera, labels, draw) => this.frames.expose(camera, labels, draw));
  }

  /** Widest and highest picture that can be taken, in pixels. */
  get mostPixels(): number {
    return mostPixels(this.stage);
  }

  /** Lets others put things into the room, that are drawn as its own are. */
  furnish<T>(make: (uploader: Uploader, shared: Uniforms) => Furniture<T>): T {
    return this.stage.furnish(make);
  }

  /** Draws less, or all again. */
  spare({ reflections, tubeSides, detail }: Sparing): void {
    this.stage.surfaces.reflects = reflections;
    this.stage.surfaces.nearFaces_m = NEAR_FACES_M * detail;
    this.stage.furnishings.spare(reflections, tubeSides);
    this.stage.detail = detail;
    this.invalidate();
  }
}

/** Do both networks have the same layers with the same shapes? */
function sameLayers(a: Network, b: Network): boolean {
  const signature = (network: Network) =>
    network.nodes.map((node) => `${node.name} ${node.axes.map((one) => one.size).join(" ")}`);
  return a.name === b.name && signature(a).join("\n") === signature(b).join("\n");
}
