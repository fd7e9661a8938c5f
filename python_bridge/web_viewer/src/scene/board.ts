/** The board at the end: what the network sees, with names and confidences. */
import type { Score } from "../generated/protocol";
import { percentText } from "./numbers";
import { COLOUR } from "./palette";
import { predictionTitle } from "./words";

export const BOARD_WIDTH = 1536;
export const BOARD_HEIGHT = 900;
const LEFT = 92;
const RIGHT = 1446;
const BAR_LEFT = 560;
const BAR_WIDTH = 700;
const MIDDLING = "#d5d8e0";
/** A sentence in the place of scores: its first base line, and how large it may be. */
const SENTENCE_TOP = 232;
const SENTENCE_SIZES = [64, 52, 40];
/** Below this a class is drawn as unlikely. */
const LIKELY = 0.01;

/**
 * Draws the board into a canvas of its own; without scores it says what is missing, and with them
 * why they are to be doubted, "" if they are not.
 */
export function drawBoard(
  scores: readonly Score[], waiting: string, doubt: string,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = BOARD_WIDTH;
  canvas.height = BOARD_HEIGHT;
  const context = canvas.getContext("2d")!;
  const light = context.createRadialGradient(520, 170, 40, 520, 170, 1150);
  light.addColorStop(0, "#2b2536");
  light.addColorStop(1, "#141926");
  context.fillStyle = light;
  context.fillRect(0, 0, BOARD_WIDTH, BOARD_HEIGHT);
  const [first] = scores;
  const title = predictionTitle(scores.length, waiting);
  write(context, title, LEFT, 108, { size: 34, colour: "#aab2c2" });
  if (!first) {
    drawSentence(context, waiting);
    return canvas;
  }
  write(context, doubt, RIGHT, 108, { size: 34, colour: COLOUR.error, align: "right" });
  drawFirst(context, first);
  scores.slice(0, 10).forEach((score, i) => drawRow(context, score, i));
  return canvas;
}

interface Manner {
  size: number;
  colour: string;
  weight?: number;
  align?: CanvasTextAlign;
  most?: number;
}

function write(
  context: CanvasRenderingContext2D, text: string, x: number, y: number,
  { size, colour, weight = 500, align = "left", most = Infinity }: Manner,
): void {
  context.font = fontOf(weight, size);
  const width = context.measureText(text).width;
  if (width > most) context.font = fontOf(weight, Math.max(0.55 * size, (size * most) / width));
  context.textAlign = align;
  context.textBaseline = "alphabetic";
  context.fillStyle = colour;
  context.fillText(shortened(context, text, most), x, y);
}

/** The text, cut with an ellipsis where it is still too wide. */
function shortened(context: CanvasRenderingContext2D, text: string, most: number): string {
  let end = text.length;
  let shown = text;
  while (end > 1 && context.measureText(shown).width > most) {
    shown = `${text.slice(0, --end).trimEnd()}…`;
  }
  return shown;
}

/** In as many lines as it takes, and as large as they all have room. */
function drawSentence(context: CanvasRenderingContext2D, text: string): void {
  const measure = (line: string): number => context.measureText(line).width;
  for (const size of SENTENCE_SIZES) {
    context.font = fontOf(500, size);
    const lines = wrapped(text, RIGHT - LEFT, measure);
    const high = 1.4 * size;
    const room = Math.floor((BOARD_HEIGHT - SENTENCE_TOP - 40) / high) + 1;
    if (lines.length > room && size !== SENTENCE_SIZES.at(-1)) continue;
    lines.slice(0, room).forEach((line, i) => {
      const manner = { size, colour: COLOUR.second, most: RIGHT - LEFT };
      write(context, line, LEFT, SENTENCE_TOP + i * high, manner);
    });
    return;
  }
}

/** Lines at most so wide, broken between words; a word that is wider has a line of its own. */
export function wrapped(
  text: string, most: number, measure: (line: string) => number,
): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : "";
    if (longer && measure(longer) <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function fontOf(weight: number, px: number): string {
  return `${weight} ${px}px 'Hanken Grotesk', sans-serif`;
}

function drawFirst(context: CanvasRenderingContext2D, score: Score): void {
  const manner = { size: 116, colour: COLOUR.text };
  write(context, score.name, LEFT - 6, 232, { ...manner, most: 960 });
  write(context, percentText(score.confidence), RIGHT, 232, {
    size: 116, colour: COLOUR.accent, align: "right",
  });
}

function drawRow(context: CanvasRenderingContext2D, score: Score, row: number): void {
  const y = 338 + row * 56;
  const likely = score.confidence > LIKELY;
  const colour = row === 0 ? COLOUR.text : likely ? MIDDLING : COLOUR.second;
  const weight = row === 0 ? 600 : 400;
  write(context, score.name, LEFT, y, { size: 34, colour, weight, most: BAR_LEFT - LEFT - 30 });
  context.fillStyle = "#222838";
  context.fillRect(BAR_LEFT, y - 19, BAR_WIDTH, 14);
  const ramp = context.createLinearGradient(BAR_LEFT, 0, BAR_LEFT + BAR_WIDTH, 0);
  ramp.addColorStop(0, "#7250a0");
  ramp.addColorStop(0.45, "#e27a7f");
  ramp.addColorStop(1, "#fddb8e");
  context.fillStyle = ramp;
  context.fillRect(BAR_LEFT, y - 19, Math.max(3, BAR_WIDTH * score.confidence), 14);
  write(context, percentText(score.confidence), RIGHT, y, { size: 32, colour, align: "right" });
}
