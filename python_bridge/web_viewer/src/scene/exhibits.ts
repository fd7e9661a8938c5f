/** Photograph, shelf and board: pictures on walls of their own. */
import type { Picture3D, Score } from "../generated/protocol";
import { BOARD_HEIGHT, BOARD_WIDTH, drawBoard } from "./board";
import { box, type Solid } from "./boxes";
import { COLOUR } from "./palette";
import type { Place } from "./picking";
import { pointOf, upright } from "./placement";
import { type Hung, meanOf, Pictures, type Pixels } from "./pictures";
import type { Uniforms } from "./shaders";
import type { Line } from "./text";
import type { Uploader } from "./textures";
import type { ShelfPicture } from "./types";
import { PHOTOGRAPH_EDGE, type Wall, type Walls } from "./walls";
import { broken, NOTHING_YET } from "./words";

const PAGE_EDGE = 512;
export const PHOTOGRAPH_Y_M = 1.52;
const SHELF_EDGE_M = 0.56;
const SHELF_COLUMN_M = 0.68;
const SHELF_ROW_M = 0.84;
const MOST_ON_SHELF = 12;
/** Below the photograph, where there are several frames. */
const FRAME_EDGE_M = 0.4;
const FRAME_COLUMN_M = 0.48;
const FRAME_Y_M = 0.33;
const FIRST_FRAME_PAGE = MOST_ON_SHELF + 1;
const CAPTION_LINES = 2;
const CAPTION_CAP_M = 0.024;
const CAPTION_DOWN_M = 0.055;
const CAPTION_LINE_M = 0.043;
const WARNING_LETTERS = 44;
const WARNING_LINES = 4;

/** An input frame, and what it was given last; null: nothing yet. */
export interface InputFrame {
  id: string;
  pixels: Pixels | null;
}

export class Exhibits {
  readonly pictures: Pictures;
  readonly board: Pictures;
  places: Place[] = [];
  /** Small pictures of input frames, where there are several. */
  frames: Place[] = [];
  #inputs: readonly InputFrame[] = [];
  #input = "";
  #photograph: { size: [number, number]; mean: number[] } | null = null;
  #pixels: Pixels | null = null;
  #shelf: ShelfPicture[] = [];
  #current = "";
  #scores: readonly Score[] = [];
  #unsaid = NOTHING_YET;
  #warning = "";
  #doubt = "";
  #at: Picture3D | null = null;

  constructor(uploader: Uploader, shared: Uniforms) {
    this.pictures = new Pictures(uploader, shared, PAGE_EDGE, PAGE_EDGE);
    this.board = new Pictures(uploader, shared, BOARD_WIDTH, BOARD_HEIGHT);
  }

  setPhotograph(pixels: Pixels): void {
    const longer = Math.max(pixels.width, pixels.height);
    const size: [number, number] = [
      (PHOTOGRAPH_EDGE * pixels.width) / longer, (PHOTOGRAPH_EDGE * pixels.height) / longer,
    ];
    this.#pixels = pixels;
    this.#photograph = { size, mean: meanOf(pixels) };
    this.pictures.put(0, pixels);
  }

  setShelf(pictures: readonly ShelfPicture[], current: string): void {
    const former = this.#shelf;
    this.#shelf = pictures.slice(0, MOST_ON_SHELF);
    this.#current = current;
    this.#shelf.forEach((picture, i) => {
      if (former[i]?.id !== picture.id || former[i]?.rgb !== picture.rgb) {
        this.pictures.put(i + 1, squared(picture));
      }
    });
  }

  setFrames(frames: readonly InputFrame[], chosen: string): void {
    frames.forEach(({ pixels }, i) => {
      if (pixels && this.#inputs[i]?.pixels !== pixels) {
        this.pictures.put(FIRST_FRAME_PAGE + i, squared(pixels));
      }
    });
    this.#inputs = frames;
    this.#input = chosen;
  }

  setPrediction(scores: readonly Score[], unsaid: string): void {
    this.#scores = scores;
    this.#unsaid = unsaid;
    this.drawBoard();
  }

  /** Why scores are to be doubted, "" if they are not. */
  setDoubt(text: string): void {
    if (text === this.#doubt) return;
    this.#doubt = text;
    this.drawBoard();
  }

  setWarning(text: string): void {
    this.#warning = text;
  }

  drawBoard(): void {
    this.board.putCanvas(0, drawBoard(this.#scores, this.#unsaid, this.#doubt));
  }

  /** Draws every picture again, after a lost context. */
  redraw(): void {
    if (this.#pixels) this.pictures.put(0, this.#pixels);
    this.#shelf.forEach((picture, i) => this.pictures.put(i + 1, squared(picture)));
    this.#inputs.forEach(({ pixels }, i) => {
      if (pixels) this.pictures.put(FIRST_FRAME_PAGE + i, squared(pixels));
    });
    this.drawBoard();
  }

  /** Hangs everything where the room has it, and lights the photograph's wall. */
  hang(walls: Walls, board: Picture3D | null, now: number): void {
    const hung: Hung[] = [];
    this.#at = board;
    this.places = [];
    this.frames = [];
    for (const wall of walls.all) {
      if (wall.kind === "photograph" && this.#photograph) {
        const { size, mean } = this.#photograph;
        wall.field = {
          left: -size[0] / 2, bottom: PHOTOGRAPH_Y_M - size[1] / 2, width: size[0], height: size[1],
        };
        hung.push({
          frame: wall.frame, centre: [0, PHOTOGRAPH_Y_M, 0.002], size, page: 0, reflected: 0.24,
        });
        // the hole that the picture fills
        walls.glow(wall, mean.map((part) => 0.85 * part), now);
      }
      if (wall.kind === "photograph") hung.push(...this.#hangFrames(wall));
      if (wall.kind === "shelf") hung.push(...this.#hangShelf(wall));
    }
    this.pictures.hang(hung);
    this.#hangBoard();
  }

  /** All frames in a row below the chosen one's picture. */
  #hangFrames(wall: Wall): Hung[] {
    const size: [number, number] = [FRAME_EDGE_M, FRAME_EDGE_M];
    return this.#inputs.flatMap(({ id, pixels }, i) => {
      const x = (i - (this.#inputs.length - 1) / 2) * FRAME_COLUMN_M;
      const centre: [number, number, number] = [x, FRAME_Y_M, 0.03];
      this.frames.push({ id, centre, size });
      return pixels
        ? [{ frame: wall.frame, centre, size, page: FIRST_FRAME_PAGE + i, reflected: 0.2 }]
        : [];
    });
  }

  /** What the small pictures of frames lie on, which is light behind the chosen one. */
  #mounts(walls: Walls): Solid[] {
    const wall = walls.all.find((one) => one.kind === "photograph");
    if (!wall) return [];
    return this.frames.map(({ id, centre: [x, y], size: [w, h] }) => {
      const frame = { ...wall.frame, origin: pointOf(wall.frame, x, y, 0.015) };
      const t = 0.024;
      return box(frame, [w + t, h + t, 0.02], id === this.#input ? COLOUR.accent : COLOUR.shelf);
    });
  }

  #hangShelf(wall: Wall): Hung[] {
    const count = this.#shelf.length;
    const columns = count > 6 ? 4 : 3;
    const shrink = columns === 3 ? 1 : 0.74;
    const shown = this.#shelf.slice(0, columns === 3 ? 6 : MOST_ON_SHELF);
    return shown.flatMap((picture, i) => {
      const edge = SHELF_EDGE_M * shrink;
      const size: [number, number] = [edge, edge];
      const row = Math.floor(i / columns);
      const x = ((i % columns) - (columns - 1) / 2) * SHELF_COLUMN_M * shrink;
      const foot = this.#shelfY(row, shrink);
      const centre: [number, number, number] = [x, foot + size[1] / 2, 0.06];
      if (!picture.away) this.places.push({ id: picture.id, centre, size });
      const lowest = row === Math.floor((shown.length - 1) / columns);
      const reflected = lowest ? 0.2 : 0;
      return picture.away ? [] : [{ frame: wall.frame, centre, size, page: i + 1, reflected }];
    });
  }

  /** Height of the upper side of a shelf's board. */
  #shelfY(row: number, shrink: number): number {
    return 1.64 - row * SHELF_ROW_M * shrink + (shrink < 1 ? 0.35 : 0);
  }

  #hangBoard(): void {
    if (!this.#at) return this.board.hang([]);
    const { position_m, yaw_rad, width_m, height_m } = this.#at;
    this.board.hang([{
      frame: upright(position_m, yaw_rad), centre: [0, height_m / 2, 0],
      size: [width_m, height_m], page: 0, reflected: 0.34,
    }]);
  }

  /** The shelf's boards and the frame around the current picture. */
  boxes(walls: Walls): Solid[] {
    return [...this.#mounts(walls), ...this.#boards(walls)];
  }

  #boards(walls: Walls): Solid[] {
    const wall = walls.all.find((one) => one.kind === "shelf");
    if (!wall) return [];
    const columns = this.#shelf.length > 6 ? 4 : 3;
    const shrink = columns === 3 ? 1 : 0.74;
    const rows = Math.max(2, Math.ceil(Math.min(MOST_ON_SHELF, this.#shelf.length) / columns));
    const solids: Solid[] = [];
    const at = (x: number, y: number, z: number) => ({
      ...wall.frame, origin: pointOf(wall.frame, x, y, z),
    });
    for (let row = 0; row < rows; row++) {
      const y = this.#shelfY(row, shrink) - 0.0125;
      solids.push(box(at(0, y, 0.07), [2.0, 0.025, 0.14], COLOUR.shelf));
    }
    const current = this.places.find((place) => place.id === this.#current);
    if (current) {
      const { centre: [x, y], size: [w, h] } = current;
      const t = 0.018;
      const parts: [number, number, number, number][] = [
        [0, (h + t) / 2, w + 2 * t, t], [0, -(h + t) / 2, w + 2 * t, t],
        [-(w + t) / 2, 0, t, h], [(w + t) / 2, 0, t, h],
      ];
      for (const [dx, dy, sx, sy] of parts) {
        solids.push(box(at(x + dx, y + dy, 0.06), [sx, sy, 0.02], COLOUR.accent));
      }
    }
    return solids;
  }

  /** What is written below pictures of the shelf, and a warning about the network. */
  lines(walls: Walls): Line[] {
    return [...this.#captions(walls), ...this.#warnings(walls)];
  }

  #captions(walls: Walls): Line[] {
    const wall = walls.all.find((one) => one.kind === "shelf");
    if (!wall) return [];
    return this.places.flatMap(({ id, centre: [x, y], size: [, height] }) => {
      const caption = this.#shelf.find((picture) => picture.id === id)?.caption ?? [];
      return firstLines(caption, CAPTION_LINES).map((text, i): Line => ({
        spans: [{ text, colour: COLOUR.second, weight: 500 }],
        frame: {
          ...wall.frame,
          origin: pointOf(wall.frame, x, y - height / 2 - CAPTION_DOWN_M - CAPTION_LINE_M * i, 0.145),
        },
        cap_m: CAPTION_CAP_M, align: "centre", fog: 0.02, farthest: 9, seen: "inside",
      }));
    });
  }

  /** A warning about the network, below the photograph. */
  #warnings(walls: Walls): Line[] {
    const wall = walls.all.find((one) => one.kind === "photograph");
    if (!wall || this.#warning === "") return [];
    return firstLines(broken(this.#warning, WARNING_LETTERS), WARNING_LINES).map((text, i): Line => ({
      spans: [{ text, colour: COLOUR.error, weight: 500 }],
      frame: { ...wall.frame, origin: pointOf(wall.frame, -0.86, 0.46 - 0.105 * i, 0.02) },
      cap_m: 0.048, align: "left", fog: 0.02, farthest: 40, seen: "inside",
    }));
  }
}

/** The middle square of a picture. */
function squared({ rgb, width, height }: Pixels): Pixels {
  const edge = Math.min(width, height);
  const [x, y] = [(width - edge) >> 1, (height - edge) >> 1];
  const square = new Uint8Array(3 * edge * edge);
  for (let row = 0; row < edge; row++) {
    const start = 3 * ((y + row) * width + x);
    square.set(rgb.subarray(start, start + 3 * edge), 3 * row * edge);
  }
  return { rgb: square, width: edge, height: edge };
}

/** The first ones; it shows where some were left out. */
function firstLines(lines: readonly string[], most: number): string[] {
  const kept = lines.slice(0, most);
  if (lines.length > most) kept.push(`${kept.pop()} …`);
  return kept;
}
