/**
 * One picture of the room at any size: drawn tile by tile, as large as the GPU can, and read back.
 *
 * Every tile is drawn with the camera and the viewport of the whole picture, moved so that the tile
 * lies where there are pixels: the same numbers come out as without tiles, and there are no seams.
 */
import * as THREE from "three";
import { COLOUR, rgb } from "./palette";
import type { Stage } from "./stage";

/** Pixels of a tile: with four samples each they take about 50 MB. */
const TILE_PIXELS = 1 << 21;

export interface Shot {
  /** In pixels. */
  width: number;
  height: number;
  /** Of the edges of things in a pixel; as many as the GPU can. */
  samples: number;
  /** Without sky and floor, and what the floor mirrors. */
  transparent: boolean;
  position: readonly [number, number, number];
  yaw: number;
  pitch: number;
  /** Vertical, in degrees. */
  fov: number;
  /** Names of blocks that face the eye: not where several views make one picture. */
  labels: boolean;
  /** Width and height that tiles may have; none: as the GPU can, up to 2 million pixels. */
  tileEdge?: number;
}

/** In pixels from the picture's top left corner. */
export interface Tile {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Rows of tiles from the top, each as wide as can be, all of a row equally high. */
export function tilesOf(width: number, height: number, edge: number, pixels: number): Tile[] {
  const wide = Math.min(width, edge);
  // Even, so that pixels are shaded in the same pairs as without tiles.
  const high = Math.min(edge, height, Math.max(2, 2 * Math.floor(pixels / wide / 2)));
  const tiles: Tile[] = [];
  for (let y = 0; y < height; y += high) {
    for (let x = 0; x < width; x += wide) {
      tiles.push({ x, y, width: Math.min(wide, width - x), height: Math.min(high, height - y) });
    }
  }
  return tiles;
}

export class Exposure {
  readonly tiles: readonly Tile[];
  readonly camera: THREE.PerspectiveCamera;
  #stage: Stage;
  #shot: Shot;
  #target: THREE.WebGLRenderTarget;
  /** Draws what the camera sees, to where it is called. */
  #expose: (camera: THREE.PerspectiveCamera, labels: boolean, draw: () => void) => void;

  constructor(
    stage: Stage, shot: Shot,
    expose: (camera: THREE.PerspectiveCamera, labels: boolean, draw: () => void) => void,
  ) {
    this.#stage = stage;
    this.#shot = shot;
    this.#expose = expose;
    this.camera = cameraOf(shot, stage.camera);
    const { maxTextureSize, maxSamples } = stage.canvas.renderer.capabilities;
    const most = Math.min(shot.tileEdge ?? Infinity, maxTextureSize, mostPixels(stage));
    this.tiles = tilesOf(shot.width, shot.height, 2 * Math.floor(most / 2), TILE_PIXELS);
    const [first] = this.tiles;
    this.#target = new THREE.WebGLRenderTarget(first!.width, first!.height, {
      samples: shot.samples > 1 ? Math.min(shot.samples, maxSamples) : 0,
      generateMipmaps: false,
    });
  }

  /**
   * RGBA of a tile, rows from the top, its colours multiplied by alpha. Light on nothing (a
   * line on the floor that is left out) covers as much as it is bright.
   */
  draw(tile: Tile): Uint8Array<ArrayBuffer> {
    const { renderer } = this.#stage.canvas;
    const { width, height } = this.#shot;
    if (renderer.getContext().isContextLost()) throw new Error("The graphics card is lost; try again");
    const below = height - tile.y - tile.height;
    this.#target.viewport.set(-tile.x, -below, width, height);
    this.#stage.setCorner(tile.x, below);
    const pixels = new Uint8Array(4 * tile.width * tile.height);
    this.#stage.furnishings.backdrop(!this.#shot.transparent);
    const { reflects } = this.#stage.surfaces;
    this.#stage.surfaces.reflects = reflects && !this.#shot.transparent;
    try {
      this.#expose(this.camera, this.#shot.labels, () => this.#drawTo());
      renderer.readRenderTargetPixels(this.#target, 0, 0, tile.width, tile.height, pixels);
    } finally {
      this.#stage.surfaces.reflects = reflects;
      this.#stage.furnishings.backdrop(true);
      this.#stage.setCorner(0, 0);
      renderer.setRenderTarget(null);
    }
    turnOver(pixels, tile.width, tile.height);
    return pixels;
  }

  end(): void {
    this.#target.dispose();
  }

  #drawTo(): void {
    const { canvas, scene } = this.#stage;
    const { renderer } = canvas;
    const [r, g, b] = rgb(COLOUR.haze);
    const haze = new THREE.Color().setRGB(r, g, b, THREE.LinearSRGBColorSpace);
    renderer.setRenderTarget(this.#target);
    if (this.#shot.transparent) renderer.setClearColor(0, 0);
    canvas.draw(scene, this.camera);
    renderer.setClearColor(haze, 1);
  }
}

function cameraOf(shot: Shot, { near, far }: THREE.PerspectiveCamera): THREE.PerspectiveCamera {
  const camera = new THREE.PerspectiveCamera(shot.fov, shot.width / shot.height, near, far);
  camera.position.set(...shot.position);
  camera.rotation.set(shot.pitch, shot.yaw, 0, "YXZ");
  camera.updateProjectionMatrix();
  camera.updateMatrixWorld();
  return camera;
}

/** Widest and highest viewport; a picture cannot be larger than that. */
export function mostPixels({ canvas }: Pick<Stage, "canvas">): number {
  const gl = canvas.renderer.getContext();
  const dimensions = gl.getParameter(gl.MAX_VIEWPORT_DIMS) as Int32Array;
  return Math.min(...dimensions);
}

/** OpenGL's rows come from the bottom. */
function turnOver(pixels: Uint8Array, width: number, height: number): void {
  const row = new Uint8Array(4 * width);
  for (let top = 0, bottom = height - 1; top < bottom; top++, bottom--) {
    const [a, b] = [4 * width * top, 4 * width * bottom];
    row.set(pixels.subarray(a, a + 4 * width));
    pixels.copyWithin(a, b, b + 4 * width);
    pixels.set(row, b);
  }
}
