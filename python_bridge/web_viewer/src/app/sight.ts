/**
 * In which order the visitor sees the layers, and which levels of detail are worth their bytes:
 * nearest and largest on the screen first, what is in view before what is not.
 */

import type { Part } from "../generated/protocol";
import type { Field } from "../scene/fields";
import { slicesFrom } from "../scene/atlas";
import {
  bytesFrom, firstLightLevel, levelCount, rangeBytes, type TileShape,
} from "../scene/page";
import { dot, minus, type Vec3 } from "../scene/placement";
import type { Want } from "../scene/types";
import type { Pose } from "./visitor";

/** All levels there are: a tile of 4096 has 13. */
export const LEVELS = Array.from({ length: 13 }, (_, level) => level);

/** The shader blends two levels between 0.35 and 0.65 after the finer one. */
const BLENDED = 0.35;
/** Levels are asked for before they are seen, and kept a while after. */
const AHEAD = 0.5;
const BEHIND = 0.9;
/** Whoever looks along a wall sees its pixels narrow: not narrower than this counts. */
const LEAST_COSINE = 0.2;
const MOST_NAMES = 4096;

/** Where the visitor looks from, and at how many pixels. */
export interface Outlook {
  position: Vec3;
  right: Vec3;
  up: Vec3;
  forward: Vec3;
  /** Tangents of half the angles of view. */
  across: number;
  down: number;
  /** Radians a pixel of the screen covers in the middle. */
  pixel_rad: number;
}

/** A layer as it is seen. */
export interface Seen {
  layer: string;
  shape: TileShape;
  /** Some of it may be on the screen. */
  inView: boolean;
  /** Pixels of the screen that its largest field covers, or would, if it were in view. */
  area: number;
  /** Level of detail at which a screen pixel covers one of its pixels, where it is nearest. */
  level: number;
}

export function outlookOf(pose: Required<Pose>, width: number, height: number): Outlook {
  const { position, yaw, pitch, fov } = pose;
  const [sin, cos] = [Math.sin(yaw), Math.cos(yaw)];
  const [rise, level] = [Math.sin(pitch), Math.cos(pitch)];
  const down = Math.tan((fov * Math.PI) / 360);
  return {
    position,
    right: [cos, 0, -sin],
    up: [rise * sin, level, rise * cos],
    forward: [-level * sin, rise, -level * cos],
    across: (down * width) / height,
    down,
    pixel_rad: (2 * down) / height,
  };
}

/** Layers in order of sight. A layer that is seen several times counts as where it is seen best. */
export function inOrderOfSight(fields: readonly Field[], outlooks: readonly Outlook[]): Seen[] {
  const byLayer = new Map<string, Seen>();
  const all = fields.flatMap((field) => outlooks.map((outlook) => seenFrom(field, outlook)));
  for (const seen of all) {
    const other = byLayer.get(seen.layer);
    if (other) {
      seen.level = Math.min(seen.level, other.level);
      seen.inView ||= other.inView;
      seen.area = Math.max(seen.area, other.area);
    }
    byLayer.set(seen.layer, seen);
  }
  return [...byLayer.values()].sort(
    (a, b) => Number(b.inView) - Number(a.inView) || b.area - a.area,
  );
}

function seenFrom({ layer, shape, centre, x, y, normal, pixel_m }: Field, from: Outlook): Seen {
  const away = minus(centre, from.position);
  const radius = Math.hypot(...x, ...y);
  const depth = dot(away, from.forward);
  const outside = (side: number, tangent: number): number =>
    (Math.abs(side) - depth * tangent) / Math.hypot(1, tangent);
  const inFrustum =
    depth > -radius &&
    outside(dot(away, from.right), from.across) < radius &&
    outside(dot(away, from.up), from.down) < radius;
  const nearest: Vec3 = [...away];
  for (const half of [x, y]) {
    const share = Math.min(1, Math.max(-1, -dot(away, half) / dot(half, half)));
    for (let i = 0; i < 3; i++) nearest[i]! += half[i]! * share;
  }
  const distance = Math.max(0.05, Math.hypot(...nearest));
  const cosine = Math.max(LEAST_COSINE, Math.abs(dot(nearest, normal)) / distance);
  const pixel = from.pixel_rad * distance;
  const footprint = Math.max(pixel / cosine / pixel_m[0], pixel / pixel_m[1]);
  const size = (4 * Math.hypot(...x) * Math.hypot(...y) * cosine) / pixel ** 2;
  return {
    layer,
    shape,
    inView: inFrustum && dot(away, normal) < 0,
    area: size,
    level: levelOfDetail(footprint),
  };
}

/** level_of_detail of shaders/library/cells.hlsl: a screen pixel covers so many of a tile's. */
export function levelOfDetail(footprint: number): number {
  return Math.log2(Math.max(footprint, 1));
}

/** The finest level worth having at a level of detail; `before` was it until now. */
export function finestWorth(level: number, before?: number): number {
  const soon = Math.max(0, Math.floor(level + BLENDED - AHEAD));
  if (before === undefined || soon <= before) return soon;
  return Math.max(before, Math.floor(level + BLENDED - BEHIND));
}

/** What levels cost. */
interface Cost {
  /** As the bridge counts what it sends (session/plan.py). */
  bytes: number;
  /** Bytes of the slices that they take on the GPU. */
  slices: number;
}

/** What is wanted of each layer, in order of sight, and what all of that costs. */
export interface Plan extends Cost {
  wants: Map<string, Want>;
  /** Layers that there is no room for, however coarse, and how many bytes all layers take so. */
  dark: ReadonlySet<string>;
  leastBytes: number;
}

/** What a plan may cost at most, and what else bounds it. */
export interface Bounds extends Cost {
  /** Widest and highest tile that can be drawn, in pixels. */
  edge: number;
  /** Layers of which all levels are wanted, wherever they are. */
  whole: ReadonlySet<string>;
}

/** Coarse levels of all layers, then as much detail as is worth it, while there is room. */
export function planFor(
  all: readonly Seen[], bounds: Bounds, before: ReadonlyMap<string, Want>,
): Plan {
  const { seen, dark, leastBytes } = withRoomFor(all, bounds);
  const least = seen.map(({ shape }) => finestThatFits(shape, bounds.edge));
  const coarse = coarseLevels(seen, least, bounds.bytes);
  const light = seen.map(({ shape }, i) => costOf(shape, coarse[i]!, coarse[i]!));
  let bytes = light.reduce((sum, cost) => sum + cost.bytes, 0);
  let slices = light.reduce((sum, cost) => sum + cost.slices, 0);
  const wants = new Map<string, Want>();
  seen.forEach(({ layer, level, shape }, rank) => {
    const base = coarse[rank]!;
    const worth = bounds.whole.has(layer) ? 0 : finestWorth(level, before.get(layer)?.finest);
    let finest = Math.min(base, Math.max(worth, least[rank]!));
    const more = (): Cost => lessOf(costOf(shape, finest, base), light[rank]!);
    const fits = (cost: Cost): boolean =>
      bytes + cost.bytes <= bounds.bytes && slices + cost.slices <= bounds.slices;
    while (finest < base && !fits(more())) finest++;
    bytes += more().bytes;
    slices += more().slices;
    wants.set(layer, { rank, finest, coarse: base });
  });
  return { wants, bytes, slices, dark, leastBytes };
}

/** Those of the layers that there is room for, if all are as coarse as can be: the first in sight. */
function withRoomFor(all: readonly Seen[], { bytes }: Bounds): Light {
  const sizes = all.map(({ shape }) => from(shape, levelCount(shape) - 1).bytes);
  const leastBytes = sizes.reduce((sum, size) => sum + size, 0);
  if (leastBytes <= bytes) return { seen: all, dark: new Set(), leastBytes };
  let left = bytes;
  const lit = all.map((_, i) => sizes[i]! <= left && ((left -= sizes[i]!), true));
  const dark = new Set(all.filter((_, i) => !lit[i]).map(({ layer }) => layer));
  return { seen: all.filter((_, i) => lit[i]), dark, leastBytes };
}

interface Light extends Pick<Plan, "dark" | "leastBytes"> {
  seen: readonly Seen[];
}

/** First light, or as many levels coarser, of all layers, as it takes for the bytes to suffice. */
function coarseLevels(seen: readonly Seen[], least: readonly number[], bytes: number): number[] {
  const coarser = (by: number): number[] =>
    seen.map(({ shape }, i) =>
      Math.min(levelCount(shape) - 1, Math.max(firstLightLevel(shape), least[i]!) + by),
    );
  for (let by = 0; ; by++) {
    const levels = coarser(by);
    const costs = levels.map((level, i) => costOf(seen[i]!.shape, level, level));
    const sum = costs.reduce((total, cost) => total + cost.bytes, 0);
    if (sum <= bytes || by > LEVELS.length) return levels;
  }
}

function finestThatFits({ height, width }: TileShape, edge: number): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(height, width) / edge)));
}

/**
 * Of a layer's levels from `finest` on. Its coarse levels come in one message and, where finer ones
 * are wanted, those in another, each with the ranges of all tiles.
 */
function costOf(shape: TileShape, finest: number, coarse: number): Cost {
  const { bytes, slices } = from(shape, finest);
  return { bytes: bytes + (finest < coarse ? rangeBytes(shape) : 0), slices };
}

function lessOf(cost: Cost, known: Cost): Cost {
  return { bytes: cost.bytes - known.bytes, slices: cost.slices - known.slices };
}

const costs = new Map<string, Cost[]>();

/** A level and all coarser ones; there are few shapes, and they come again and again. */
function from(shape: TileShape, finest: number): Cost {
  const key = `${shape.tiles}x${shape.height}x${shape.width}`;
  let known = costs.get(key);
  if (!known) {
    known = Array.from({ length: levelCount(shape) }, (_, level) => ({
      bytes: bytesFrom(shape, level), slices: slicesFrom(shape, level),
    }));
    costs.set(key, known);
  }
  return known[Math.min(finest, known.length - 1)]!;
}

/** The same as a request: coarse levels of all, then detail in batches that double in size. */
export function partsOf(wants: ReadonlyMap<string, Want>): [first: Part, ...then: Part[]] {
  const names = inBatches([...wants.keys()]).flat();
  const parts: Part[] = [];
  for (let at = 0; at < names.length || at === 0; at += MOST_NAMES) {
    const layers = names.slice(at, at + MOST_NAMES);
    parts.push({ layers, levels: LEVELS, first_light: true });
  }
  const detailed = [...wants.keys()].filter((layer) => {
    const want = wants.get(layer)!;
    return want.finest < want.coarse;
  });
  for (const batch of inBatches(detailed)) parts.push(...detailOf(batch, wants));
  return parts as [Part, ...Part[]];
}

/** One part for each finest level among these layers. */
function detailOf(layers: readonly string[], wants: ReadonlyMap<string, Want>): Part[] {
  const finest = (layer: string): number => wants.get(layer)!.finest;
  const found = [...new Set(layers.map(finest))].sort((a, b) => a - b);
  return found.map((level) => ({
    layers: layers.filter((layer) => finest(layer) === level),
    levels: LEVELS.slice(level),
    first_light: false,
  }));
}

/**
 * One, one, two, four, ... names; within a batch by name, so that a small step changes no request.
 */
function inBatches(names: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let at = 0; at < names.length; ) {
    const most = Math.min(MOST_NAMES, Math.max(1, at));
    batches.push(names.slice(at, at + most).sort());
    at += most;
  }
  return batches;
}
