/** Layers as a page has them, with no graphics card behind: what is asked of it is done at once. */

import type { Axis, Pages } from "../src/generated/protocol";
import { Layers } from "../src/scene/layers";
import { imageHeight, packLevels, type TileShape } from "../src/scene/page";
import type { Uploader } from "../src/scene/textures";

export const FRAME_S = 1 / 60;

function uploader(): Uploader {
  const gl = new Proxy({}, {
    get: (_, name) => {
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
  now = 1;

  constructor(budget: number, readonly shape: TileShape, count: number) {
    this.layers = new Layers(uploader(), budget);
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
