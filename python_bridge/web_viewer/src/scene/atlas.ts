/** The packed levels of all layers in one array texture of 1024 x 1024 slices. */
import type { PageLevel } from "../generated/protocol";
import { Allocator, type Place } from "./allocator";
import { imageHeight, packLevels, PAGE_EDGE, type TileShape } from "./page";
import { Slices, type Uploader } from "./textures";

const SLICE_BYTES = PAGE_EDGE * PAGE_EDGE;
/** Growing copies all there is, so that it is not done for every slice. */
const GROWTH = 1.25;
/** Levels of different sizes take about so much of the slices they share. */
const FILLED = 0.9;

export class Atlas {
  readonly slices: Slices;
  readonly places: Allocator;
  #limit: number;
  #expected = 0;

  /** Slices take at most `budget` bytes, but there is always one. */
  constructor(uploader: Uploader, budget: number) {
    this.slices = new Slices(uploader, PAGE_EDGE, PAGE_EDGE, "code");
    const most = uploader.gl.getParameter(uploader.gl.MAX_ARRAY_TEXTURE_LAYERS) as number;
    this.#limit = Math.max(1, Math.min(most, Math.floor(budget / SLICE_BYTES)));
    this.places = new Allocator(this.#limit);
  }

  /** Levels that take so many bytes of slices will come; before the first, room is made for all. */
  expect(bytes: number): void {
    this.#expected = Math.ceil(bytes / SLICE_BYTES / FILLED);
    if (this.places.used === 0) this.#reserve(this.#expected);
  }

  /** Gives the texture the slices that places were taken from. */
  grow(): void {
    const { used } = this.places;
    if (used <= this.slices.depth) return;
    this.#reserve(Math.max(this.#expected, Math.ceil(GROWTH * used)));
  }

  #reserve(slices: number): void {
    this.slices.reserve(Math.min(this.#limit, slices));
  }

  /** Uploads page `page` of a level whose packed image is `pixels`. */
  upload(place: Place, level: PageLevel, page: number, pixels: Uint8Array): void {
    const pageRows = level.rows_per_page * level.tile_height;
    const first = page * pageRows;
    const rows = Math.min(pageRows, pixels.length / level.width - first);
    const part = pixels.subarray(first * level.width, (first + rows) * level.width);
    this.slices.put(place.slice + page, place.x, place.y, level.width, rows, part);
  }

  /** Copies images to other places, none of which is in a slice that it comes from. */
  copy(moves: readonly (readonly [from: Place, to: Place])[]): void {
    const parts = moves.flatMap(([from, to]) =>
      Array.from({ length: Math.ceil(from.height / PAGE_EDGE) }, (_, page) => ({
        from: { ...from, slice: from.slice + page },
        to: { ...to, slice: to.slice + page },
        width: from.width,
        height: Math.min(PAGE_EDGE, from.height - page * PAGE_EDGE),
      })),
    );
    this.slices.move(parts);
  }
}

/** Bytes of slices that these levels of a layer take, `finest` and all coarser ones. */
export function slicesFrom(shape: TileShape, finest: number): number {
  return packLevels(shape)
    .filter(({ level }) => level >= finest)
    .reduce((sum, level) => sum + bytesOfSlices(shape.tiles, level), 0);
}

/**
 * Bytes of slices that a level takes: an image wider than half a slice is hardly ever beside
 * another, nor is one that is higher too below another; of a large one its last slice's end is
 * free, of a small one all around it.
 */
function bytesOfSlices(tiles: number, level: PageLevel): number {
  const [width, height] = [level.width, heightInSlices(tiles, level)];
  if (height > PAGE_EDGE) return height * PAGE_EDGE;
  if (width <= PAGE_EDGE / 2) return height * width;
  return (height > PAGE_EDGE / 2 ? PAGE_EDGE : height) * PAGE_EDGE;
}

/** Height of the image a level needs in slices: whole pages, the last one as high as it is. */
export function heightInSlices(tiles: number, level: PageLevel): number {
  const rows = imageHeight(tiles, level);
  const pageRows = level.rows_per_page * level.tile_height;
  const pages = Math.max(1, Math.ceil(rows / pageRows));
  return (pages - 1) * PAGE_EDGE + (rows - (pages - 1) * pageRows);
}
