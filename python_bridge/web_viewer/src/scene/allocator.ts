/**
 * Places for packed images in slices of 1024 x 1024.
 *
 * An image of several pages takes slices of its own from their top left; smaller ones share
 * slices, side by side on shelves. What is given back is kept for the next image of the same
 * size, which is how a new run's pages are written beside those that are still on show.
 */
import { PAGE_EDGE } from "./page";

/** Where one packed level stands: its first page's corner and slice. */
export interface Place {
  x: number;
  y: number;
  slice: number;
  width: number;
  height: number;
}

interface Shelf {
  slice: number;
  y: number;
  height: number;
  x: number;
}

export class Allocator {
  /** Slices that hold something. */
  used = 0;
  #limit: number;
  #shelves: Shelf[] = [];
  /** Slices with free rows below `y`. */
  #open: { slice: number; y: number }[] = [];
  #free = new Map<string, Place[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A place for an image of this size, or null when the texture can hold no more. */
  take(width: number, height: number): Place | null {
    const kept = this.#free.get(`${width}x${height}`)?.pop();
    if (kept) return kept;
    return height > PAGE_EDGE ? this.#takeSlices(width, height) : this.#takeShelf(width, height);
  }

  giveBack(place: Place): void {
    const key = `${place.width}x${place.height}`;
    const kept = this.#free.get(key);
    if (kept) kept.push(place);
    else this.#free.set(key, [place]);
  }

  /** Forgets every place. */
  clear(): void {
    this.used = 0;
    this.#shelves = [];
    this.#open = [];
    this.#free.clear();
  }

  #takeSlices(width: number, height: number): Place | null {
    // Pages hold whole rows of tiles, so a page may be a little less than 1024 high: heights are
    // counted in slices (heightInSlices), of which only the last has room below.
    const pages = Math.ceil(height / PAGE_EDGE);
    if (this.used + pages > this.#limit) return null;
    const slice = this.used;
    this.used += pages;
    const rest = height - (pages - 1) * PAGE_EDGE;
    if (rest < PAGE_EDGE) this.#open.push({ slice: slice + pages - 1, y: rest });
    return { x: 0, y: 0, slice, width, height };
  }

  #takeShelf(width: number, height: number): Place | null {
    let best: Shelf | undefined;
    for (const shelf of this.#shelves) {
      if (shelf.height < height || shelf.x + width > PAGE_EDGE) continue;
      if (shelf.height > height * 1.5 + 8) continue;
      if (!best || shelf.height < best.height) best = shelf;
    }
    best ??= this.#openShelf(height) ?? undefined;
    if (!best) return null;
    const place = { x: best.x, y: best.y, slice: best.slice, width, height };
    best.x += width;
    return place;
  }

  #openShelf(height: number): Shelf | null {
    let place = this.#open.find((one) => one.y + height <= PAGE_EDGE);
    if (!place) {
      if (this.used + 1 > this.#limit) return null;
      place = { slice: this.used++, y: 0 };
      this.#open.push(place);
    }
    const shelf = { slice: place.slice, y: place.y, height, x: 0 };
    place.y += height;
    this.#shelves.push(shelf);
    return shelf;
  }
}
