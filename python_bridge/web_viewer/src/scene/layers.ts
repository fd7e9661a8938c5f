/**
 * All layers: their activations here, and their pages on the GPU.
 *
 * Of a new run the coarse levels come first. They are written beside what is on show, which fades
 * over to them, later layers 12 ms a station later; detail that comes after them is added to what
 * is on show (showing.ts).
 */
import type { Pages } from "../generated/protocol";
import { Activation } from "./activation";
import { Atlas, heightInSlices } from "./atlas";
import {
  coarsestOf, type Layer, levelOf, newLayer, partsOf, UNWANTED, type Upload,
} from "./layer";
import { LayerTables, MOST_LEVELS, type Placed } from "./layertables";
import { Moves } from "./moves";
import { repacked } from "./ordering";
import { firstLightLevel, PAGE_EDGE } from "./page";
import { dropLevels, givenBack, keptBytes, type Victim, victimOf } from "./residency";
import { Showing } from "./showing";
import type { Uploader } from "./textures";
import type { Colours, Want } from "./types";

const STAGGER_S = 0.012;
/** From this station on all layers begin together: a long network is not kept waiting. */
const MOST_STAGGERED = 12;

/** Layers whose picture changed: those of a new run, and those with more detail. */
export interface Pumped {
  begun: Layer[];
  refined: Layer[];
}

export class Layers {
  readonly atlas: Atlas;
  readonly tables: LayerTables;
  #budget: number;
  #showing: Showing;
  #moves: Moves;
  #byName = new Map<string, Layer>();
  #uploading = new Set<Layer>();
  #run = -1;
  #revision = -1;
  #generation = 0;
  #runBegan = 0;
  /** There was no room for all that is wanted; what fades out may make some. */
  #lacking = false;
  /** There may be room in the next frame, when more can be moved. */
  #postponed = false;

  /** Pages take at most `budget` bytes on the GPU (but see Slices.reserve), and as many here. */
  constructor(uploader: Uploader, budget: number) {
    this.#budget = budget;
    this.atlas = new Atlas(uploader, budget);
    this.tables = new LayerTables(uploader);
    this.#showing = new Showing(this.atlas.places, this.tables);
    this.#moves = new Moves(this.atlas, this.tables);
    this.atlas.slices.reserve(1);
  }

  get(name: string): Layer {
    const known = this.#byName.get(name);
    if (known) return known;
    const layer = newLayer(name, this.#byName.size);
    this.#byName.set(name, layer);
    if (layer.row >= this.tables.rows.records) this.tables.reserve(2 * this.tables.rows.records, 0);
    return layer;
  }

  activation(name: string): Activation | null {
    return this.#byName.get(name)?.activation ?? null;
  }

  get lit(): number {
    let count = 0;
    for (const { place, shown } of this.#byName.values()) if (place !== null && shown) count++;
    return count;
  }

  /** How many layers on walls show the newest run. */
  get newest(): number {
    let count = 0;
    for (const { place, shown } of this.#byName.values()) {
      if (place !== null && shown?.generation === this.#generation) count++;
    }
    return count;
  }

  /** Bytes of pages that are kept here. */
  get bytes(): number {
    return keptBytes(this.#byName.values());
  }

  /** Something is to be uploaded, now or when a fade makes room for it. */
  get waiting(): boolean {
    return this.#uploading.size > 0 || this.#postponed || (this.#lacking && this.fading > 0);
  }

  /** How many layers fade over from a former picture. */
  get fading(): number {
    return this.#showing.fading;
  }

  /** Layers on walls, each with the place of its station along the corridor. */
  display(places: ReadonlyMap<string, number>): void {
    for (const name of places.keys()) this.get(name);
    for (const layer of this.#byName.values()) {
      layer.place = places.get(layer.name) ?? null;
      if (layer.place === null) this.#takeDown(layer);
      else this.#advance(layer, 0);
    }
  }

  /**
   * How much of each layer is wanted from now on, in order of rank. Of the others only coarse
   * levels are kept, and only here; of those on walls, which there is no room for, nothing.
   */
  want(wants: ReadonlyMap<string, Want>): void {
    for (const layer of this.#byName.values()) layer.want = wants.get(layer.name) ?? UNWANTED;
    for (const name of wants.keys()) this.#advance(this.get(name), 0);
    for (const layer of this.#byName.values()) {
      const { want, place, activation } = layer;
      if (want !== UNWANTED || !activation) continue;
      if (place === null) dropLevels(layer, firstLightLevel(activation));
      else {
        this.#takeDown(layer);
        layer.activation = null;
      }
    }
  }

  /**
   * Levels that are wanted, and came in this run, but were given back: nobody will send them again.
   * None of a run of which nothing came yet.
   */
  missing(run: number): { layer: string; level: number }[] {
    if (run !== this.#run) return [];
    const layers = [...this.#byName.values()].filter(
      ({ generation, want }) => generation === this.#generation && want !== UNWANTED,
    );
    return layers.flatMap((layer) =>
      givenBack(layer).map((level) => ({ layer: layer.name, level })),
    );
  }

  /** So many bytes of slices will be taken: they need not grow piece by piece. */
  expect(bytes: number): void {
    this.atlas.expect(bytes);
  }

  /** Another network: nothing of the former one stays. */
  clear(): void {
    this.#byName.clear();
    this.#uploading.clear();
    this.#showing.clear();
    this.#postponed = false;
    this.#run = -1;
    this.atlas.places.clear();
    this.tables.clear();
  }

  /** Runs are numbered anew: what comes is not of those that are here, whatever its number. */
  forgetRun(): void {
    this.#run = -1;
  }

  /** What is of an earlier run than this is taken down and forgotten; names of those layers. */
  emptyBefore(run: number): string[] {
    const current = run === this.#run ? this.#generation : -1;
    const former = [...this.#byName.values()].filter(({ generation }) => generation !== current);
    for (const layer of former) {
      this.#takeDown(layer);
      Object.assign(layer, { activation: null, received: 0 });
    }
    this.#showing.forgetTakenDown();
    this.#fillIn();
    return former.map(({ name }) => name);
  }

  receive(message: Pages, ranges: Float32Array, pixels: Uint8Array[], now: number): void {
    if (message.run !== this.#run || message.revision !== this.#revision) {
      this.#run = message.run;
      this.#revision = message.revision;
      this.#generation++;
      this.#runBegan = now;
    }
    if (message.levels.length === 0 || message.tiles === 0) return;
    this.#endFades(now); // what has faded out makes room for what comes
    const layer = this.get(message.layer);
    const known = layer.generation === this.#generation;
    if (!known) Object.assign(layer, { generation: this.#generation, received: 0 });
    const former = known ? (layer.activation ?? undefined) : undefined;
    layer.activation = new Activation(message, ranges, pixels, former);
    for (const { level } of message.levels) layer.received |= 1 << level;
    const stagger = STAGGER_S * Math.min(layer.place ?? 0, MOST_STAGGERED);
    this.#advance(layer, known ? 0 : this.#runBegan + stagger);
    this.#trim(layer);
  }

  /**
   * Uploads up to about `budget` bytes in about `seconds`: dark walls first, else a page slower than
   * the runs would take up the nearest ones again and again; then layers of the lowest rank.
   */
  pump(now: number, budget: number, seconds: number): Pumped {
    this.#moves.begin();
    this.#endFades(now);
    if (this.#postponed) this.#fillIn();
    const pumped: Pumped = { begun: [], refined: [] };
    if (this.#uploading.size === 0) return pumped;
    this.atlas.grow();
    const end = performance.now() + 1000 * seconds;
    const due = [...this.#uploading].filter(({ upload }) => upload!.notBefore <= now);
    const dark = ({ shown }: Layer): number => Number(shown === null);
    for (const layer of due.sort((a, b) => dark(b) - dark(a) || a.want.rank - b.want.rank)) {
      const upload = layer.upload;
      if (!upload) continue;
      while (upload.parts.length > 0 && budget > 0 && performance.now() < end) {
        budget -= this.#uploadPart(layer.activation!, upload);
      }
      if (upload.parts.length > 0) break;
      this.#finish(layer, upload, now, pumped);
    }
    return pumped;
  }

  /** Walls show a layer's tiles in this order (tiles by cell; null: by index) as soon as they can. */
  reorder(name: string, order: Int32Array | null): void {
    const layer = this.#byName.get(name);
    if (!layer || layer.order === order) return;
    layer.order = order;
    this.#advance(layer, 0);
  }

  /** Whether they do: all of them, while none are there. */
  isOrdered(name: string, order: Int32Array | null): boolean {
    const shown = this.#byName.get(name)?.shown;
    return !shown || shown.order === order;
  }

  /** The tile that a cell of a layer's walls shows. */
  tileAt(name: string, cell: number): number {
    return this.#byName.get(name)?.shown?.order?.[cell] ?? cell;
  }

  /** The cell of a layer's walls that shows a tile. */
  cellOf(name: string, tile: number): number {
    return this.#byName.get(name)?.shown?.order?.indexOf(tile) ?? tile;
  }

  /** Mean colours of all tiles anew. */
  recolour(colours: Colours): Layer[] {
    return this.#showing.recolour(this.#byName.values(), colours);
  }

  /** After a lost context: everything travels again. */
  restore(): void {
    const { depth } = this.atlas.slices;
    this.atlas.places.clear();
    this.atlas.slices.forget();
    this.atlas.slices.reserve(depth);
    this.tables.clear();
    this.tables.restore();
    this.#uploading.clear();
    this.#showing.clear();
    for (const layer of this.#byName.values()) {
      layer.shown = layer.former = layer.upload = null;
      this.#advance(layer, 0);
    }
  }

  /** Mean colour (0 .. 1) of tiles first .. first + count - 1 of what is shown, or null. */
  meanColour(name: string, first: number, count: number): [number, number, number] | null {
    const shown = this.#byName.get(name)?.shown;
    return shown && count > 0 ? this.tables.meanColour(shown, first, count) : null;
  }

  // ------------------------------------------------------------ on the way to the GPU

  /** Begins to upload what is here and wanted, and not on the GPU. */
  #advance(layer: Layer, notBefore: number): void {
    const { activation, shown, generation } = layer;
    if (layer.place === null || layer.want === UNWANTED || !activation) return;
    const order = layer.order?.length === activation.tiles ? layer.order : null;
    const under = layer.upload?.begun ? layer.upload.target : null;
    if (under?.generation === generation && under.order === order) return;
    if (layer.upload) notBefore = dueAt(layer.upload, layer, notBefore);
    this.#cancel(layer);
    const grows = shown?.generation === generation && shown.order === order
      && shown.coarsest >= coarsestOf(activation);
    const finest = Math.max(layer.want.finest, activation.finest.packing.level);
    if (grows && shown.finest <= finest) return;
    const target = grows ? shown : this.tables.emptyShown(generation, activation, order);
    const added = this.#takePlaces(layer, activation, grows ? shown.finest : null);
    if (added.length === 0) {
      if (!grows) this.tables.giveBack(target);
      return;
    }
    const parts = partsOf(activation, added);
    layer.upload = { target, added, parts, begun: false, notBefore, repacked: new Map() };
    this.#uploading.add(layer);
  }

  /** Places for levels finer than `above` (null: for all) that are here, without a gap. */
  #takePlaces(layer: Layer, activation: Activation, above: number | null): (Placed | undefined)[] {
    const added: (Placed | undefined)[] = [];
    let last = above;
    for (const { packing } of [...activation.levels].reverse()) {
      const { level, width, columns } = packing;
      if (level >= MOST_LEVELS || (last !== null && level >= last)) continue;
      const gap = last !== null && level !== last - 1;
      const worth = last === null || level >= layer.want.finest;
      if (gap || !worth || width > PAGE_EDGE || packing.tile_height > PAGE_EDGE) break;
      const place = this.#place(layer, width, heightInSlices(activation.tiles, packing), added);
      if (!place) break;
      added[level] = { place, columns };
      last = level;
    }
    return added;
  }

  /**
   * A place in the atlas. Where there is none, what nobody would miss gives its own back; then
   * images between which there is enough room in all are moved together; then farther layers give
   * theirs back, and at last this one. `added` has its places, but is no layer's yet.
   */
  #place(
    layer: Layer, width: number, height: number, added: readonly (Placed | undefined)[],
  ): Placed["place"] | null {
    const { places } = this.atlas;
    for (;;) {
      const place = places.take(width, height);
      if (place) return place;
      const victim = victimOf(this.#byName.values(), layer, "gpu");
      if (!victim || victim.missed) {
        const room = this.#moves.makeRoom(width, height, [...this.#byName.values()], added);
        if (room === "made") return places.take(width, height);
        if (room === "later") {
          this.#lacking = this.#postponed = true;
          return null;
        }
      }
      if (victim) this.#shrink(victim, layer);
      else if (layer.shown && layer.shown.generation !== layer.generation) this.#takeDown(layer);
      else {
        this.#lacking = true;
        return null;
      }
    }
  }

  /** Makes room for `layer`. */
  #shrink(victim: Victim, layer: Layer): void {
    const { shown, want } = victim.layer;
    // Once there is room again, a farther layer of this run takes its detail back.
    this.#lacking ||= shown!.generation >= layer.generation && victim.finest > want.finest;
    if (victim.layer.upload?.target === shown) this.#cancel(victim.layer);
    this.#showing.shrink(victim.layer, victim.finest);
  }

  #uploadPart(activation: Activation, upload: Upload): number {
    const { level, page } = upload.parts.shift()!;
    upload.begun = true;
    const { packing, pixels } = levelOf(activation, level);
    const { order } = upload.target;
    if (order && !upload.repacked.has(level)) {
      upload.repacked.set(level, repacked(packing, pixels, order));
    }
    const image = upload.repacked.get(level) ?? pixels;
    this.atlas.upload(upload.added[level]!.place, packing, page, image);
    return Math.min(pixels.length, packing.width * PAGE_EDGE);
  }

  #finish(layer: Layer, { target, added }: Upload, now: number, pumped: Pumped): void {
    layer.upload = null;
    this.#uploading.delete(layer);
    added.forEach((placed, level) => (target.levels[level] = placed ?? target.levels[level]));
    const levels = [...target.levels.keys()].filter((level) => target.levels[level]);
    const former = target.finest;
    [target.finest, target.coarsest] = [Math.min(...levels), Math.max(...levels)];
    if (target === layer.shown) {
      this.#showing.focus(layer, target, former, now);
      pumped.refined.push(layer);
    } else {
      this.#showing.begin(layer, target, now);
      pumped.begun.push(layer);
    }
    this.#advance(layer, 0);
  }

  // ------------------------------------------------------------ giving back

  /** Keeps the pages that are here within the budget, now that some of `layer` came. */
  #trim(layer: Layer): void {
    let { bytes } = this;
    while (bytes > this.#budget) {
      const victim = victimOf(this.#byName.values(), layer, "here");
      if (!victim) return;
      this.#cancel(victim.layer);
      bytes -= dropLevels(victim.layer, victim.finest);
      this.#advance(victim.layer, 0);
    }
  }

  #cancel(layer: Layer): void {
    const { upload } = layer;
    if (!upload) return;
    for (const placed of upload.added) if (placed) this.atlas.places.giveBack(placed.place);
    if (upload.target !== layer.shown) this.tables.giveBack(upload.target);
    layer.upload = null;
    this.#uploading.delete(layer);
  }

  /** Nothing of a layer is on the GPU any more. */
  #takeDown(layer: Layer): void {
    this.#cancel(layer);
    this.#showing.takeDown(layer);
  }

  #endFades(now: number): void {
    if (this.#showing.endFades(now)) this.#fillIn();
  }

  /** Places were given back: those that there was no room for take them, in order of sight. */
  #fillIn(): void {
    if (!this.#lacking) return;
    this.#lacking = this.#postponed = false;
    const ranked = [...this.#byName.values()].sort((a, b) => a.want.rank - b.want.rank);
    for (const layer of ranked) this.#advance(layer, 0);
  }
}

/**
 * When what replaces a waiting upload begins. More of the same picture waits as long as that did.
 * Another run's takes the turn of the one it replaces: with runs faster than the last station's
 * turn that would never come.
 */
function dueAt({ target, notBefore }: Upload, { shown, generation }: Layer, next: number): number {
  if (target.generation === generation) return Math.max(next, notBefore);
  return target === shown ? next : Math.min(next, notBefore);
}
