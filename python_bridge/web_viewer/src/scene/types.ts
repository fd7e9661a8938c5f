/** What the scene tells the application, and the application the scene. */

/** What a ray through the pointer meets first. */
export interface Hit {
  kind: "tile" | "wall" | "shelf" | "photograph" | "board" | "floor" | "thing";
  station?: string;
  layer?: string;
  /** Index into the station's walls. */
  wall?: number;
  /** Index of the tile in its layer. */
  tile?: number;
  /** Where in the tile, 0 .. 1 from the left and from the top. */
  u?: number;
  v?: number;
  /** It is the lifted tile, or its caption. */
  lifted?: boolean;
  /** Id of a picture on the shelf, or of one that stands in the room (a thing). */
  picture?: string;
  /** The input frame whose small picture it is. */
  input?: string;
  point: [number, number, number];
}

export interface ShelfPicture {
  id: string;
  /** Lines below it. */
  caption: readonly string[];
  /** It stands elsewhere: its place is empty. */
  away: boolean;
  rgb: Uint8Array;
  width: number;
  height: number;
}

/** A tile that is lifted, or (tile null) a wall that is framed. */
export interface Selection {
  station: string;
  wall: number;
  tile: number | null;
}

/** Where the visitor stands or is about to, and which part of the screen is free of panels. */
export interface Sight {
  position: readonly [number, number, number];
  yaw: number;
  pitch: number;
  /** Vertical, in degrees. */
  fov: number;
  /** In CSS pixels. */
  screen: {
    width: number;
    height: number;
    free: { left: number; top: number; right: number; bottom: number };
  };
}

/** What the colours of a layer span: low .. high; signed ones are drawn around zero. */
export interface DisplayRange {
  low: number;
  high: number;
  signed: boolean;
}

/** A rectangle on the canvas, in CSS pixels from its top left corner. */
export interface ScreenRectangle {
  x: number;
  y: number;
  w: number;
  h: number;
}

export type Normalization = "layer" | "channel";

/** How values become colours: what they are scaled by, and both scales of colours. */
export interface Colours {
  normalization: Normalization;
  /** Values of both signs are drawn around zero; else from the least to the greatest. */
  symmetric: boolean;
  /** RGBA, 256 of values from zero and 256 of values around it. */
  palette: Uint8Array;
}

/** How much of a layer is wanted: its place in order of sight, and the finest levels. */
export interface Want {
  rank: number;
  /** Worth having where the visitor stands. */
  finest: number;
  /** Kept wherever the visitor stands. */
  coarse: number;
}

/** What is left out while frames are late. */
export interface Sparing {
  reflections: boolean;
  tubeSides: number;
  /** Walls at so many times the pixels of the screen, at most 1. */
  detail: number;
}

/** Bytes of pages: at most so many, as large as the texture is, and kept here. */
export interface Memory {
  budgetBytes: number;
  gpuBytes: number;
  pageBytes: number;
}

export interface Stats {
  drawCalls: number;
  /** Of them, those of the walls' surfaces. */
  wallDrawCalls: number;
  /** Milliseconds that it took to find what is in view, in the last frame. */
  cullingMs: number;
  triangles: number;
  textureBytes: number;
  walls: number;
  litLayers: number;
  /** Of them, those that show the newest run. */
  newestLayers: number;
}
