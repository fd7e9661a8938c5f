/** Images the visitor places: from the shelf, dropped on the page, or pasted. */

import { Refused, type Connection } from "../connection/socket";
import type { Picture } from "../generated/protocol";
import { broken } from "../scene/words";
import type { World } from "../scene/world";
import type { Store, Thumbnail } from "./store";

/** Type of a drag that carries the id of a picture on the shelf. */
export const PICTURE_TYPE = "application/x-layerwalk-picture";

const THUMBNAIL_EDGE = 256;
/** Pictures for which thumbnails are fetched; a folder may hold thousands. */
const MOST_THUMBNAILS = 60;
/** Pictures that hang on the shelf's wall, and that a digit places. */
export const ON_WALL = 6;
/** Of those that were made, so many of the newest hang there, too. */
const MADE_ON_WALL = 6;
/** Fewer would be hard to read below a picture. */
const CAPTION_LETTERS = 22;

export class Images {
  /** The picture that is framed on the shelf's wall, "" for none. */
  private framed = "";
  /** The last file that was placed from here: another session of the bridge knows nothing of it. */
  private file: { name: string; data: Uint8Array; session: string; run: number } | null = null;
  private fetching: Promise<void> = Promise.resolve();
  /** That file was shown when the connection was lost. */
  private fileWasShown = false;
  /** How many images are on their way to the bridge, which has not answered yet. */
  private asked = 0;
  /** The run of the image that the bridge took last; null where it will not begin any more. */
  private awaited: { run: number; input: string } | null = null;

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly connection: () => Connection,
    private readonly say: (message: string, about: string) => void,
    private readonly unsay: (about: string) => void,
  ) {
    // Of a bridge that is gone, or another network, nothing comes any more.
    store.on(["connection", "network"], () => (this.awaited = null));
  }

  /** Places a picture of the shelf. */
  async placePicture(id: string, input = this.store.input): Promise<void> {
    const name = this.store.shelf.find((picture) => picture.id === id)?.name ?? id;
    await this.place({ picture: id, name }, undefined, input);
  }

  /** Places an image file of the visitor's; the bridge decodes it. */
  async placeFile(file: File): Promise<void> {
    const most = this.store.limits?.image_bytes ?? Infinity;
    if (file.size > most) {
      const sizes = `${megabytes(file.size)}; this bridge takes ${megabytes(most)} at most`;
      this.say(`${file.name} has ${sizes}`, "image");
      return;
    }
    await this.placeBytes(file.name, new Uint8Array(await file.arrayBuffer()));
  }

  private async placeBytes(name: string, data: Uint8Array): Promise<void> {
    const { session } = this.store;
    const run = await this.place({ picture: "", name }, data);
    if (run !== null) this.file = { name, data, session, run };
  }

  /** To be called when the connection is lost: whether a file of this page is shown, or soon is. */
  remember(): void {
    const { file } = this;
    const { session, run } = this.store;
    // A session that ended before its first run says nothing new.
    if (run) this.fileWasShown = file?.session === session && file.run >= run.id;
  }

  /** In a new session: places the file that was shown in the former one once more. */
  placeAgain(): void {
    const { file } = this;
    if (!file || !this.fileWasShown || !this.store.takesImages) return;
    void this.placeBytes(file.name, file.data);
  }

  /** Places the first image among what was dropped or pasted; false if there is none. */
  placeFrom(transfer: DataTransfer | null): boolean {
    const picture = transfer?.getData(PICTURE_TYPE);
    if (picture) {
      void this.placePicture(picture);
      return true;
    }
    const files = [...(transfer?.files ?? [])];
    const file = files.find(({ type }) => type.startsWith("image/")) ?? files[0];
    if (file) void this.placeFile(file);
    return file !== undefined;
  }

  /** The file that is shown, where this page placed it and may put it on the shelf. */
  get own(): { name: string; data: Uint8Array } | null {
    const { file } = this;
    const { session, run } = this.store;
    return file && file.session === session && file.run === run?.id ? file : null;
  }

  /** Those of the shelf changed: fetches what is missing, and forgets what was removed. */
  shelved(): void {
    const { shelf, thumbnails, unreadable } = this.store;
    const there = new Set(shelf.map(({ id }) => id));
    for (const [id, { url }] of thumbnails) {
      if (there.has(id)) continue;
      URL.revokeObjectURL(url);
      thumbnails.delete(id);
    }
    for (const id of unreadable) if (!there.has(id)) unreadable.delete(id);
    if (this.store.connection === "connected") void this.fetchThumbnails();
  }

  /** Fetches the thumbnails that are still missing, in the shelf's order. */
  async fetchThumbnails(): Promise<void> {
    this.fetching = this.fetching.then(() => this.fetchMissing());
    await this.fetching;
  }

  private async fetchMissing(): Promise<void> {
    const { given, shelf, thumbnails, unreadable } = this.store;
    const made = shelf.slice(given.length);
    const things = this.store.things();
    const standing = given.slice(MOST_THUMBNAILS).filter(({ id }) => id in things);
    for (const { id } of [...given.slice(0, MOST_THUMBNAILS), ...standing, ...made]) {
      if (thumbnails.has(id) || unreadable.has(id)) continue;
      if (!this.store.shelf.some((one) => one.id === id)) continue; // removed meanwhile
      try {
        thumbnails.set(id, await this.thumbnail(id));
      } catch (error) {
        // When the connection went, Welcome starts this anew.
        if (!(error instanceof Refused) || error.code === "ConnectionFailed") return;
        unreadable.add(id);
      }
      this.store.changed("shelf");
    }
  }

  /** What is on the screen is not yet what was placed last: its run is to begin. */
  get placing(): boolean {
    const { input, run } = this.store;
    const { awaited } = this;
    return this.asked > 0 || (awaited !== null && awaited.input === input && (run?.id ?? -1) < awaited.run);
  }

  /** Every picture of the shelf's wall has arrived. */
  get hung(): boolean {
    const { thumbnails, unreadable } = this.store;
    return this.onWall.every(({ id }) => thumbnails.has(id) || unreadable.has(id));
  }

  private get onWall(): Picture[] {
    const { given, shelf } = this.store;
    return [...given.slice(0, ON_WALL), ...shelf.slice(given.length).slice(-MADE_ON_WALL)];
  }

  /** Hangs the shelf's pictures that have arrived on the wall. */
  hang(): void {
    const { carried, thumbnails, run } = this.store;
    const [made, things] = [this.store.made(), this.store.things()];
    const pictures = this.onWall.flatMap(({ id, name }) => {
      const thumbnail = thumbnails.get(id);
      const caption = id in made ? broken(name, CAPTION_LETTERS) : [];
      return thumbnail ? [{ id, caption, away: id in things || carried.has(id), ...thumbnail }] : [];
    });
    this.framed = run?.picture ?? "";
    this.world.setShelf(pictures, this.framed);
  }

  /** Frames the picture of the newest run, if another was framed; runs change with every layer. */
  frame(): void {
    if ((this.store.run?.picture ?? "") !== this.framed) this.hang();
  }

  /** The number of the run that was promised, null if the image was refused. */
  private async place(
    image: { picture: string; name: string },
    data?: Uint8Array,
    input = this.store.input,
  ): Promise<number | null> {
    const network = this.store.network?.name ?? "main";
    if (this.store.network && !this.store.takesImages) {
      this.say("This network takes no image: it runs on its example", "image");
      return null;
    }
    const payloads = data ? [{ data, shape: [data.length] }] : [];
    this.asked++;
    try {
      const { message } = await this.connection().ask(
        { type: "place_image", network, input, ...image },
        payloads,
      );
      this.unsay("image"); // what an earlier one was refused for
      const run = message.type === "reply" ? message.run : null;
      this.awaited = run === null ? null : { run, input };
      return run;
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error), "image");
      return null;
    } finally {
      this.asked--;
    }
  }

  private async thumbnail(id: string): Promise<Thumbnail> {
    const { message, payloads } = await this.connection().ask({
      type: "get_picture",
      picture: id,
      edge: THUMBNAIL_EDGE,
    });
    const [height = 0, width = 0] = message.buffers?.[0]?.shape ?? [];
    const rgb = payloads[0] as Uint8Array;
    return { rgb, width, height, url: await pictureUrl(rgb, width, height) };
  }
}

/** An address for an <img> of these pixels, made on this page. */
async function pictureUrl(rgb: Uint8Array, width: number, height: number): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) return "";
  const image = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    image.data.set(rgb.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
    image.data[4 * pixel + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return URL.createObjectURL(await canvas.convertToBlob({ type: "image/png" }));
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
