/** Photographs in the room, and their reflections in the floor: two instanced draws. */
import * as THREE from "three";
import { placed, quadGeometry } from "./mesh";
import { type Frame, pointOf, scaled } from "./placement";
import { makeMaterial, type Uniforms } from "./shaders";
import { Slices, type Uploader } from "./textures";

export interface Pixels {
  rgb: Uint8Array;
  width: number;
  height: number;
}

/** One picture: where it hangs, and how strongly the floor mirrors it. */
export interface Hung {
  frame: Frame;
  /** Middle, from the frame's origin. */
  centre: [number, number, number];
  size: [number, number];
  page: number;
  reflected: number;
}

const PARTS = [["centre", 3], ["alongX", 3], ["alongY", 3], ["region", 4]] as const;

export class Pictures {
  readonly group = new THREE.Group();
  readonly slices: Slices;
  #geometry = new THREE.InstancedBufferGeometry();
  #used: [number, number][] = [];

  constructor(uploader: Uploader, shared: Uniforms, width: number, height: number) {
    this.slices = new Slices(uploader, width, height, "colour", { mipmaps: true });
    this.slices.reserve(1);
    const quad = quadGeometry();
    this.#geometry.setAttribute("position", quad.getAttribute("position"));
    this.#geometry.setIndex(quad.index);
    const uPictures = { value: this.slices.texture };
    const upright = makeMaterial("picture", shared, { own: { uPictures, uMirror: { value: 0 } } });
    const mirrored = makeMaterial("picture", shared, {
      own: { uPictures, uMirror: { value: 1 } }, blending: "add", sides: "both",
    });
    for (const [material, order] of [[upright, 2], [mirrored, 20]] as const) {
      this.group.add(placed(this.#geometry, material, order));
    }
    this.group.visible = false;
  }

  /** Draws pixels into a page, as large as it can hold them; keeps the aspect. */
  put(page: number, pixels: Pixels): void {
    this.putCanvas(page, fitted(pixels, this.slices.width, this.slices.height));
  }

  putCanvas(page: number, canvas: HTMLCanvasElement): void {
    this.slices.reserve(page + 1);
    this.slices.put(page, 0, 0, canvas.width, canvas.height, canvas);
    this.slices.finish();
    this.#used[page] = [canvas.width / this.slices.width, canvas.height / this.slices.height];
  }

  /** Whether the floor mirrors them. */
  mirrors(on: boolean): void {
    this.group.children[1]!.visible = on;
  }

  hang(pictures: readonly Hung[]): void {
    const [centre, alongX, alongY, region]: number[][] = [[], [], [], []];
    for (const { frame, centre: at, size, page, reflected } of pictures) {
      centre!.push(...pointOf(frame, ...at));
      alongX!.push(...scaled(frame.x, size[0]));
      alongY!.push(...scaled(frame.y, size[1]));
      region!.push(...(this.#used[page] ?? [0, 0]), page, reflected);
    }
    const values = [centre!, alongX!, alongY!, region!];
    this.#geometry.dispose();
    PARTS.forEach(([name, parts], i) => {
      const array = new Float32Array(values[i]!);
      this.#geometry.setAttribute(name, new THREE.InstancedBufferAttribute(array, parts));
    });
    this.#geometry.instanceCount = pictures.length;
    this.group.visible = pictures.length > 0;
  }
}

/** A canvas of at most width x height with the picture scaled into it. */
function fitted({ rgb, width, height }: Pixels, most: number, mostHeight: number): HTMLCanvasElement {
  const source = document.createElement("canvas");
  source.width = width;
  source.height = height;
  const image = new ImageData(width, height);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    image.data[j] = rgb[i]!;
    image.data[j + 1] = rgb[i + 1]!;
    image.data[j + 2] = rgb[i + 2]!;
    image.data[j + 3] = 255;
  }
  source.getContext("2d")!.putImageData(image, 0, 0);
  const scale = Math.min(most / width, mostHeight / height);
  const target = document.createElement("canvas");
  target.width = Math.max(1, Math.round(width * scale));
  target.height = Math.max(1, Math.round(height * scale));
  const context = target.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, target.width, target.height);
  return target;
}

/** Mean colour, 0 .. 1. */
export function meanOf({ rgb }: Pixels): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  const step = 3 * Math.max(1, Math.floor(rgb.length / 3 / 4096));
  let count = 0;
  for (let i = 0; i + 2 < rgb.length; i += step, count++) {
    for (let c = 0; c < 3; c++) sum[c]! += rgb[i + c]!;
  }
  const scale = 1 / (255 * Math.max(1, count));
  return [sum[0] * scale, sum[1] * scale, sum[2] * scale];
}
