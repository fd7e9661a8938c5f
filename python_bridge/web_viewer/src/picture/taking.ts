/** Takes pictures: asks for the detail they show, waits for it, draws them, and writes them. */

import type { App } from "../app/app";
import { isSettled, phaseOf } from "../app/published";
import { type Outlook, outlookOf } from "../app/sight";
import { failureText } from "../app/store";
import type { Pose } from "../app/visitor";
import type { Shot } from "../scene/exposure";
import { panoramaRows, SIDES, sideAngle, sideEdge } from "./panorama";
import { PngWriter } from "./png";

export interface Picture {
  /** In pixels; a panorama is half as high as wide. */
  width: number;
  height: number;
  samples: number;
  transparent: boolean;
  panorama: boolean;
  tileEdge?: number;
}

export const MOST_PIXELS = 8192;
const LEAST_PIXELS = 16;
/** Rows of a panorama that are put together at once. */
const BAND = 64;
/** Longer without any news, and what is waited for will not come. */
const PATIENCE_MS = 120_000;

type Rows = (rgba: Uint8Array) => Promise<void>;

export class Taking {
  private readonly waiting: { resolve(): void; reject(error: Error): void; since: number }[] = [];
  private heard = "";

  constructor(private readonly app: App) {}

  /** A picture of what the visitor sees, in another shape where it has one, as a PNG file. */
  async take(picture: Picture, pose: Required<Pose> = this.app.visitor.destination): Promise<Blob> {
    const problem = problemOf(picture, this.app.world.mostPixels);
    if (problem) throw new Error(problem);
    const { streaming, store } = this.app;
    streaming.look(outlooksOf(picture, pose));
    try {
      await this.settled();
      const seen = `${store.session} ${store.run?.id} ${store.room?.revision}`;
      const file = new PngWriter(picture.width, picture.height, picture.transparent);
      const rows: Rows = (rgba) => file.write(rgba);
      if (picture.panorama) await this.panorama(picture, pose, rows);
      else await this.single(picture, pose, rows);
      const now = `${store.session} ${store.run?.id} ${store.room?.revision}`;
      if (now !== seen) throw new Error("The room changed while its picture was taken; try again");
      return await file.finish();
    } finally {
      streaming.look(null);
    }
  }

  /** Settles once nothing moves and all detail is here; rejects where it will not come. */
  settled(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject, since: performance.now() });
    });
  }

  /** To be called every frame, after it was drawn. */
  update(now = performance.now()): void {
    if (this.waiting.length === 0) return;
    const { app } = this;
    const news = `${app.store.run?.layers.size} ${app.store.room?.revision} ${app.world.memory.pageBytes}`;
    if (news !== this.heard) for (const one of this.waiting) one.since = now;
    this.heard = news;
    const problem = this.problem();
    const all = this.waiting.splice(0);
    for (const one of all) {
      if (problem) one.reject(new Error(problem));
      else if (isSettled(app)) one.resolve();
      else if (now - one.since > PATIENCE_MS) one.reject(new Error("The detail that the picture needs did not come"));
      else this.waiting.push(one);
    }
  }

  private problem(): string {
    const { store } = this.app;
    if (store.run?.failure) return failureText(store.run);
    if (store.progress.error) return store.progress.error;
    return ["lost", "refused"].includes(store.connection) || phaseOf(this.app) === "lost"
      ? store.reason || "The connection to the bridge was lost"
      : "";
  }

  private async single(picture: Picture, pose: Required<Pose>, rows: Rows): Promise<void> {
    const { width, height, samples, transparent } = picture;
    const shot: Shot = {
      width, height, samples, transparent, ...pose, labels: true,
      ...(picture.tileEdge === undefined ? {} : { tileEdge: picture.tileEdge }),
    };
    const exposure = this.app.world.expose(shot);
    try {
      let band = new Uint8Array();
      for (const tile of exposure.tiles) {
        const pixels = exposure.draw(tile);
        if (tile.x === 0) band = new Uint8Array(4 * width * tile.height);
        copyInto(band, width, pixels, tile.width, tile.x);
        if (tile.x + tile.width === width) await rows(band);
      }
    } finally {
      exposure.end();
    }
  }

  private async panorama(picture: Picture, pose: Required<Pose>, rows: Rows): Promise<void> {
    const { width, height } = picture;
    const edge = sideEdge(width);
    const sides: Uint8Array[] = [];
    for (const { turn, pitch } of SIDES) {
      const side = new Uint8Array(4 * edge * edge);
      let at = 0;
      const shot = { ...picture, width: edge, height: edge };
      const look = { ...pose, yaw: pose.yaw + turn, pitch, fov: sideAngle(edge) };
      await this.side(shot, look, (rgba) => {
        side.set(rgba, at);
        at += rgba.length;
      });
      sides.push(side);
    }
    for (let top = 0; top < height; top += BAND) {
      await rows(panoramaRows(sides, edge, width, top, Math.min(BAND, height - top)));
    }
  }

  private async side(picture: Picture, pose: Required<Pose>, take: (rgba: Uint8Array) => void): Promise<void> {
    await this.single(picture, pose, (rgba) => {
      take(rgba);
      return new Promise((resolve) => requestAnimationFrame(() => resolve()));
    });
  }
}

function copyInto(
  band: Uint8Array, width: number, pixels: Uint8Array, tileWidth: number, left: number,
): void {
  const rows = pixels.length / (4 * tileWidth);
  for (let y = 0; y < rows; y++) {
    band.set(pixels.subarray(4 * tileWidth * y, 4 * tileWidth * (y + 1)), 4 * (width * y + left));
  }
}

/** What a picture shows, for the detail that it needs. */
export function outlooksOf({ width, height, panorama }: Picture, pose: Required<Pose>): Outlook[] {
  if (!panorama) return [outlookOf(pose, width, height)];
  const edge = sideEdge(width);
  return SIDES.map(({ turn, pitch }) =>
    outlookOf({ ...pose, yaw: pose.yaw + turn, pitch, fov: sideAngle(edge) }, edge, edge),
  );
}

/** What is wrong with the size of a picture, "" for nothing. */
export function problemOf({ width, height, panorama }: Picture, most: number): string {
  const limit = Math.min(most, MOST_PIXELS);
  const size = `A picture of ${width} × ${height} pixels cannot be taken: `;
  if (![width, height].every(Number.isInteger) || Math.min(width, height) < LEAST_PIXELS) {
    return `${size}each side has at least ${LEAST_PIXELS}`;
  }
  if (Math.max(width, height) > limit) return `${size}no side has more than ${limit} here`;
  return panorama && width !== 2 * height ? `${size}a panorama is twice as wide as high` : "";
}
