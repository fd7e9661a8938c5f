/**
 * Two eyes instead of one camera, while a headset is worn. The camera is then a child of the space
 * that the headset tracks, and three moves it to where the eyes are in that space.
 */
import * as THREE from "three";
import type { Vec3 } from "./placement";

/** Each eye sees more outwards than inwards, and heads turn on meanwhile. */
const WIDER = 1.25;

export class Stereo {
  #renderer: THREE.WebGLRenderer;
  /** Where the tracked space stands in the room. */
  #space = new THREE.Group();
  #alone: THREE.PerspectiveCamera[] = [];
  /** The camera's angle of view and shape on the page, while a headset has it. */
  #before: { fov: number; aspect: number } | null = null;

  constructor(renderer: THREE.WebGLRenderer) {
    this.#renderer = renderer;
    renderer.xr.enabled = true;
    renderer.xr.cameraAutoUpdate = false; // culling needs the eyes before they draw
  }

  get presenting(): boolean {
    return this.#renderer.xr.isPresenting;
  }

  get manager(): THREE.WebXRManager {
    return this.#renderer.xr;
  }

  /** Calls every frame: the page's, or the session's while there is one. */
  loop(frame: (now: number) => void): void {
    this.#renderer.setAnimationLoop(frame);
  }

  /** Begins to draw for a session, of which `type` is a reference space. */
  async present(
    camera: THREE.PerspectiveCamera, session: XRSession, type: XRReferenceSpaceType, scale: number,
  ): Promise<void> {
    const { xr } = this.#renderer;
    xr.setReferenceSpaceType(type);
    xr.setFramebufferScaleFactor(scale);
    this.#before = { fov: camera.fov, aspect: camera.aspect };
    await xr.setSession(session);
    this.#space.add(camera);
  }

  /** The camera is the page's again. */
  dismiss(camera: THREE.PerspectiveCamera): void {
    this.#space.remove(camera);
    if (this.#before) Object.assign(camera, this.#before);
    this.#before = null;
    camera.zoom = 1;
    camera.scale.set(1, 1, 1);
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
  }

  place(origin: Vec3, yaw: number): void {
    this.#space.position.set(...origin);
    this.#space.rotation.set(0, yaw, 0);
    this.#space.updateMatrixWorld();
  }

  /** Who looks: the camera alone, or both eyes where they are in this frame. */
  eyes(camera: THREE.PerspectiveCamera): readonly THREE.PerspectiveCamera[] {
    const { xr } = this.#renderer;
    if (!xr.isPresenting) {
      this.#alone[0] = camera;
      return this.#alone;
    }
    xr.updateCamera(camera);
    const { cameras } = xr.getCamera();
    const viewport = cameras[0]?.viewport;
    if (viewport) camera.aspect = viewport.z / viewport.w;
    return cameras;
  }

  /** Pixels of one eye, wider than it is by what both see; null while there is none. */
  get pixels(): [width: number, height: number] | null {
    const viewport = this.presenting && this.manager.getCamera().cameras[0]?.viewport;
    return viewport ? [WIDER * Math.max(viewport.z, viewport.w), viewport.w] : null;
  }

  set foveation(share: number) {
    this.manager.setFoveation(share);
  }
}
