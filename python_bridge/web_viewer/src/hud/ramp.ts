/** Colour ramp and histogram of the panel; the colours are those of the walls. */

import { scaleColour } from "../scene/palette";
import { drawing } from "./dom";

const WIDTH = 248;

/** Draws the legend of a layer: values evenly from left to right. */
export function drawRamp(canvas: HTMLCanvasElement, signed: boolean): void {
  const context = drawing(canvas, WIDTH, 8);
  for (let x = 0; x < WIDTH; x++) {
    const [red, green, blue] = scaleColour(x / (WIDTH - 1), signed);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(x, 0, 1.5, 8);
  }
}

/** Draws how often values occur, heights by square root so that rare ones are seen. */
export function drawHistogram(canvas: HTMLCanvasElement, counts: Uint32Array): void {
  const context = drawing(canvas, WIDTH, 52);
  const most = Math.sqrt(Math.max(1, ...counts));
  const step = WIDTH / counts.length;
  context.fillStyle = "rgba(214,210,202,.8)";
  counts.forEach((count, index) => {
    const tall = (Math.sqrt(count) / most) * 50;
    context.fillRect(index * step, 52 - tall, step * 0.75, tall);
  });
}
