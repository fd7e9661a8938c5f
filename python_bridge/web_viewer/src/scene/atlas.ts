/** The packed levels of all layers in one array texture of 1024 x 1024 slices. */
import type { PageLevel } from "../generated/protocol";
import { Allocator, type Place } from "./allocator";
import { imageHeight, PAGE_EDGE } from "./page";
import { Slices, type Uploader } from "./textures";

const GROWTH_SLICES = 4;

export class Atlas {
  readonly slices: Slices;
  readonly places: Allocator;
  #limit: number;

  constructor(uploader: Uploader) {
    this.slices = new Slices(uploader, PAGE_EDGE, PAGE_EDGE, "code");
    this.#limit = uploader.gl.getParameter(uploader.gl.MAX_ARRAY_TEXTURE_LAYERS) as number;
    this.places = new Allocator(this.#limit);
  }

  /** Gives the texture the slices that places were taken from. */
  grow(): void {
    const { used } = this.places;
    const former = this.slices.depth;
    if (used <= former) return;
    this.slices.reserve(Math.min(this.#limit, former <= 1 ? used : used + GROWTH_SLICES));
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
