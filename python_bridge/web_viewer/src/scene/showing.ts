/**
 * What layers have on show: each the picture of one run, and while it fades in the former one.
 *
 * A picture fades in within 300 ms; detail of what is on show comes into focus.
 */
import type { Activation } from "./activation";
import type { Allocator } from "./allocator";
import { type Layer, LONG_AGO, sameShape } from "./layer";
import type { LayerTables, Shown } from "./layertables";
import { PALETTE } from "./palette";
import type { Colours } from "./types";

export const FADE_S = 0.3;

export class Showing {
  #colours: Colours = { normalization: "layer", symmetric: true, palette: PALETTE };
  #places: Allocator;
  #tables: LayerTables;
  /** Once each: runs may come faster than one fades in. */
  #fading = new Set<Layer>();

  constructor(places: Allocator, tables: LayerTables) {
    this.#places = places;
    this.#tables = tables;
  }

  /** How many layers fade over from a former picture. */
  get fading(): number {
    return this.#fading.size;
  }

  /** A new run's picture: what was on show fades over to it. */
  begin(layer: Layer, next: Shown, now: number): void {
    if (layer.former) this.#release(layer.former);
    layer.former = layer.shown;
    if (layer.former && !sameShape(layer.former, next)) {
      this.#release(layer.former);
      layer.former = null;
    }
    Object.assign(layer, { shown: next, since: now });
    this.#colour(next, layer.activation!);
    layer.before = { ...next.scale, finest: next.finest, since: LONG_AGO };
    this.#tables.write(layer.row, next, layer.former, now, layer.before);
    if (layer.former) this.#fading.add(layer);
  }

  /** More detail of what is on show: it comes into focus, and so do its colours. */
  focus(layer: Layer, shown: Shown, finest: number, now: number): void {
    const { low, high } = shown.scale;
    const activation = layer.activation!;
    const scale = activation.drawnScale(this.#colours);
    layer.before = { low, high, finest, since: now };
    Object.assign(shown, { scale, hasSpecials: activation.hasSpecials });
    if (low !== scale.low || high !== scale.high) this.#colour(shown, activation);
    this.#tables.write(layer.row, shown, layer.former, layer.since, layer.before);
  }

  /** Ends the fades that are over; whether there were any, which gave places back. */
  endFades(now: number): boolean {
    const before = this.#fading.size;
    for (const layer of this.#fading) {
      if (now < layer.since + FADE_S) continue;
      if (layer.former) this.#release(layer.former);
      layer.former = null;
      this.#fading.delete(layer);
    }
    return this.#fading.size < before;
  }

  /** Gives levels finer than `finest` of what is on show back. */
  shrink(layer: Layer, finest: number): void {
    const { shown } = layer;
    if (layer.former) this.#release(layer.former);
    layer.former = null;
    if (!shown) return;
    shown.levels.forEach((placed, level) => {
      if (!placed || level >= finest || level === shown.coarsest) return;
      this.#places.giveBack(placed.place);
      shown.levels[level] = undefined;
    });
    shown.finest = Math.min(shown.coarsest, Math.max(shown.finest, finest));
    layer.before = { ...shown.scale, finest: shown.finest, since: LONG_AGO };
    this.#tables.write(layer.row, shown, null, LONG_AGO, layer.before);
  }

  /** Nothing of a layer is on show any more. */
  takeDown(layer: Layer): void {
    for (const one of [layer.shown, layer.former]) if (one) this.#release(one);
    if (layer.shown) this.#tables.darken(layer.row);
    layer.shown = layer.former = null;
  }

  /** Fades of layers that were taken down are over. */
  forgetTakenDown(): void {
    for (const layer of this.#fading) if (layer.former === null) this.#fading.delete(layer);
  }

  /** All places and entries are forgotten, and with them what stood there. */
  clear(): void {
    this.#fading.clear();
  }

  /** Mean colours of all tiles anew, by other colours; of those whose numbers are here. */
  recolour(layers: Iterable<Layer>, colours: Colours): Layer[] {
    this.#colours = colours;
    const coloured = [...layers].filter(({ shown, generation }) => shown?.generation === generation);
    for (const layer of coloured) {
      const shown = layer.shown!;
      const { scale } = shown;
      this.#colour(shown, layer.activation!);
      if (scale.signed === shown.scale.signed) continue;
      layer.before = { ...shown.scale, finest: shown.finest, since: LONG_AGO };
      this.#tables.write(layer.row, shown, layer.former, layer.since, layer.before);
    }
    return coloured;
  }

  #colour(shown: Shown, activation: Activation): void {
    shown.scale = activation.drawnScale(this.#colours);
    this.#tables.writeRanges(shown, activation.drawnRanges(this.#colours));
    this.#tables.writeColours(shown, activation, this.#colours);
  }

  #release(shown: Shown): void {
    for (const placed of shown.levels) if (placed) this.#places.giveBack(placed.place);
    this.#tables.giveBack(shown);
  }
}
