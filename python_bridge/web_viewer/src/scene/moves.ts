/**
 * Room for an image where what is free in the texture lies in pieces: what stands in one place is
 * copied elsewhere, within the texture.
 *
 * Copies on the graphics card, and not pages that are given back and fetched again: what is moved
 * stays on show all the time, also where it is of an earlier run, which nobody can fetch any more,
 * nothing travels, and it takes no more than the room that is free. A copy is over before the next
 * frame is drawn, so that no image stands in two places longer than that.
 */
import type { Allocator, Band, Place } from "./allocator";
import type { Atlas } from "./atlas";
import type { Layer } from "./layer";
import type { LayerTables, Placed } from "./layertables";
import { PAGE_EDGE } from "./page";

/** Pixels that are moved in a frame at most: as many slices. */
const MOST_PIXELS = 16 * PAGE_EDGE * PAGE_EDGE;
/** So often a frame it is looked for what to move. */
const MOST_SEARCHES = 8;
/** Bands that are tried for an image, those with the least in them first. */
const MOST_TRIES = 2;
/** Images that are moved for one at most: of many small ones each takes its time. */
const MOST_IMAGES = 64;

/** There is room now; there is none; or there may be in the next frame. */
export type Room = "made" | "none" | "later";

export class Moves {
  #atlas: Atlas;
  #places: Allocator;
  #tables: LayerTables;
  #left = { pixels: MOST_PIXELS, searches: MOST_SEARCHES };
  /** For what there was no room, and how often places had been given back by then. */
  #vain = { width: 0, height: 0, givenBack: -1 };

  constructor(atlas: Atlas, tables: LayerTables) {
    this.#atlas = atlas;
    this.#places = atlas.places;
    this.#tables = tables;
  }

  /** A frame begins. */
  begin(): void {
    this.#left = { pixels: MOST_PIXELS, searches: MOST_SEARCHES };
  }

  /** Makes room for an image of this size; `more` is placed, but no layer's yet. */
  makeRoom(
    width: number, height: number, layers: Iterable<Layer>, more: readonly (Placed | undefined)[],
  ): Room {
    const pages = Math.ceil(height / PAGE_EDGE);
    const pixels = width * (pages > 1 ? pages * PAGE_EDGE : height);
    const vain = this.#vain;
    const known = vain.givenBack === this.#places.givenBack
      && width >= vain.width && height >= vain.height;
    if (known || this.#places.free < pixels) return "none";
    if (this.#left.searches-- <= 0) return "later";
    const standing = bySlice(layers, more);
    const found = this.#places.bands(height)
      .map((band) => ({ band, moved: standingIn(band, standing) }))
      .filter(({ moved }) => moved.length <= MOST_IMAGES)
      .map(({ band, moved }) => ({ band, moved, cost: pixelsOf(moved) }))
      .filter(({ band, cost }) => cost <= MOST_PIXELS && cost <= this.#freeBeside(band, cost))
      .sort((a, b) => a.cost - b.cost);
    for (const { band, moved, cost } of found.slice(0, MOST_TRIES)) {
      if (cost > this.#left.pixels) return "later";
      if (!this.#clear(band, moved, layers)) continue;
      this.#left.pixels -= cost;
      return "made";
    }
    this.#vain = { width, height, givenBack: this.#places.givenBack };
    return "none";
  }

  /** Pixels that are free outside a band in which so many are taken. */
  #freeBeside({ count, top, bottom }: Band, taken: number): number {
    return this.#places.free - (count * (bottom - top) * PAGE_EDGE - taken);
  }

  /** Moves all of these out of a band, or nothing. */
  #clear(band: Band, moved: readonly Placed[], layers: Iterable<Layer>): boolean {
    const places = new Map<Placed, Place>();
    for (const one of [...moved].sort((a, b) => b.place.height - a.place.height)) {
      const place = this.#places.take(one.place.width, one.place.height, band);
      if (place) places.set(one, place);
      else {
        for (const taken of places.values()) this.#places.giveBack(taken);
        return false;
      }
    }
    this.#atlas.grow();
    this.#atlas.copy([...places].map(([{ place }, to]) => [place, to]));
    for (const [one, place] of places) {
      this.#places.giveBack(one.place);
      one.place = place;
    }
    for (const { row, shown, former } of layers) {
      const any = [...(shown?.levels ?? []), ...(former?.levels ?? [])].some(
        (one) => one && places.has(one),
      );
      if (any) this.#tables.moved(row, shown!, former);
    }
    return true;
  }
}

type Standing = ReadonlyMap<number, readonly Placed[]>;

/** All that stands in the texture, or is on its way there, by slice. */
function bySlice(layers: Iterable<Layer>, more: readonly (Placed | undefined)[]): Standing {
  const standing = new Map<number, Placed[]>();
  const add = (placed: Placed | undefined): void => {
    if (!placed) return;
    const { slice, height } = placed.place;
    for (let one = slice; one < slice + Math.ceil(height / PAGE_EDGE); one++) {
      const others = standing.get(one);
      if (others) others.push(placed);
      else standing.set(one, [placed]);
    }
  };
  more.forEach(add);
  for (const { shown, former, upload } of layers) {
    for (const placed of [shown?.levels, former?.levels, upload?.added]) placed?.forEach(add);
  }
  return standing;
}

/** What stands in a band, or reaches into it; not much more than so much as may be moved. */
function standingIn({ first, count, top, bottom }: Band, standing: Standing): Placed[] {
  const found: Placed[] = [];
  for (let slice = first; slice < first + count && found.length <= MOST_IMAGES; slice++) {
    for (const placed of standing.get(slice) ?? []) {
      const { y, height } = placed.place;
      const meets = count > 1 || height > PAGE_EDGE || (y < bottom && y + height > top);
      const known = height > PAGE_EDGE && found.includes(placed);
      if (meets && !known) found.push(placed);
    }
  }
  return found;
}

function pixelsOf(images: readonly Placed[]): number {
  return images.reduce((sum, { place }) => sum + place.width * place.height, 0);
}
