/** What is free in the texture may lie in pieces: what stands between them is moved together. */

import { describe, expect, it } from "vitest";

import { LEVELS, planFor, type Seen } from "../src/app/sight";
import { imageHeight, PAGE_EDGE, packLevels, type TileShape } from "../src/scene/page";
import { FRAME_S, pagesOf, Walls } from "./layers";

/** The stages of a residual network, as many layers each. */
const STAGES: [count: number, shape: TileShape][] = [
  [4, { tiles: 64, height: 112, width: 112 }], [9, { tiles: 256, height: 56, width: 56 }],
  [12, { tiles: 512, height: 28, width: 28 }], [18, { tiles: 1024, height: 14, width: 14 }],
  [9, { tiles: 2048, height: 7, width: 7 }],
];
const NETWORK = STAGES.flatMap(([count, shape]) => Array<TileShape>(count).fill(shape));

/** Pixels that tell runs, layers, levels and places in them apart. */
function fill(pixels: Uint8Array, run: number, layer: number, level: number): void {
  const start = run * 57 + layer * 31 + level * 101 + 1;
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7 + start) % 251;
}

/** Texels of a layer's record, in shaders/web~/tables.glsl. */
const RECORD = { texels: 32, level0: 8, oldLevel0: 20 };

/** A visitor before walls of these shapes, to whom the bridge sends what they want. */
class Corridor extends Walls {
  readonly budget: number;

  constructor(budget: number, readonly shapes: readonly TileShape[]) {
    super(budget, shapes[0]!, shapes.length);
    this.budget = budget;
  }

  /** Stands before a wall: detail halves with the distance, as on a screen. */
  standBefore(wall: number, run = 1, each: () => void = () => undefined): void {
    const away = (i: number): number => Math.abs(i - wall);
    const seen = this.names.map((layer, i): Seen => ({
      layer, shape: this.shapes[i]!, inView: true, area: 1 / (1 + away(i)),
      level: Math.log2(1 + away(i) / 3),
    }));
    seen.sort((a, b) => b.area - a.area);
    const most = 0.9 * this.budget;
    const bounds = { bytes: most, slices: most, edge: PAGE_EDGE, whole: new Set<string>() };
    const { wants } = planFor(seen, bounds, new Map());
    this.layers.want(wants);
    for (const coarse of [true, false]) { // first light of all, then the detail
      for (const [name, want] of wants) {
        const known = this.layers.activation(name);
        const here = known?.run === run ? known.levels.map(({ packing }) => packing.level) : [];
        const levels = LEVELS.filter(
          (level) => level >= (coarse ? want.coarse : want.finest) && !here.includes(level),
        );
        if (levels.length > 0) this.receive(name, run, levels);
      }
      this.drawn(0.05, each);
    }
    this.drawn(0.6, each);
  }

  drawn(seconds: number, each: () => void = () => undefined): void {
    for (let t = 0; t < seconds; t += FRAME_S) {
      this.draw(FRAME_S / 2);
      each();
    }
  }

  override receive(name: string, run: number, levels: readonly number[]): void {
    const wall = this.names.indexOf(name);
    const [message, ranges, pixels] = pagesOf(name, run, this.shapes[wall]!, levels);
    message.levels.forEach(({ level }, i) => fill(pixels[i]!, run, wall, level));
    this.layers.receive(message, ranges, pixels, this.now);
  }

  /** Walls coarser than is wanted, by rank. */
  get lacking(): number[] {
    const layers = this.names.map((name) => this.layers.get(name));
    return layers
      .filter(({ shown, want }) => (shown?.finest ?? Infinity) > want.finest)
      .map(({ want }) => want.rank)
      .sort((a, b) => a - b);
  }

  /** All that walls show, and what they fade from, stands where the shaders look for it. */
  checkPixels(): void {
    this.layers.tables.flush();
    for (const [wall, name] of this.names.entries()) {
      const { shown, former, row } = this.layers.get(name);
      for (const [one, first] of [[shown, RECORD.level0], [former, RECORD.oldLevel0]] as const) {
        for (const [level, placed] of one?.levels.entries() ?? []) {
          const texel = 4 * (row * RECORD.texels + first + level);
          const [x, y, slice] = this.layers.tables.rows.data.subarray(texel, texel + 4);
          if (placed) this.checkImage(wall, level, one!.generation, [x!, y!, slice!]);
        }
      }
    }
  }

  private checkImage(
    wall: number, level: number, run: number, [x, y, first]: [number, number, number],
  ): void {
    const { sourceTexture } = this.layers.atlas.slices.texture;
    const { tiles } = this.shapes[wall]!;
    const packing = packLevels(this.shapes[wall]!).find((one) => one.level === level)!;
    const { width } = packing;
    const rows = imageHeight(tiles, packing);
    const pixels = new Uint8Array(rows * width);
    fill(pixels, run, wall, level);
    const pageRows = packing.rows_per_page * packing.tile_height;
    for (const at of [0, pageRows - 1, pageRows, rows - 1].filter((one) => one < rows)) {
      const [page, down] = [Math.floor(at / pageRows), at % pageRows];
      const slice = this.textures.slice(sourceTexture!, first + page);
      const start = (y + down) * PAGE_EDGE + x;
      const same = Buffer.compare(
        slice.subarray(start, start + width), pixels.subarray(at * width, (at + 1) * width),
      );
      expect(same, `wall ${wall}, level ${level}, row ${at}`).toBe(0);
    }
  }

  get dark(): number {
    return this.names.filter((name) => {
      const { place, shown } = this.layers.get(name);
      return place !== null && shown === null;
    }).length;
  }
}

describe("a wall that is larger than any piece of what is free", () => {
  const SMALL: TileShape = { tiles: 64, height: 64, width: 64 }; // a quarter of a slice
  const LARGE: TileShape = { tiles: 48, height: 224, width: 224 }; // three slices

  it("is shown in full, once what stands between the pieces was moved, which nobody sees", () => {
    const corridor = new Corridor(9 << 20, [LARGE, ...Array<TileShape>(24).fill(SMALL)]);
    const { layers, names } = corridor;
    const show = (shown: readonly string[]): void => {
      layers.display(new Map(shown.map((name, place) => [name, place])));
      layers.want(new Map(shown.map((name, rank) => [name, { rank, finest: 0, coarse: 0 }])));
    };
    const [large, ...small] = names as [string, ...string[]];
    show(small);
    for (const name of small) corridor.receive(name, 1, LEVELS);
    corridor.drawn(0.6);
    const kept = small.filter((_, i) => i % 2 === 1);
    show([large, ...kept]); // more than three slices are free, but of each only some
    corridor.receive(large, 1, LEVELS);
    corridor.drawn(0.3, () => {
      corridor.checkPixels();
      expect(kept.map((name) => layers.get(name).shown?.finest)).toEqual(kept.map(() => 0));
    });
    expect(layers.get(large).shown?.finest).toBe(0);
    expect(corridor.textures.movedBytes).toBeGreaterThan(0);
    expect(layers.atlas.slices.bytes).toBeLessThanOrEqual(corridor.budget);
    expect(layers.waiting).toBe(false);
  });
});

describe("a walk through a network that is larger than the budget", () => {
  const STOPS = [0, 51, 5, 30, 12, 44, 2, 20, 38, 8, 51, 0, 16, 3];

  it.each([8, 10, 12, 24])("has all the detail that is planned: %i MB", (megabytes) => {
    const corridor = new Corridor(megabytes << 20, NETWORK);
    const lacking = STOPS.map((stop) => {
      corridor.standBefore(stop);
      return corridor.lacking;
    });
    expect(lacking).toEqual(STOPS.map(() => []));
    corridor.checkPixels();
    expect(corridor.layers.atlas.slices.bytes).toBeLessThanOrEqual(corridor.budget);
  });

  it("shows whole walls in every frame, other images too, and moves little in each", () => {
    const corridor = new Corridor(10 << 20, NETWORK);
    let [lit, before] = [false, 0];
    STOPS.slice(0, 9).forEach((stop, i) => {
      corridor.standBefore(stop, 1 + Math.floor(i / 3), () => {
        const { movedBytes } = corridor.textures;
        if (movedBytes > before) corridor.checkPixels();
        expect(movedBytes - before).toBeLessThanOrEqual(16 << 20);
        before = movedBytes;
        if (lit) expect(corridor.dark).toBe(0);
        lit ||= corridor.dark === 0;
      });
    });
    expect(before).toBeGreaterThan(0);
    expect(corridor.layers.waiting).toBe(false);
  });
});
