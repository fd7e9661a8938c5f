/** Layers as a page has them, with no graphics card behind: what is asked of it is done at once. */

import type { Axis, Pages } from "../src/generated/protocol";
import { Layers } from "../src/scene/layers";
import { imageHeight, packLevels, type TileShape } from "../src/scene/page";
import type { Uploader } from "../src/scene/textures";

export const FRAME_S = 1 / 60;

/** Pixels of the array textures that pages are put into and copied within, slice by slice. */
export class Textures {
  static readonly EDGE = 1024;
  readonly #slices = new Map<object, Map<number, Uint8Array>>();
  #bound: object | null = null;
  #read: { texture: object; slice: number } | null = null;
  /** Copied within a texture. */
  movedBytes = 0;

  slice(texture: object, slice: number): Uint8Array {
    if (!this.#slices.has(texture)) this.#slices.set(texture, new Map());
    const slices = this.#slices.get(texture)!;
    if (!slices.has(slice)) slices.set(slice, new Uint8Array(Textures.EDGE * Textures.EDGE));
    return slices.get(slice)!;
  }

  /** What a graphics card does of that: anything else is asked of it in vain. */
  readonly gl = {
    bindTexture: (_target: number, texture: object | null) => (this.#bound = texture),
    framebufferTextureLayer: (...args: [number, number, object, number, number]) =>
      (this.#read = { texture: args[2], slice: args[4] }),
    texSubImage3D: (...args: [
      number, number, number, number, number, number, number, number, number, number, Uint8Array,
    ]) => {
      const [, , x, y, slice, width, height] = args;
      this.#put(slice, x, y, width, height, (row) =>
        args[10].subarray(row * width, (row + 1) * width));
    },
    copyTexSubImage3D: (...args: [
      number, number, number, number, number, number, number, number, number,
    ]) => {
      const [, , x, y, slice, fromX, fromY, width, height] = args;
      const { texture, slice: from } = this.#read!;
      if (texture === this.#bound && slice === from) throw new Error("read where it is written");
      const source = this.slice(texture, from);
      if (texture === this.#bound) this.movedBytes += width * height;
      this.#put(slice, x, y, width, height, (row) => {
        const start = (fromY + row) * Textures.EDGE + fromX;
        return source.subarray(start, start + width);
      });
    },
  };

  #put(
    slice: number, x: number, y: number, width: number, height: number,
    rowOf: (row: number) => Uint8Array,
  ): void {
    const pixels = this.slice(this.#bound!, slice);
    for (let row = 0; row < height; row++) {
      pixels.set(rowOf(row).subarray(0, width), (y + row) * Textures.EDGE + x);
    }
  }
}

function uploader(textures: Textures): Uploader {
  const gl = new Proxy(textures.gl as object, {
    get: (known, name) => {
      if (name in known) return (known as Record<string | symbol, unknown>)[name];
      if (name === "getParameter") return () => 2048;
      if (name === "createTexture") return () => ({});
      return name === String(name).toUpperCase() ? 1 : () => null;
    },
  });
  return { gl, begin: () => gl, end: () => undefined } as unknown as Uploader;
}

/** The message that brings these levels, those of them that there are, of one layer. */
export function pagesOf(
  layer: string, run: number, shape: TileShape, levels: readonly number[], revision = 1,
): [message: Pages, ranges: Float32Array, pixels: Uint8Array[]] {
  const packings = packLevels(shape).filter(({ level }) => levels.includes(level));
  const axes: Axis[] = [
    { name: "channel", size: shape.tiles, role: "tile" },
    { name: "row", size: shape.height, role: "row" },
    { name: "column", size: shape.width, role: "column" },
  ];
  const message: Pages = {
    type: "pages", network: "main", input: "input", run, revision, layer, axes,
    tiles: shape.tiles, levels: packings, selected: {}, buffers: [],
  };
  const pixels = packings.map((one) => new Uint8Array(imageHeight(shape.tiles, one) * one.width));
  return [message, new Float32Array(2 * shape.tiles).fill(1), pixels];
}

/** Layers of one shape on walls, the nearest first, and a clock. */
export class Walls {
  readonly layers: Layers;
  readonly names: string[];
  readonly textures = new Textures();
  now = 1;

  constructor(budget: number, readonly shape: TileShape, count: number) {
    this.layers = new Layers(uploader(this.textures), budget);
    this.names = Array.from({ length: count }, (_, i) => `layer${i}`);
    this.layers.display(new Map(this.names.map((name, place) => [name, place])));
  }

  want(finest: number, coarse: number): void {
    this.layers.want(new Map(this.names.map((name, rank) => [name, { rank, finest, coarse }])));
  }

  receive(name: string, run: number, levels: readonly number[]): void {
    this.layers.receive(...pagesOf(name, run, this.shape, levels), this.now);
  }

  /** Draws so many frames, as the world does: it asks for nothing where nothing is waiting. */
  draw(seconds: number): void {
    for (const end = this.now + seconds; this.now < end; this.now += FRAME_S) {
      if (this.layers.waiting) this.layers.pump(this.now, 8 << 20, 1);
    }
  }

  get shown(): (number | undefined)[] {
    return this.names.map((name) => this.layers.get(name).shown?.finest);
  }
}
