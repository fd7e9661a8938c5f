/** What the room is made of, wired together: tables, walls, furnishings, camera and canvas. */
import * as THREE from "three";
import type { Axis, Network, Room } from "../generated/protocol";
import { type Field, fieldsOf } from "./fields";
import { Furnishings } from "./furnishings";
import { Gizmo } from "./gizmo";
import { Layers } from "./layers";
import { Movement } from "./movement";
import { tileShape } from "./page";
import { PALETTE, PALETTE_SIZE } from "./palette";
import { Placement } from "./placement";
import { Canvas } from "./renderer";
import { SelectionView } from "./selection";
import type { Uniforms } from "./shaders";
import { FADE_S } from "./showing";
import { Stereo } from "./stereo";
import { Surfaces } from "./surfaces";
import { Table, type Uploader } from "./textures";
import { Things } from "./things";
import type { Colours, Selection, Sight } from "./types";
import { FARTHEST_M } from "./views";
import { type Wall, Walls } from "./walls";
import { tileTitle } from "./words";

const FIELD_OF_VIEW = 58;

/** What somebody else puts into the room, and how it is drawn again after a lost context. */
export interface Furniture<T> {
  root: THREE.Object3D;
  value: T;
  restore: () => void;
}

export class Stage {
  readonly camera = new THREE.PerspectiveCamera(FIELD_OF_VIEW, 1, 0.08, 1.2 * FARTHEST_M);
  readonly canvas: Canvas;
  readonly stereo: Stereo;
  readonly scene = new THREE.Scene();
  readonly uniforms: Uniforms;
  readonly palette: Table<Uint8Array>;
  readonly placement = new Placement();
  readonly layers: Layers;
  readonly walls: Walls;
  readonly surfaces: Surfaces;
  readonly furnishings: Furnishings;
  readonly selection: SelectionView;
  readonly gizmo: Gizmo;
  readonly things: Things;
  readonly movement = new Movement();
  readonly budget: number;
  colours: Colours = { normalization: "layer", symmetric: true, palette: PALETTE };
  /** Share of the screen's pixels that walls are asked for. */
  detail = 1;
  freeRight = 1;
  room: Room | null = null;
  network: Network | null = null;
  classes: readonly string[] = [];
  /** Which layer a station shows instead of its own. */
  readonly shown = new Map<string, string>();
  arranged: { station: string; wall: number } | null = null;
  #chosen: Selection | null = null;
  #sight: Sight | null = null;
  /** Of the walls as they stand; null: to be made anew. */
  #fields: Field[] | null = null;
  #restorers: (() => void)[] = [];

  /** Pages take at most `budget` bytes on the GPU, and as many here. */
  constructor(canvas: HTMLCanvasElement, budget: number) {
    this.budget = budget;
    this.canvas = new Canvas(canvas);
    this.stereo = new Stereo(this.canvas.renderer);
    const { uploader } = this.canvas;
    this.palette = new Table(uploader, PALETTE_SIZE, 1, "colour", new Uint8Array());
    this.palette.reserve(2);
    this.palette.data.set(PALETTE);
    this.palette.flush();
    this.layers = new Layers(uploader, budget);
    this.walls = new Walls(uploader, this.layers, this.placement);
    this.uniforms = this.#makeUniforms();
    this.surfaces = new Surfaces(this.walls, this.uniforms);
    this.furnishings = new Furnishings(uploader, this.uniforms, this.walls, this.placement);
    this.selection = new SelectionView(uploader, this.uniforms, this.walls, this.layers);
    this.gizmo = new Gizmo(this.uniforms);
    this.things = new Things(uploader, this.uniforms);
    this.scene.add(this.surfaces.group, this.furnishings.group, this.selection.group);
    this.scene.add(this.gizmo.mesh, this.things.group);
    this.selection.tileTitle = (layer, tile) => tileTitle(this.network, this.classes, layer, tile);
    this.canvas.onRestored(() => this.#restore());
  }

  #makeUniforms(): Uniforms {
    return {
      uTime: { value: 0 },
      uFogScale: { value: 1 },
      uOverview: { value: 0 },
      uStale: { value: 0 },
      uPerChannel: { value: 0 },
      uSweep: { value: 0 },
      uCorner: { value: new THREE.Vector2() },
      uWalls: { value: this.walls.table.texture },
      uPanels: { value: this.walls.panels.texture },
      uLayers: { value: this.layers.tables.rows.texture },
      uRanges: { value: this.layers.tables.ranges.texture },
      uTileColours: { value: this.layers.tables.colours.texture },
      uPages: { value: this.layers.atlas.slices.texture },
      uPalette: { value: this.palette.texture },
    };
  }

  set(uniform: string, value: number): void {
    this.uniforms[uniform]!.value = value;
  }

  /** Pixels are those of a larger picture, of which this one is drawn from here on. */
  setCorner(x: number, y: number): void {
    (this.uniforms["uCorner"]!.value as THREE.Vector2).set(x, y);
  }

  get overview(): boolean {
    return this.uniforms["uOverview"]!.value === 1;
  }

  /** Seconds since the page was opened. */
  now(): number {
    return performance.now() / 1000;
  }

  /** Lets others put things into the room, that are drawn as its own are. */
  furnish<T>(make: (uploader: Uploader, shared: Uniforms) => Furniture<T>): T {
    const { root, value, restore } = make(this.canvas.uploader, this.uniforms);
    this.scene.add(root);
    this.#restorers.push(restore);
    return value;
  }

  /** Frames a wall and lifts a tile off it, so that it is whole in sight from there. */
  select(chosen: Selection | null, sight: Sight | null): void {
    this.#chosen = chosen;
    this.#sight = sight;
    this.selectAgain();
  }

  /** What is chosen stands elsewhere, or shows something else, than when it was. */
  selectAgain(): void {
    const wall = this.chosenWall;
    this.selection.choose(wall, this.#chosen?.tile ?? null, this.#sight, this.now());
    this.movement.changed();
  }

  get chosenWall(): Wall | null {
    return this.wallOf(this.#chosen?.station, this.#chosen?.wall);
  }

  wallOf(station: string | undefined, index = 0): Wall | null {
    if (!station) return null;
    return this.walls.all.find((wall) => wall.station === station && wall.index === index) ?? null;
  }

  /** Walls stand elsewhere, or show something else. */
  forgetFields(): void {
    this.#fields = null;
  }

  /** The fields of tiles on walls, as they stand. */
  get fields(): readonly Field[] {
    const shapeOf = (layer: string) => tileShape(this.#axesOf(layer));
    return (this.#fields ??= fieldsOf(this.walls.all, shapeOf));
  }

  #axesOf(layer: string): readonly Axis[] {
    return this.network?.nodes.find((one) => one.name === layer)?.axes ?? [];
  }

  /** Layers that are on walls now: of the others nothing stays on the GPU. */
  displayLayers(): void {
    const names = new Map<string, number>();
    this.room?.stations.forEach((station, place) => {
      for (const wall of station.walls) {
        const layer = this.shown.get(station.key) ?? wall.layer;
        if (!names.has(layer)) names.set(layer, place);
      }
    });
    this.layers.display(names);
  }

  /** The graphics context came back empty. */
  #restore(): void {
    this.palette.restore();
    this.palette.flush();
    this.layers.restore();
    this.walls.table.restore();
    this.walls.panels.restore();
    this.furnishings.restore(this.now() - FADE_S);
    this.selection.restore();
    this.things.restore();
    for (const restore of this.#restorers) restore();
    this.movement.changed();
  }
}
