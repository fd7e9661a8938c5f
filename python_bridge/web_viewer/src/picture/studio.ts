/** Pictures for `layerwalk render`, which steers this page: goes to views, and hands files out. */

import type { App } from "../app/app";
import { parseLink } from "../app/link";
import { setFrame } from "../app/screen";
import { between, nearestTurn, type Pose } from "../app/visitor";
import { type Moment, momentsOf } from "./flight";
import type { Picture } from "./taking";

/** Where to look from: the start, overview, before a layer's wall, or where a link leads. */
export type View =
  | { kind: "start" }
  | { kind: "overview" }
  | { kind: "layer"; layer: string }
  | { kind: "link"; link: string };

/** Bytes of a picture's file, or of a piece of it; or why there is none. */
interface Answer {
  error: string;
  bytes: number;
  frames: number;
  stops: number;
}

/** A multiple of 3: pieces in base64 can be joined. */
const PIECE_BYTES = 3 << 20;
/** Of a picture's width and height, around what is looked at. */
const MARGIN = 0.04;

export class Studio {
  private file = new Blob();
  private stops: readonly string[] = [];
  private moments: readonly Moment[] = [];
  private stop = -1;
  private way: { from: Required<Pose>; to: Required<Pose> | null } | null = null;

  constructor(private readonly app: App) {}

  /** Goes there, as it is seen best in a picture of this size without panels. */
  view(view: View, { width, height }: Pick<Picture, "width" | "height">): Promise<Answer> {
    return this.answer(async () => {
      this.frameFor(width, height);
      await this.go(view);
    });
  }

  take(picture: Picture): Promise<Answer> {
    return this.answer(async () => {
      this.file = await this.app.taking.take(picture);
    });
  }

  /** A piece of the file taken last, in base64; "" after its end. */
  piece(index: number): Promise<string> {
    const piece = this.file.slice(index * PIECE_BYTES, (index + 1) * PIECE_BYTES);
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve((reader.result as string).split(",")[1] ?? "");
      reader.onerror = () => reject(reader.error ?? new Error("The picture cannot be read"));
      reader.readAsDataURL(piece);
    });
  }

  /**
   * Prepares a flight along links, or along the session's bookmarks (null): opens what has to be
   * open, so that every stop is where it will be.
   */
  flight(
    links: readonly string[] | null, { width, height }: Pick<Picture, "width" | "height">,
  ): Promise<Answer> {
    return this.answer(async () => {
      this.frameFor(width, height);
      this.stops = links ?? this.app.tour.stops.map(({ link }) => link);
      if (this.stops.length === 0) throw new Error("There are no bookmarks to fly along");
      for (const link of this.stops) await this.go({ kind: "link", link });
      this.stop = -1;
    });
  }

  /** So long, and so many frames a second. */
  film(seconds: number, fps: number): Promise<Answer> {
    return this.answer(() => {
      this.moments = momentsOf(this.stops.length, seconds, fps);
      return Promise.resolve();
    });
  }

  /** A frame of the flight. */
  frame(index: number, picture: Picture): Promise<Answer> {
    return this.answer(async () => {
      const moment = this.moments[index];
      if (!moment) throw new Error(`The flight has no frame ${index}`);
      if (moment.from !== this.stop || !this.way) await this.stand(moment.from);
      const { from, to } = this.way!;
      this.file = await this.app.taking.take(picture, to ? between(from, to, moment.share) : from);
    });
  }

  /** The page is the visitor's again. */
  leave(): Promise<Answer> {
    return this.answer(() => {
      setFrame(null);
      this.app.navigator.lookAtSelection();
      return Promise.resolve();
    });
  }

  private async stand(stop: number): Promise<void> {
    await this.go({ kind: "link", link: this.stops[stop] ?? "" });
    const from = this.app.visitor.destination;
    const next = this.stops[stop + 1];
    const to = next === undefined ? null : this.app.links.destination(parseLink(next));
    this.stop = stop;
    this.way = { from, to: to && { ...to, yaw: nearestTurn(from.yaw, to.yaw) } };
  }

  private async go(view: View): Promise<void> {
    const { app } = this;
    await app.taking.settled();
    const { navigator, store, visitor, links } = app;
    const overview = (): void => {
      if (!store.overview) navigator.toggleOverview();
    };
    if (view.kind === "start") navigator.home();
    else if (view.kind === "overview") overview();
    else {
      const link = view.kind === "link" ? parseLink(view.link) : { ...NOWHERE, layer: view.layer };
      const problem = link.layer ? navigator.missing(link.layer) : "";
      if (problem) throw new Error(problem);
      links.follow(link);
    }
    await app.taking.settled();
    // A lifted tile is what a link is about; a frame around a wall is the visitor's.
    if (store.selection?.tile === null) navigator.select(null);
    visitor.place(visitor.destination);
    await app.taking.settled();
  }

  private frameFor(width: number, height: number): void {
    const { app } = this;
    setFrame({
      width, height,
      free: {
        left: MARGIN * width, top: MARGIN * height,
        right: (1 - MARGIN) * width, bottom: (1 - MARGIN) * height,
      },
    });
    app.navigator.lookAtSelection();
  }

  private async answer(act: () => Promise<void>): Promise<Answer> {
    this.file = new Blob();
    let error = "";
    try {
      await act();
    } catch (reason) {
      error = reason instanceof Error ? reason.message : String(reason);
    }
    return {
      error, bytes: this.file.size, frames: this.moments.length, stops: this.stops.length,
    };
  }
}

const NOWHERE = { layer: "", tile: null, image: "", near: "", view: null } as const;
