/** All that stands and hangs in a room besides the walls' own surfaces, as meshes. */
import * as THREE from "three";
import type { Room } from "../generated/protocol";
import { openBox, Solids, unitBox, unitDisc, unitRing } from "./boxes";
import { Exhibits } from "./exhibits";
import { backOf, boxesOf, discSolid, linesOf, ringSolid } from "./furniture";
import { Fields, Lines, makeFloor, makeSky } from "./ground";
import { Labels } from "./labels";
import type { Placement } from "./placement";
import type { Uniforms } from "./shaders";
import { Lettering } from "./text";
import type { Slices, Uploader } from "./textures";
import { Tubes } from "./tubes";
import type { Walls } from "./walls";

export class Furnishings {
  readonly group = new THREE.Group();
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
    const meshes = [
      this.#boxes, this.#backs, this.#discs, this.#rings, this.#tubes, this.#lines, this.#fields,
      this.#text, this.labels.lettering,
    ].map((one) => one.mesh);
    this.group.add(makeSky(shared), makeFloor(shared), ...meshes, this.labels.leaders);
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
    this.#tubes.set(room.tubes);
    this.#lines.set(room.floor_lines);
    this.#fields.set(room.fields);
    this.#rings.set(room.rings.map(ringSolid));
    this.#discs.set(room.discs.map(discSolid));
    this.#text.atlas.clear();
    this.labels.set(room);
    this.arrange(now);
  }

  /** Boxes, texts and pictures anew, where stations now stand. */
  arrange(now: number): void {
    this.hang(now);
    this.write();
  }

  /** Pictures on their walls, and all boxes. `now`: when new light begins to show. */
  hang(now: number): void {
    if (!this.#room) return;
    this.exhibits.hang(this.#walls, this.#room.board, now);
    this.#boxes.set([
      ...boxesOf(this.#room, this.#placement), ...this.exhibits.boxes(this.#walls),
    ]);
    this.#backs.set(this.#walls.all.map(backOf));
  }

  write(): void {
    if (!this.#room) return;
    const measure: Lettering["width"] = (spans, cap) => this.#text.width(spans, cap);
    const lines = linesOf(this.#room, this.#placement, measure);
    this.#text.set([...lines, ...this.exhibits.lines(this.#walls)]);
  }

  /** Draws all letters again, whose textures are gone. */
  rewrite(): void {
    this.#text.atlas.clear();
    this.labels.lettering.atlas.clear();
    this.exhibits.drawBoard();
    this.write();
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
