/**
 * Places for packed images in slices of 1024 x 1024.
 *
 * An image of several pages takes slices of its own from their top left; smaller ones share
 * slices, side by side on shelves. What is given back is free for any other image: shelves that have
 * become empty are as high as the next image needs, and empty slices begin anew.
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

/** Rows of some slices: of several all, of one those from `top` on, above `bottom`. */
export interface Band {
  first: number;
  count: number;
  top: number;
  bottom: number;
}

interface Span {
  x: number;
  width: number;
}

interface Shelf {
  slice: Slice;
  y: number;
  height: number;
  /** From the left on, none beside another. */
  free: Span[];
}

interface Slice {
  index: number;
  /** Rows at the top that an image of several pages takes. */
  taken: number;
  /** From the top on. */
  shelves: Shelf[];
}

export class Allocator {
  /** Slices up to the last that ever held something. */
  used = 0;
  /** How often a place was given back. */
  givenBack = 0;
  #limit: number;
  #taken = 0;
  #slices: Slice[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Pixels that are nobody's. */
  get free(): number {
    return this.#limit * PAGE_EDGE * PAGE_EDGE - this.#taken;
  }

  /**
   * A place for an image of this size, or null when the texture can hold no more; none in the
   * slices of `closed`.
   */
  take(width: number, height: number, closed?: Band): Place | null {
    const place =
      height > PAGE_EDGE ? this.#takeSlices(width, height, closed) : this.#takeShelf(width, height, closed);
    if (place) this.#taken += width * height;
    return place;
  }

  /** Where an image so high could stand if nothing did: shelves, one below the other, or slices. */
  bands(height: number): Band[] {
    const pages = Math.ceil(height / PAGE_EDGE);
    if (pages > 1) {
      const count = Math.max(0, this.#limit - pages + 1);
      return Array.from({ length: count }, (_, first) => ({
        first, count: pages, top: 0, bottom: PAGE_EDGE,
      }));
    }
    return this.#slices.flatMap((slice) => bandsIn(slice, height));
  }

  giveBack(place: Place): void {
    this.givenBack++;
    this.#taken -= place.width * place.height;
    if (place.height > PAGE_EDGE) {
      const pages = Math.ceil(place.height / PAGE_EDGE);
      for (const slice of this.#slices.slice(place.slice, place.slice + pages)) untake(slice);
      return;
    }
    const slice = this.#slices[place.slice]!;
    const shelf = slice.shelves.find(({ y }) => y === place.y);
    if (!shelf) return;
    shelf.free = joined([...shelf.free, { x: place.x, width: place.width }]);
    slice.shelves = cleared(slice.shelves);
  }

  /** Forgets every place. */
  clear(): void {
    this.used = 0;
    this.givenBack++;
    this.#taken = 0;
    this.#slices = [];
  }

  #takeSlices(width: number, height: number, closed?: Band): Place | null {
    // Pages hold whole rows of tiles, so a page may be a little less than 1024 high: heights are
    // counted in slices (heightInSlices), of which only the last has room below.
    const pages = Math.ceil(height / PAGE_EDGE);
    const slice = this.#emptySlices(pages, closed);
    if (slice === null) return null;
    for (let page = 0; page < pages; page++) {
      this.#slices[slice + page]!.taken = Math.min(PAGE_EDGE, height - page * PAGE_EDGE);
    }
    return { x: 0, y: 0, slice, width, height };
  }

  /** The first of so many empty slices in a row, or null. */
  #emptySlices(count: number, closed?: Band): number | null {
    let run = 0;
    for (const slice of this.#slices) {
      const empty = slice.taken === 0 && slice.shelves.length === 0 && !isClosed(slice, closed);
      run = empty ? run + 1 : 0;
      if (run === count) return slice.index - count + 1;
    }
    const first = this.#slices.length - run;
    if (first + count > this.#limit) return null;
    while (this.#slices.length < first + count) {
      this.#slices.push({ index: this.#slices.length, taken: 0, shelves: [] });
    }
    this.used = this.#slices.length;
    return first;
  }

  #takeShelf(width: number, height: number, closed?: Band): Place | null {
    let best: Shelf | undefined;
    for (const slice of this.#slices) {
      if (isClosed(slice, closed)) continue;
      for (const shelf of slice.shelves) {
        // A shelf that is much too high would be wasted.
        const wasted = shelf.height > height * 1.5 + 8 && !isEmpty(shelf);
        if (shelf.height < height || wasted) continue;
        if (best && best.height <= shelf.height) continue;
        if (shelf.free.some((span) => span.width >= width)) best = shelf;
      }
    }
    const shelf = best ?? this.#openShelf(height, closed);
    const span = shelf?.free.find((one) => one.width >= width);
    if (!shelf || !span) return null;
    if (isEmpty(shelf)) lower(shelf, height);
    const place = { x: span.x, y: shelf.y, slice: shelf.slice.index, width, height };
    span.x += width;
    span.width -= width;
    shelf.free = shelf.free.filter((one) => one.width > 0);
    return place;
  }

  #openShelf(height: number, closed?: Band): Shelf | null {
    let slice = this.#slices.find(
      (one) => bottomOf(one) + height <= PAGE_EDGE && !isClosed(one, closed),
    );
    if (!slice) {
      const index = this.#emptySlices(1, closed);
      if (index === null) return null;
      slice = this.#slices[index]!;
    }
    const free = [{ x: 0, width: PAGE_EDGE }];
    const shelf = { slice, y: bottomOf(slice), height, free };
    slice.shelves.push(shelf);
    return shelf;
  }
}

function isClosed({ index }: Slice, closed?: Band): boolean {
  return closed !== undefined && index >= closed.first && index < closed.first + closed.count;
}

/** The fewest whole shelves from each on that are so high together; what is below them counts. */
function bandsIn(slice: Slice, height: number): Band[] {
  const tops = slice.shelves.map(({ y }) => y);
  const bottoms = [...tops.slice(1), PAGE_EDGE];
  return tops.flatMap((top) => {
    const bottom = bottoms.find((one) => one >= top + height);
    return bottom === undefined ? [] : [{ first: slice.index, count: 1, top, bottom }];
  });
}

function bottomOf({ taken, shelves }: Slice): number {
  const last = shelves.at(-1);
  return last ? last.y + last.height : taken;
}

function isEmpty(shelf: Shelf | undefined): boolean {
  return shelf?.free[0]?.width === PAGE_EDGE;
}

/** An empty shelf becomes so high, and what is below it another one. */
function lower(shelf: Shelf, height: number): void {
  const { slice, y } = shelf;
  if (shelf.height > height) {
    const free = [{ x: 0, width: PAGE_EDGE }];
    const below = { slice, y: y + height, height: shelf.height - height, free };
    slice.shelves.splice(slice.shelves.indexOf(shelf) + 1, 0, below);
  }
  shelf.height = height;
}

/** The rows at the top that an image of several pages took are an empty shelf above the others. */
function untake(slice: Slice): void {
  const top = { slice, y: 0, height: slice.taken, free: [{ x: 0, width: PAGE_EDGE }] };
  slice.taken = 0;
  slice.shelves = cleared([top, ...slice.shelves]);
}

/** The same shelves, empty ones that touch as one, and none at the end. */
function cleared(shelves: Shelf[]): Shelf[] {
  const result: Shelf[] = [];
  for (const shelf of shelves) {
    const last = result.at(-1);
    if (last && isEmpty(last) && isEmpty(shelf)) last.height += shelf.height;
    else result.push(shelf);
  }
  if (isEmpty(result.at(-1))) result.pop();
  return result;
}

/** The same spans, those that touch as one. */
function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.x - b.x)) {
    const last = result.at(-1);
    if (last && last.x + last.width === span.x) last.width += span.width;
    else result.push({ ...span });
  }
  return result;
}
