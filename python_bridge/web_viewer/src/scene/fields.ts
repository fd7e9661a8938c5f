/** The fields of tiles on walls, as whoever ranks them by sight needs them. */
import type { TileShape } from "./page";
import { pointOf, scaled, type Vec3 } from "./placement";
import type { Wall } from "./walls";

export interface Field {
  layer: string;
  /** Middle, and from there to the right and the upper edge. */
  centre: Vec3;
  x: Vec3;
  y: Vec3;
  /** Unit vector towards who sees it. */
  normal: Vec3;
  /** Width and height of a pixel of its tiles, in metres; of the smallest panel. */
  pixel_m: [number, number];
  shape: TileShape;
}

/** The fields of all walls that show layers, in the room's order. */
export function fieldsOf(walls: readonly Wall[], shapeOf: (layer: string) => TileShape): Field[] {
  return walls
    .filter(({ kind, panels }) => kind === "layer" && panels.length > 0)
    .map((wall) => fieldOf(wall, shapeOf(wall.layer)));
}

function fieldOf({ layer, frame, field, panels }: Wall, shape: TileShape): Field {
  const scale = Math.hypot(...frame.x);
  const tile = (axis: 0 | 1) =>
    scale * Math.min(...panels.map(({ pitch_m, free }) => pitch_m[axis] * (1 - free)));
  return {
    layer,
    centre: pointOf(frame, field.left + field.width / 2, field.bottom + field.height / 2),
    x: scaled(frame.x, field.width / 2),
    y: scaled(frame.y, field.height / 2),
    normal: scaled(frame.z, 1 / Math.hypot(...frame.z)),
    pixel_m: [tile(0) / shape.width, tile(1) / shape.height],
    shape,
  };
}
