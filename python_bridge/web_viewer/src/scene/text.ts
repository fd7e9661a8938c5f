/** All text in the room: one draw of runs from the glyph atlas. */
import * as THREE from "three";
import type { Span } from "../generated/protocol";
import { GlyphAtlas } from "./glyphs";
import { placed, quadGeometry, quadIndices, repeated } from "./mesh";
import { rgb } from "./palette";
import { type Frame, pointOf, scaled } from "./placement";
import { makeMaterial, type Uniforms } from "./shaders";
import type { Uploader } from "./textures";

/** When a line is seen. Labels face the eye at a constant size on the screen, cap_m away at 1 m. */
type Seen = "always" | "inside" | "overview" | "label";
const SEEN: Record<Seen, number> = { always: 0, inside: 1, overview: 2, label: 3 };

export interface Line {
  spans: readonly Span[];
  /** The origin is where `align` says, at the middle of the capitals' height. */
  frame: Frame;
  cap_m: number;
  align: "left" | "centre" | "right";
  fog: number;
  /** Metres at which it has faded out; 0: never. */
  farthest: number;
  seen: Seen;
  /** Metres to the right of where `align` puts it. */
  shift_m?: number;
}

const PARTS = [
  ["origin", 3], ["alongX", 3], ["alongY", 3], ["region", 4], ["paint", 3], ["manner", 4],
] as const;

/** Pixels to the em: large letters are seen large. */
function emOf(cap_m: number): number {
  if (cap_m >= 0.15) return 72;
  return cap_m >= 0.095 ? 56 : 44;
}

interface Manner {
  width?: number;
  height?: number;
  order?: number;
  over?: boolean;
  atlas?: GlyphAtlas;
}

export class Lettering {
  readonly mesh: THREE.Mesh;
  readonly atlas: GlyphAtlas;
  #geometry = new THREE.BufferGeometry();

  /** `over`: drawn over everything that stands in the room; `atlas`: of another one, to share. */
  constructor(
    uploader: Uploader, shared: Uniforms,
    { width = 2048, height = 1024, order = 30, over = false, atlas }: Manner = {},
  ) {
    this.atlas = atlas ?? new GlyphAtlas(uploader, width, height);
    const own = { uGlyphs: { value: this.atlas.slices.texture } };
    const material = makeMaterial("text", shared, { own, blending: "over", sides: "both" });
    material.depthTest = !over;
    this.mesh = placed(this.#geometry, material, order);
    this.mesh.visible = false;
  }

  set(lines: readonly Line[]): void {
    const values: number[][] = PARTS.map(() => []);
    let count = 0;
    for (const line of lines) count += this.#addLine(line, values);
    this.#geometry.dispose();
    PARTS.forEach(([name, size], i) => {
      const array = repeated(values[i]!, size, 4);
      this.#geometry.setAttribute(name, new THREE.BufferAttribute(array, size));
    });
    const corners = quadGeometry().getAttribute("position").array;
    const everywhere = Float32Array.from({ length: 8 * count }, (_, i) => corners[i % 8]!);
    this.#geometry.setAttribute("position", new THREE.BufferAttribute(everywhere, 2));
    this.#geometry.setIndex(new THREE.BufferAttribute(quadIndices(count), 1));
    this.mesh.visible = count > 0;
    this.atlas.flush();
  }

  /** Width in metres of a line of this cap height. */
  width(spans: readonly Span[], cap_m: number): number {
    const em = emOf(cap_m);
    return spans.reduce((sum, span) => {
      const run = this.atlas.get(span.text, span.weight, em);
      return sum + (run.advance * cap_m) / run.cap;
    }, 0);
  }

  #addLine(line: Line, values: number[][]): number {
    const total = this.width(line.spans, line.cap_m);
    let pen = { left: 0, centre: -total / 2, right: -total }[line.align];
    pen += line.shift_m ?? 0;
    let count = 0;
    for (const span of line.spans) {
      const run = this.atlas.get(span.text, span.weight, emOf(line.cap_m));
      const metres = line.cap_m / run.cap;
      if (span.text.trim() !== "") {
        const [left, top] = [pen - run.origin[0] * metres, run.origin[1] * metres];
        this.#addRun(line, run.width * metres, run.height * metres, left, top, values);
        values[3]!.push(...run.region);
        values[4]!.push(...rgb(span.colour));
        values[5]!.push(run.page, line.fog, line.farthest, SEEN[line.seen]);
        count++;
      }
      pen += run.advance * metres;
    }
    return count;
  }

  #addRun(
    line: Line, width: number, height: number, left: number, top: number, values: number[][],
  ): void {
    const [origin, alongX, alongY] = values;
    if (line.seen === "label") {
      origin!.push(...line.frame.origin);
      alongX!.push(width, left, 0);
      alongY!.push(height, top, 0);
      return;
    }
    origin!.push(...pointOf(line.frame, left, top));
    alongX!.push(...scaled(line.frame.x, width));
    alongY!.push(...scaled(line.frame.y, -height));
  }
}
