/** The WebGL renderer and its canvas: size, software or not, lost and restored contexts. */
import * as THREE from "three";
import { COLOUR, rgb } from "./palette";
import { Uploader } from "./textures";

const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

/** Is there no real GPU behind WebGL here? Then antialiasing and sharp pixels cost too much. */
function isSoftware(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return false;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER) as string;
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return SOFTWARE.test(name);
}

export class Canvas {
  readonly element: HTMLCanvasElement;
  readonly renderer: THREE.WebGLRenderer;
  readonly uploader: Uploader;
  readonly software: boolean;
  lost = false;
  #size = new THREE.Vector2();

  constructor(element: HTMLCanvasElement) {
    this.element = element;
    this.software = isSoftware();
    this.renderer = new THREE.WebGLRenderer({
      canvas: element, antialias: !this.software, alpha: false, stencil: false,
    });
    this.renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
    const [r, g, b] = rgb(COLOUR.haze);
    this.renderer.setClearColor(new THREE.Color().setRGB(r, g, b, THREE.LinearSRGBColorSpace), 1);
    this.uploader = new Uploader(this.renderer);
    element.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.lost = true;
    });
  }

  onRestored(restore: () => void): void {
    this.element.addEventListener("webglcontextrestored", () => {
      this.lost = false;
      restore();
    });
  }

  /** Draws with what was uploaded, to where the frame goes: a headset has a target of its own. */
  draw(scene: THREE.Scene, camera: THREE.PerspectiveCamera): void {
    const target = this.renderer.getRenderTarget();
    this.uploader.end(); // which forgets the target, with all other state
    this.renderer.setRenderTarget(target);
    this.renderer.render(scene, camera);
  }

  /** Follows the size of the element on the page; true if it changed. A headset has its own. */
  fit(camera: THREE.PerspectiveCamera): boolean {
    if (this.renderer.xr.isPresenting) return false;
    const width = Math.max(1, this.element.clientWidth);
    const height = Math.max(1, this.element.clientHeight);
    const ratio = this.software ? 1 : Math.min(2, window.devicePixelRatio);
    this.renderer.getSize(this.#size);
    const same = this.#size.x === width && this.#size.y === height;
    if (same && this.renderer.getPixelRatio() === ratio) return false;
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    camera.aspect = width / height;
    camera.updateProjectionMatrix();
    return true;
  }
}
