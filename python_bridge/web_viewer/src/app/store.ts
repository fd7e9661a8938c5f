/** What this page knows of the session, and who wants to hear when a part of it changes. */

import type { ConnectionState } from "../connection/socket";
import type {
  Limits,
  LiveSource,
  Made,
  NetworkPublished,
  Picture,
  Room,
  Score,
  Transform,
} from "../generated/protocol";
import type { Pixels } from "../scene/pictures";
import type { Normalization } from "../scene/types";

export { NOTHING_YET } from "../scene/words";

type Topic =
  | "connection"
  | "network"
  | "room"
  | "run"
  | "prediction"
  | "progress"
  | "shelf"
  | "pictures"
  | "things"
  | "frames"
  | "live"
  | "selection"
  | "view"
  | "arrange"
  | "document"
  | "place";

/** The newest run of the input frame that is shown. */
export interface Run {
  id: number;
  name: string;
  picture: string;
  /** The live source that the image is a frame of, "" for a still image; its position there. */
  live: string;
  position: number;
  /** When that frame was captured, on the clock of performance.now(). */
  capturedMs: number;
  /** Layers whose pages have arrived. */
  layers: Set<string>;
  /** Every page has been sent, and so has arrived. */
  complete: boolean;
  seconds: number;
  /** Why the forward pass failed, "" if it did not. */
  failure: string;
}

/** What came, why not, and what to do, of a run that failed. */
export function failureText({ name, failure }: Pick<Run, "name" | "failure">): string {
  const why = failure.replace(/[\s.;]+$/, "");
  return `${name || "This image"} did not come through the network: ${why}. Place another image.`;
}

export interface Thumbnail {
  rgb: Uint8Array;
  width: number;
  height: number;
  /** Address of the picture for an <img>, made on this page. */
  url: string;
}

export interface Selection {
  station: string;
  wall: number;
  /** The channel that is lifted, null for none. */
  tile: number | null;
  /** The layer whose details the panel shows. */
  layer: string;
}

export class Store {
  /** This page is a recording: there is no bridge, and no network behind it. */
  recorded = false;
  connection: ConnectionState = "connecting";
  reason = "";
  session = "";
  limits: Limits | null = null;
  network: NetworkPublished | null = null;
  room: Room | null = null;
  /** Came, and is not built yet. */
  coming: Room | null = null;
  document: Record<string, unknown> = {};
  revision = 0;
  event = 0;
  run: Run | null = null;
  prediction: Score[] = [];
  /** The run that `prediction` belongs to. */
  predictionRun = 0;
  /** Why there are no scores, in a sentence; "" while no run has finished. */
  unsaid = "";
  /** The live source that run was a frame of, "" for none. */
  predictionLive = "";
  progress = { stage: "Connecting", error: "" };
  /** All pictures that there are to place: those the bridge began with, then those made since. */
  shelf: Picture[] = [];
  /** Those that the bridge began with. */
  given: Picture[] = [];
  /** In sentences: files of the shelf and of live folders that the bridge could not read. */
  leftOut: string[] = [];
  /** What can be played into the network. */
  live: LiveSource[] = [];
  /** The input frame that the walls show, and what each was given last. */
  input = "input";
  readonly views = new Map<string, { run: number; pixels: Pixels }>();
  /** Pictures that this visitor has in hands. */
  readonly carried = new Set<string>();
  readonly thumbnails = new Map<string, Thumbnail>();
  /** Pictures of the shelf that could not be read. */
  readonly unreadable = new Set<string>();
  /** Layers that there is no room for here, why that is and what to do; "" for none. */
  dark: ReadonlySet<string> = new Set();
  shortage = "";
  selection: Selection | null = null;
  overview = false;
  normalization: Normalization = "layer";

  private readonly listeners = new Map<Topic, (() => void)[]>();

  on(topics: Topic | Topic[], listener: () => void): void {
    for (const topic of [topics].flat()) {
      this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
    }
  }

  changed(topic: Topic): void {
    for (const listener of this.listeners.get(topic) ?? []) listener();
  }

  /** Where visitors put stations of the network shown, by station key. */
  transforms(): Record<string, Transform> {
    const value = this.at(["stations", this.room?.network ?? "main"]);
    return (value ?? {}) as Record<string, Transform>;
  }

  /** Where pictures off the shelf stand in the room of the network shown, by their ids. */
  things(): Record<string, Transform> {
    return (this.at(["things", this.network?.name ?? "main"]) ?? {}) as Record<string, Transform>;
  }

  /** Names of the input frames of the network shown. */
  frames(): string[] {
    const added = this.at(["frames", this.network?.name ?? "main"]) ?? {};
    return ["input", ...Object.keys(added).sort()];
  }

  /** Pictures that were made in this session, by their ids. */
  made(): Record<string, Made> {
    return (this.document["pictures"] ?? {}) as Record<string, Made>;
  }

  /** Puts what was made on the shelf, behind what stands there. */
  fillShelf(): void {
    const made = Object.entries(this.made()).map(([id, { name, width, height }]) => ({
      id, name, width, height,
    }));
    this.shelf = [...this.given, ...made];
  }

  /** Whether the prediction is of what is on show; of a live source, of one of its last frames. */
  get predicted(): boolean {
    const { run, predictionRun, predictionLive } = this;
    return predictionRun === run?.id || (predictionLive !== "" && predictionLive === run?.live);
  }

  /** Whether images can be placed: a network that takes none runs on its example. */
  get takesImages(): boolean {
    return this.network !== null && !this.network.preprocess.startsWith("none:");
  }

  /** The value at `path` of the shared document, undefined if there is none. */
  at(path: readonly string[]): unknown {
    let value: unknown = this.document;
    for (const part of path) {
      if (typeof value !== "object" || value === null) return undefined;
      value = (value as Record<string, unknown>)[part];
    }
    return value;
  }

  /** Sets the value at `path` of the shared document; null removes it. */
  set(path: readonly string[], value: unknown): void {
    const last = path.at(-1);
    if (last === undefined) return;
    let place = this.document;
    for (const part of path.slice(0, -1)) {
      const next = place[part];
      const isMap = typeof next === "object" && next !== null;
      place = (place[part] = isMap ? next : {}) as Record<string, unknown>;
    }
    if (value === null) delete place[last];
    else place[last] = value;
  }
}
