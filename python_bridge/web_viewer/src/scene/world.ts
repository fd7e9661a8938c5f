import * as THREE from "three";
import type { Network, Pages, Room, Score, Transform } from "../generated/protocol";
import type {
  DisplayRange, Hit, Normalization, ScreenRectangle, Selection, ShelfPicture, Stance, Stats,
} from "./types";

export type {
  DisplayRange, Hit, Normalization, ScreenRectangle, Selection, ShelfPicture, Stance, Stats,
} from "./types";

/** SIGNATURES FIRST: the bodies are being written. */
export class World {
  readonly camera = new THREE.PerspectiveCamera(58, 1, 0.08, 1500);
  constructor(_canvas: HTMLCanvasElement) {}
  setRoom(_room: Room, _network: Network): void {}
  setTransforms(_transforms: Record<string, Transform>): void {}
  setPages(_message: Pages, _ranges: Float32Array, _levels: Uint8Array[]): void {}
  setPhotograph(_rgb: Uint8Array, _width: number, _height: number, _caption: string): void {}
  setShelf(_pictures: ShelfPicture[], _current: string): void {}
  setPrediction(_scores: Score[]): void {}
  setView(_view: { normalization: Normalization }): void {}
  /** Lighter fog, larger gate names, no wall names; the application sets camera and field of view. */
  setOverview(_on: boolean): void {}
  setStale(_stale: boolean): void {}
  setWarning(_text: string): void {}
  setHover(_hit: Hit | null): void {}
  setSelected(_selection: Selection | null): void {}
  /** Additional to the list: which of a station's layers its walls show (the panel's chips). */
  showLayer(_station: string, _layer: string): boolean { return false; }
  /** x, y: normalized device coordinates, -1 .. 1, y up. */
  pick(_x: number, _y: number): Hit | null { return null; }
  valueAt(_layer: string, _tile: number, _u: number, _v: number): number | null { return null; }
  rangeOf(_layer: string): DisplayRange | null { return null; }
  tileRange(_layer: string, _tile: number): DisplayRange | null { return null; }
  histogram(_layer: string, _tile: number, bins: number): Uint32Array { return new Uint32Array(bins); }
  projectTile(_station: string, _wall: number, _tile: number): ScreenRectangle | null { return null; }
  stand(_station: string): Stance | null { return null; }
  /** True when every page has been uploaded and nothing moves any more. */
  get settled(): boolean { return true; }
  invalidate(): void {}
  render(): boolean { return false; }
  stats(): Stats { return { drawCalls: 0, triangles: 0, textureBytes: 0, walls: 0, litLayers: 0 }; }
}
