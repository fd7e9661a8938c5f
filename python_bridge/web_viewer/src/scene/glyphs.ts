/** Runs of text, drawn once each into slices of coverage; colour comes when they are placed. */
import { Slices, type Uploader } from "./textures";

const FAMILY = "'Hanken Grotesk', sans-serif";
const WEIGHTS = [400, 500, 600];
/** Cap height of Hanken Grotesk in ems. */
const CAP = 0.697;
const PADDING = 8;
const LINE = 1.36;
const BASELINE = 1.0;

/** One run in the atlas. Lengths in pixels of its drawing. */
interface Glyphs {
  page: number;
  /** left, top, right, bottom in its page, 0 .. 1. */
  region: [number, number, number, number];
  width: number;
  height: number;
  /** How far the pen moves on. */
  advance: number;
  /** From the left and the top of the drawing to the pen's start, at the middle of capitals. */
  origin: [number, number];
  /** Height of capitals. */
  cap: number;
}

/** Resolves once the three weights can be drawn, or cannot be had: letters are drawn once. */
export async function fontsLoaded(): Promise<void> {
  await Promise.allSettled(WEIGHTS.map((weight) => document.fonts.load(`${weight} 32px ${FAMILY}`)));
}

export class GlyphAtlas {
  readonly slices: Slices;
  #canvas = document.createElement("canvas");
  #context: CanvasRenderingContext2D;
  #runs = new Map<string, Glyphs>();
  #page = 0;
  #x = 0;
  #y = 0;
  #row = 0;
  #dirty = false;

  constructor(uploader: Uploader, width: number, height: number) {
    this.slices = new Slices(uploader, width, height, "code", { mipmaps: true });
    this.slices.reserve(1);
    this.#canvas.width = width;
    this.#canvas.height = height;
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("the browser gives no 2D canvas to draw text with");
    this.#context = context;
    this.clear();
  }

  /** Forgets all runs, for another room, or when the textures are gone. */
  clear(): void {
    this.#runs.clear();
    this.#page = 0;
    this.#startPage();
  }

  get(text: string, weight: number, em: number): Glyphs {
    const key = `${weight} ${em} ${text}`;
    let run = this.#runs.get(key);
    if (!run) {
      run = this.#draw(text, weight, em);
      this.#runs.set(key, run);
    }
    return run;
  }

  /** Sends what was drawn. */
  flush(): void {
    if (!this.#dirty) return;
    this.#dirty = false;
    const { width, height } = this.#canvas;
    this.slices.put(this.#page, 0, 0, width, height, this.#canvas);
    this.slices.finish();
  }

  #startPage(): void {
    const { width, height } = this.#canvas;
    this.#context.fillStyle = "#000";
    this.#context.fillRect(0, 0, width, height);
    this.#x = this.#y = this.#row = 0;
  }

  #draw(text: string, weight: number, em: number): Glyphs {
    const context = this.#context;
    const { width: pageWidth, height: pageHeight } = this.#canvas;
    context.font = `${weight} ${em}px ${FAMILY}`;
    const advance = context.measureText(text).width;
    const width = Math.min(pageWidth, Math.ceil(advance) + 2 * PADDING);
    const height = Math.ceil(em * LINE);
    if (this.#x + width > pageWidth) {
      this.#x = 0;
      this.#y += this.#row;
      this.#row = 0;
    }
    if (this.#y + height > pageHeight) {
      this.flush();
      this.#page++;
      this.slices.reserve(this.#page + 1);
      this.#startPage();
    }
    context.textBaseline = "alphabetic";
    context.fillStyle = "#fff";
    const squeeze = Math.min(1, (width - 2 * PADDING) / Math.max(1, advance));
    context.setTransform(squeeze, 0, 0, 1, this.#x + PADDING, this.#y + em * BASELINE);
    context.fillText(text, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
    const run: Glyphs = {
      page: this.#page,
      region: [
        this.#x / pageWidth, this.#y / pageHeight,
        (this.#x + width) / pageWidth, (this.#y + height) / pageHeight,
      ],
      width,
      height,
      advance: advance * squeeze,
      origin: [PADDING, em * (BASELINE - CAP / 2)],
      cap: em * CAP,
    };
    this.#x += width;
    this.#row = Math.max(this.#row, height);
    this.#dirty = true;
    return run;
  }
}
