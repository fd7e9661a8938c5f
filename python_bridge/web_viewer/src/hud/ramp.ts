/** Colour ramp and histogram of the panel; the colours are those of the walls. */

import { countText } from "../app/names";
import type { Ends } from "../scene/histogram";
import { scaleColour } from "../scene/palette";
import { countTicks, ticksBetween } from "./axes";
import { drawing } from "./dom";

const WIDTH = 248;

/** Draws the legend of a layer: values evenly from left to right. */
export function drawRamp(canvas: HTMLCanvasElement, signed: boolean, palette: Uint8Array): void {
  const context = drawing(canvas, WIDTH, 8);
  for (let x = 0; x < WIDTH; x++) {
    const [red, green, blue] = scaleColour(x / (WIDTH - 1), signed, palette);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(x, 0, 1.5, 8);
  }
}

const TALL = 56;
/** Below the bars, for numbers. */
const FOOT = 15;
const MOST_TICKS = 5;
const LINE = "rgba(154,163,181,.22)";
const NUMBER = "#9aa3b5";

/**
 * Draws how often values between two ends occur, heights by square root so that rare ones are
 * seen, with round values below and round counts at the right.
 */
export function drawHistogram(canvas: HTMLCanvasElement, counts: Uint32Array, ends: Ends): void {
  const context = drawing(canvas, WIDTH, TALL + FOOT);
  const most = Math.max(1, ...counts);
  const ticks = countTicks(most, 0.3);
  context.font = "500 10px 'Hanken Grotesk', sans-serif";
  const height = (count: number): number => Math.sqrt(count / most) * (TALL - 2);
  context.fillStyle = LINE;
  for (const count of ticks) context.fillRect(0, Math.round(TALL - height(count)), WIDTH, 1);
  const step = WIDTH / counts.length;
  context.fillStyle = "rgba(214,210,202,.8)";
  counts.forEach((count, index) => {
    context.fillRect(index * step, TALL - height(count), step * 0.75, height(count));
  });
  context.textAlign = "right";
  for (const count of ticks) {
    written(context, countText(count), WIDTH - 2, Math.round(TALL - height(count)) + 10);
  }
  drawValues(context, ends);
}

function drawValues(context: CanvasRenderingContext2D, [low, high]: Ends): void {
  context.fillStyle = NUMBER;
  context.textAlign = "center";
  for (const value of ticksBetween(low, high, MOST_TICKS)) {
    const x = ((value - low) / (high - low)) * WIDTH;
    context.fillRect(Math.min(WIDTH - 1, Math.round(x)), TALL, 1, 3);
    const text = tickText(value);
    const half = context.measureText(text).width / 2;
    context.fillText(text, Math.min(WIDTH - half, Math.max(half, x)), TALL + 13);
  }
}

/** Over bars too it can be read. */
function written(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = "rgba(11,14,23,.85)";
  context.strokeText(text, x, y);
  context.fillStyle = NUMBER;
  context.fillText(text, x, y);
}

/** Round numbers as they are. */
function tickText(value: number): string {
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential() : String(value);
  return text.replace("e+", "e").replaceAll("-", "\u2212");
}
