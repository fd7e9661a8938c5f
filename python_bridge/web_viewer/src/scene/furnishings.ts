/** All that stands and hangs in a room besides the walls' own surfaces, as meshes. */
import * as THREE from "three";
import type { Room, Tube } from "../generated/protocol";
import { openBox, Solids, unitBox, unitDisc, unitRing } from "./boxes";
import { Exhibits } from "./exhibits";
import {
  backOf, boxesOf, discSolid, fixedBoxesOf, fixedLinesOf, linesOf, ringSolid,
} from "./furniture";
import { Fields, Lines, makeFloor, makeSky } from "./ground";
import { Labels } from "./labels";
import type { Placement } from "./placement";
import type { Uniforms } from "./shaders";
import { Lettering } from "./text";
import type { Slices, Uploader } from "./textures";
import { Tubes } from "./tubes";
import type { Walls } from "./walls";

/** What goes with a station: is it of those that are asked for? */
type Of = (station: string) => boolean;

export class Furnishings {
  readonly group = new THREE.Group();
  /** What is not seen while walls are on their way. */
  readonly #unmoved = new THREE.Group();
  readonly #ground = new THREE.Group();
  /** Sky, floor, and the light that blocks throw on it. */
  readonly #backdrop = new THREE.Group();
  readonly exhibits: Exhibits;
  readonly labels: Labels;
  #walls: Walls;
  #placement: Placement;
  #room: Room | null = null;
  #boxes: Solids;
  #backs: Solids;
  #discs: Solids;
  #rings: Solids;
  #tubes: Tubes;
  #lines: Lines;
  #fields: Fields;
  #text: Lettering;
  /** Stations on the move, and what goes with them: it alone is made anew meanwhile. */
  #loose: ReadonlySet<string> = new Set();
  #carried: { boxes: Solids; backs: Solids; tubes: Tubes; text: Lettering };

  constructor(uploader: Uploader, shared: Uniforms, walls: Walls, placement: Placement) {
    this.#walls = walls;
    this.#placement = placement;
    this.exhibits = new Exhibits(uploader, shared);
    this.labels = new Labels(uploader, shared);
    this.#boxes = new Solids(unitBox(), shared);
    this.#backs = new Solids(openBox(), shared);
    this.#discs = new Solids(unitDisc(), shared, 23);
    this.#rings = new Solids(unitRing(), shared, 3);
    this.#tubes = new Tubes(shared);
    this.#lines = new Lines(shared);
    this.#fields = new Fields(shared);
    this.#text = new Lettering(uploader, shared);
    const { atlas } = this.#text;
    this.#carried = {
      boxes: new Solids(unitBox(), shared), backs: new Solids(openBox(), shared),
      tubes: new Tubes(shared), text: new Lettering(uploader, shared, { atlas }),
    };
    const meshes = [
      ...Object.values(this.#carried), this.#boxes, this.#discs, this.#rings, this.#tubes, this.#lines, this.#text,
      this.labels.lettering,
    ].map((one) => one.mesh);
    this.#unmoved.add(...meshes, this.labels.leaders);
    this.#ground.add(this.#fields.mesh);
    this.#backdrop.add(makeSky(shared), makeFloor(shared), this.#ground);
    this.group.add(this.#backdrop, this.#backs.mesh, this.#unmoved);
    this.group.add(this.exhibits.pictures.group, this.exhibits.board.group);
    this.exhibits.drawBoard();
  }

  /** Slices whose bytes count. */
  get slices(): Slices[] {
    return [
      this.#text.atlas.slices, this.labels.lettering.atlas.slices,
      this.exhibits.pictures.slices, this.exhibits.board.slices,
    ];
  }

  setRoom(room: Room, now: number): void {
    this.#room = room;
    this.#lines.set(room.floor_lines);
    this.#fields.set(room.fields);
    this.#rings.set(room.rings.map(ringSolid));
    this.#discs.set(room.discs.map(discSolid));
    this.#text.atlas.clear();
    this.labels.set(room);
    this.arrange(now);
  }

  /** While walls are on their way only they and what hangs on them are seen. */
  setGliding(gliding: boolean): void {
    this.#unmoved.visible = this.#ground.visible = !gliding;
  }

  /** Whether there are sky and floor, and what the floor mirrors of pictures. */
  backdrop(on: boolean): void {
    this.#backdrop.visible = on;
    this.exhibits.pictures.mirrors(on && this.#mirrors);
    this.exhibits.board.mirrors(on && this.#mirrors);
  }

  /** Pictures and the backs of walls, where these are on their way. */
  glide(now: number): void {
    this.exhibits.hang(this.#walls, this.#room?.board ?? null, now);
    this.#loose = new Set();
    this.#carried.backs.set([]);
    this.#layBacks();
  }

  /** Boxes, paths, texts and pictures anew, where stations now stand. */
  arrange(now: number): void {
    this.#loose = this.#placement.loose;
    this.#layTubes();
    this.hang(now);
    this.write();
    this.carry();
  }

  /** Only what goes with stations on the move, which were those of the last arrangement, too. */
  carry(): void {
    const of: Of = (station) => this.#loose.has(station);
    const { boxes, backs, tubes, text } = this.#carried;
    const room = this.#room;
    const held = room?.boxes.filter(({ station }) => of(station)) ?? [];
    boxes.set(boxesOf(held, this.#placement, this.#walls));
    backs.set(this.#walls.all.filter(({ station }) => of(station)).map(backOf));
    tubes.set(this.#bent(({ source, target }) => of(source) || of(target)));
    text.set(linesOf(room?.texts.filter(({ station }) => of(station)) ?? [], this.#placement));
  }

  /** Draws less of what would be missed least. */
  spare(reflections: boolean, tubeSides: number): void {
    this.#mirrors = reflections;
    this.backdrop(true);
    if (this.#tubes.sides === tubeSides) return;
    this.#tubes.sides = this.#carried.tubes.sides = tubeSides;
    this.#layTubes();
    this.carry();
  }

  #mirrors = true;
  #stands: Of = (station) => !this.#loose.has(station);

  #layTubes(): void {
    this.#tubes.set(this.#bent(({ source, target }) => this.#stands(source) && this.#stands(target)));
  }

  #bent(which: (tube: Tube) => boolean): Tube[] {
    const tubes = this.#room?.tubes.filter(which) ?? [];
    return tubes.map((tube) => ({
      ...tube, points_m: [...this.#placement.bent(tube.points_m, tube.source, tube.target)],
    }));
  }

  #layBacks(): void {
    this.#backs.set(this.#walls.all.filter(({ station }) => this.#stands(station)).map(backOf));
  }

  /** Pictures on their walls, and all boxes. `now`: when new light begins to show. */
  hang(now: number): void {
    if (!this.#room) return;
    this.exhibits.hang(this.#walls, this.#room.board, now);
    const boxes = this.#room.boxes.filter(({ station }) => this.#stands(station));
    this.#boxes.set([
      ...boxesOf(boxes, this.#placement, this.#walls), ...fixedBoxesOf(this.#room),
      ...this.exhibits.boxes(this.#walls),
    ]);
    this.#layBacks();
  }

  write(): void {
    if (!this.#room) return;
    const measure: Lettering["width"] = (spans, cap) => this.#text.width(spans, cap);
    const texts = this.#room.texts.filter(({ station }) => this.#stands(station));
    this.#text.set([
      ...linesOf(texts, this.#placement), ...fixedLinesOf(this.#room, measure),
      ...this.exhibits.lines(this.#walls),
    ]);
  }

  /** Draws all letters again, whose textures are gone. */
  rewrite(): void {
    this.#text.atlas.clear();
    this.labels.lettering.atlas.clear();
    this.exhibits.drawBoard();
    this.write();
    this.carry();
  }

  /** The graphics context came back empty. */
  restore(now: number): void {
    for (const slices of this.slices) {
      slices.forget();
      slices.reserve(1);
    }
    this.exhibits.redraw();
    this.rewrite();
    this.hang(now);
  }
}
