/**
 * Colours as eyes see them: OKLab, where equal steps look equally large
 * (Björn Ottosson, 2020, https://bottosson.github.io/posts/oklab).
 */

type Triple = readonly [number, number, number];

/** From cube roots of cone responses to lightness, green-red and blue-yellow; and back. */
const FROM_CONES: readonly Triple[] = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const TO_CONES: readonly Triple[] = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const CONES: readonly Triple[] = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const FROM_CONES_LINEAR: readonly Triple[] = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];

/** sRGB (0 .. 1) of a colour; parts beyond 0 .. 1 are what no screen shows. */
export function srgbOf(lab: Triple): [number, number, number] {
  const [l, m, s] = times(TO_CONES, lab);
  const [red, green, blue] = times(FROM_CONES_LINEAR, [l ** 3, m ** 3, s ** 3]);
  return [encoded(red), encoded(green), encoded(blue)];
}

/** Lightness 0 .. 1, green-red and blue-yellow of an sRGB colour (0 .. 1). */
export function oklabOf(rgb: Triple): [number, number, number] {
  const [l, m, s] = times(CONES, [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])]);
  return times(FROM_CONES, [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)]);
}

/** sRGB of this lightness and hue, with as much of the chroma as a screen shows. */
export function shownOf(lightness: number, chroma: number, hue_rad: number): [number, number, number] {
  const at = (share: number): [number, number, number] => {
    const c = share * chroma;
    return srgbOf([lightness, c * Math.cos(hue_rad), c * Math.sin(hue_rad)]);
  };
  const fits = (share: number): boolean => at(share).every((part) => part >= 0 && part <= 1);
  if (fits(1)) return at(1);
  let [low, high] = [0, 1];
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return at(low);
}

export function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function encoded(part: number): number {
  if (part <= 0.0031308) return 12.92 * part;
  return 1.055 * part ** (1 / 2.4) - 0.055;
}

function times(matrix: readonly Triple[], [x, y, z]: Triple): [number, number, number] {
  const [a, b, c] = matrix.map((row) => row[0] * x + row[1] * y + row[2] * z);
  return [a!, b!, c!];
}
