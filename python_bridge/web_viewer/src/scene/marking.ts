/** Frames around tiles that the visitor selected. */
import { box, type Solid } from "./boxes";
import { COLOUR } from "./palette";
import { tileRect } from "./picking";
import { pointOf } from "./placement";
import type { Wall } from "./walls";

const FOG = 0.006;
/** Of a tile's shorter edge. */
const THICK = 0.05;
const BEFORE_M = 0.004;

/** The frame around the tile in a cell of a wall; nothing where the wall does not show it. */
export function markAround(wall: Wall, cell: number): Solid[] {
  const panel = wall.panels.find((one) => cell >= one.first && cell < one.first + one.count);
  if (!panel) return [];
  const [left, bottom, right, top] = tileRect(panel, cell);
  const [width, height] = [right - left, top - bottom];
  const thick = THICK * Math.min(width, height);
  const part = (x: number, y: number, across: number, up: number): Solid =>
    box({ ...wall.frame, origin: pointOf(wall.frame, x, y, BEFORE_M) }, [across, up, 0.004], COLOUR.text, FOG);
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return [
    part(x, top, width + thick, thick), part(x, bottom, width + thick, thick),
    part(left, y, thick, height + thick), part(right, y, thick, height + thick),
  ];
}
