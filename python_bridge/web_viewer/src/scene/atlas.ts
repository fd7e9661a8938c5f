/** The packed levels of all layers in one array texture of 1024 x 1024 slices. */
import type { PageLevel } from "../generated/protocol";
import { Allocator, type Place } from "./allocator";
import { imageHeight, PAGE_EDGE } from "./page";
import { Slices, type Uploader } from "./textures";

const SLICE_BYTES = PAGE_EDGE * PAGE_EDGE;
/** Growing copies all there is, so that it is not done for every slice. */
const GROWTH = 1.25;
/** Pages of different sizes fill about so much of their slices. */
const FILLED = 0.8;

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

  /** So many bytes of pages will come. */
  expect(bytes: number): void {
    this.#expected = Math.ceil(bytes / SLICE_BYTES / FILLED);
  }

  /** Gives the texture the slices that places were taken from. */
  grow(): void {
    const { used } = this.places;
    if (used <= this.slices.depth) return;
    const wanted = Math.max(this.#expected, Math.ceil(GROWTH * used));
    this.slices.reserve(Math.min(this.#limit, wanted));
  }

  /** Uploads page `page` of a level whose packed image is `pixels`. */
  upload(place: Place, level: PageLevel, page: number, pixels: Uint8Array): void {
    const pageRows = level.rows_per_page * level.tile_height;
    const first = page * pageRows;
    const rows = Math.min(pageRows, pixels.length / level.width - first);
    const part = pixels.subarray(first * level.width, (first + rows) * level.width);
    this.slices.put(place.slice + page, place.x, place.y, level.width, rows, part);
  }
}

/** Height of the image a level needs in slices: whole pages, the last one as high as it is. */
export function heightInSlices(tiles: number, level: PageLevel): number {
  const rows = imageHeight(tiles, level);
  const pageRows = level.rows_per_page * level.tile_height;
  const pages = Math.max(1, Math.ceil(rows / pageRows));
  return (pages - 1) * PAGE_EDGE + (rows - (pages - 1) * pageRows);
}
