/**
 * All that can be seen from a place as one picture, twice as wide as high: left to right the
 * directions around the visitor, the middle straight ahead, top to bottom from zenith to nadir.
 * It is put together of six square pictures, one to each side.
 */

type Vec3 = readonly [number, number, number];

/** A side, and the turn and the tilt of who looks at it. */
interface Side {
  turn: number;
  pitch: number;
}

const RIGHT_ANGLE = Math.PI / 2;
export const SIDES: readonly Side[] = [
  { turn: 0, pitch: 0 }, { turn: -RIGHT_ANGLE, pitch: 0 }, { turn: Math.PI, pitch: 0 },
  { turn: RIGHT_ANGLE, pitch: 0 }, { turn: 0, pitch: RIGHT_ANGLE }, { turn: 0, pitch: -RIGHT_ANGLE },
];
/** Pixels of a side beyond its edges, so that colours between two sides can be told. */
const BORDER = 2;

/** Edge of a side's picture in pixels: in its middle as fine as the panorama. */
export function sideEdge(width: number): number {
  return 2 * Math.ceil(width / Math.PI / 2) + 2 * BORDER;
}

/** Angle of view of a side's picture, in degrees: a little more than 90. */
export function sideAngle(edge: number): number {
  return (360 / Math.PI) * Math.atan(edge / (edge - 2 * BORDER));
}

/** Where a pixel of the panorama looks to: x to the right, y up, z towards the visitor. */
export function directionOf(x: number, y: number, width: number): Vec3 {
  const turn = ((x + 0.5) / width - 0.5) * 2 * Math.PI;
  const rise = (0.5 - (y + 0.5) / (width / 2)) * Math.PI;
  return [Math.sin(turn) * Math.cos(rise), Math.sin(rise), -Math.cos(turn) * Math.cos(rise)];
}

/** Which side is seen in a direction, and where: pixels from the middle of its picture's first. */
export function placeOn(direction: Vec3, edge: number): { side: number; x: number; y: number } {
  const side = sideOf(direction);
  const { right, up, forward } = AXES[side]!;
  const scale = (edge - 2 * BORDER) / 2 / dot(direction, forward);
  return {
    side,
    x: edge / 2 + dot(direction, right) * scale - 0.5,
    y: edge / 2 - dot(direction, up) * scale - 0.5,
  };
}

/** Rows of the panorama from row `top` on, RGBA, of the sides' pictures. */
export function panoramaRows(
  sides: readonly Uint8Array[], edge: number, width: number, top: number, rows: number,
): Uint8Array<ArrayBuffer> {
  const found = new Uint8Array(4 * width * rows);
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const place = placeOn(directionOf(x, top + y, width), edge);
      blend(sides[place.side]!, edge, place.x, place.y, found, at);
    }
  }
  return found;
}

/** Between the four pixels around a place. */
function blend(
  from: Uint8Array, edge: number, x: number, y: number, into: Uint8Array, at: number,
): void {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const first = 4 * (top * edge + left);
  const below = first + 4 * edge;
  for (let i = 0; i < 4; i++) {
    const upper = from[first + i]! * (1 - right) + from[first + 4 + i]! * right;
    const lower = from[below + i]! * (1 - right) + from[below + 4 + i]! * right;
    into[at + i] = Math.round(upper * (1 - down) + lower * down);
  }
}

interface Axes {
  right: Vec3;
  up: Vec3;
  forward: Vec3;
}

const AXES: readonly Axes[] = SIDES.map(({ turn, pitch }) => {
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const [rise, level] = [Math.sin(pitch), Math.cos(pitch)];
  return {
    right: [cos, 0, -sin], up: [rise * sin, level, rise * cos],
    forward: [-level * sin, rise, -level * cos],
  };
});

function sideOf([x, y, z]: Vec3): number {
  const [ax, ay, az] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  if (ay > ax && ay > az) return y > 0 ? 4 : 5;
  if (ax > az) return x > 0 ? 1 : 3;
  return z < 0 ? 0 : 2;
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
