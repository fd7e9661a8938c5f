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

/** What somebody who wears a headset sees well: 58 degrees either way, and no panels. */
const WORN: Screen = {
  width: 1000,
  height: 1000,
  free: { left: 0, top: 0, right: 1000, bottom: 1000 },
};
let worn = false;

export function setWorn(on: boolean): void {
  worn = on;
}

/** On pages no higher the bar of live input lies beside the map; live.css has the same limit. */
const LOW = 560;
/** The bar beside the map: its width, with the gap before it. */
export const BAR_BESIDE = 410;
/** What lies at the foot of the page above the map, in pixels. */
let bar = 0;

/** Whether the bar of live input, if it is shown, takes of the map's width. */
export function barBeside(): boolean {
  return bar > 0 && window.innerHeight <= LOW;
}

/** Another bar lies above the map, so high with its gap; 0: none. */
export function setBar(height: number): void {
  bar = height;
}

/** A picture is composed, whatever the page is like. */
let frame: Screen | null = null;

export function setFrame(screen: Screen | null): void {
  frame = screen;
}

/** The screen of this page now. */
export function screenNow(): Screen {
  if (frame) return frame;
  if (worn) return WORN;
  return screenOf(window.innerWidth, window.innerHeight, barBeside() ? 0 : bar);
}
