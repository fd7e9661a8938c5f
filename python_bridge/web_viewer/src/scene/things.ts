/** Pictures that stand in the room as things: taken off the shelf, framed, to be taken again. */
import * as THREE from "three";
import type { Transform } from "../generated/protocol";
import { box, type Solid, Solids, unitBox } from "./boxes";
import { COLOUR } from "./palette";
import { meet, type Ray, type Struck } from "./picking";
import { type Hung, Pictures, type Pixels } from "./pictures";
import { type Frame, pointOf, rotated, scaled } from "./placement";
import type { Uniforms } from "./shaders";
import type { Uploader } from "./textures";

/** The longer edge of a picture whose scale is 1. */
export const THING_EDGE_M = 0.6;
const PAGE_EDGE = 512;
/** Around the picture, and behind it. */
const BORDER_M = 0.012;
const THICK_M = 0.016;
const REFLECTED = 0.2;

/** A picture and where it stands, by its middle. */
export interface Thing {
  id: string;
  pixels: Pixels;
  at: Transform;
  /** In a hand: it has a light frame, and no ray meets it. */
  held: boolean;
}

export class Things {
  readonly group = new THREE.Group();
  readonly #pictures: Pictures;
  readonly #frames: Solids;
  #pages = new Map<string, { page: number; pixels: Pixels }>();
  #all: readonly Thing[] = [];

  constructor(uploader: Uploader, shared: Uniforms) {
    this.#pictures = new Pictures(uploader, shared, PAGE_EDGE, PAGE_EDGE);
    this.#frames = new Solids(unitBox(), shared, 4);
    this.group.add(this.#pictures.group, this.#frames.mesh);
  }

  get slices() {
    return this.#pictures.slices;
  }

  /** All that stand there now, and that are in hands. */
  set(things: readonly Thing[]): void {
    if (things.length === 0 && this.#all.length === 0) return;
    this.#all = things;
    this.#upload();
    this.#pictures.hang(things.map(({ id, pixels, at }): Hung => ({
      frame: frameOf(at), centre: [0, 0, THICK_M / 2 + 0.001], size: sizeOf(pixels),
      page: this.#pages.get(id)!.page, reflected: at.position_m[1] < 1.2 ? REFLECTED : 0,
    })));
    this.#frames.set(things.map(solidOf));
  }

  /** The graphics context came back empty. */
  restore(): void {
    this.#pictures.slices.forget();
    this.#pictures.slices.reserve(1);
    this.#pages.clear();
    const all = this.#all;
    this.#all = [];
    this.set(all);
  }

  /** The nearest one that a ray meets from the front, null for none. */
  meet(ray: Ray): Struck | null {
    let nearest: Struck | null = null;
    for (const { id, pixels, at, held } of this.#all) {
      if (held) continue;
      const met = meet(ray, frameOf(at));
      const [width, height] = sizeOf(pixels);
      const beside = !met || Math.abs(met.x) > width / 2 + BORDER_M
        || Math.abs(met.y) > height / 2 + BORDER_M;
      if (beside || met.distance >= (nearest?.distance ?? Infinity)) continue;
      nearest = { distance: met.distance, hit: { kind: "thing", picture: id, point: met.point } };
    }
    return nearest;
  }

  /** A page for each, those of pictures that are gone for others. */
  #upload(): void {
    const there = new Set(this.#all.map(({ id }) => id));
    for (const id of this.#pages.keys()) if (!there.has(id)) this.#pages.delete(id);
    const taken = new Set([...this.#pages.values()].map(({ page }) => page));
    for (const { id, pixels } of this.#all) {
      const known = this.#pages.get(id);
      if (known?.pixels === pixels) continue;
      let page = known?.page ?? 0;
      while (!known && taken.has(page)) page += 1;
      taken.add(page);
      this.#pages.set(id, { page, pixels });
      this.#pictures.put(page, pixels);
    }
  }
}

/** Width and height where the scale is 1. */
export function sizeOf({ width, height }: Pick<Pixels, "width" | "height">): [number, number] {
  const longer = Math.max(width, height);
  return [(THING_EDGE_M * width) / longer, (THING_EDGE_M * height) / longer];
}

function frameOf(at: Transform): Frame {
  const axis = (x: number, y: number, z: number) => scaled(rotated([x, y, z], at), at.scale);
  return { origin: [...at.position_m], x: axis(1, 0, 0), y: axis(0, 1, 0), z: axis(0, 0, 1) };
}

function solidOf({ pixels, at, held }: Thing): Solid {
  const frame = frameOf(at);
  const [width, height] = sizeOf(pixels);
  const size: [number, number, number] = [width + 2 * BORDER_M, height + 2 * BORDER_M, THICK_M];
  const colour = held ? COLOUR.accent : COLOUR.shelf;
  return box({ ...frame, origin: pointOf(frame, 0, 0, 0) }, size, colour);
}
