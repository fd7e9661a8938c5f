/** The part of the page that chips and panels leave free, for what the visitor looks at. */

/** CSS pixels from the page's top left corner. */
export interface Screen {
  width: number;
  height: number;
  free: { left: number; top: number; right: number; bottom: number };
}

/** Measures of hud.css and panels.css. */
const MARGIN = 24;
const PANEL = 284;
const SMALL_PANEL = 256;
const CHIPS = 66;
const FOOT = 116;

/** Below it one panel shows at a time, and narrower; panels.css has the same limits. */
function isSmall(width: number, height: number): boolean {
  return width <= 1100 || height <= 700;
}

/**
 * What a page of this size leaves free beside the panel, and `above` pixels above its foot; a tiny
 * page has no such part.
 */
export function screenOf(width: number, height: number, above = 0): Screen {
  const panel = isSmall(width, height) ? SMALL_PANEL : PANEL;
  const right = width - MARGIN - panel - MARGIN / 2;
  const bottom = height - FOOT - above;
  return {
    width,
    height,
    free: {
      left: MARGIN,
      top: CHIPS,
      right: right > width / 2 ? right : width - MARGIN,
      bottom: bottom > height / 2 ? bottom : height,
    },
  };
}

/** What lies at the foot of the page above the map, in pixels. */
let bar = 0;

/** Another bar lies above the map, so high with its gap; 0: none. */
export function setBar(height: number): void {
  bar = height;
}

/** The screen of this page now. */
export function screenNow(): Screen {
  return screenOf(window.innerWidth, window.innerHeight, bar);
}
