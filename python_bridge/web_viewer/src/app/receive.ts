/** What each message of the bridge changes in the store and in the world. */

import type { Connection } from "../connection/socket";
import type { Payload } from "../connection/frames";
import type {
  BridgeMessage,
  DocumentChanged,
  InputPlaced,
  NetworkPublished,
  Pages,
  Prediction,
  RoomPublished,
  Snapshot,
  Welcome,
} from "../generated/protocol";
import type { World } from "../scene/world";
import { failureText, type Run, type Store } from "./store";

/** Levels of detail that are asked for: all there are (a tile of 4096 has 13). */
const LEVELS = Array.from({ length: 13 }, (_, level) => level);

export class Receiver {
  private requested = "";

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly connection: () => Connection,
    private readonly problem: (message: string, about?: string) => void,
  ) {}

  welcome(message: Welcome): void {
    const { store } = this;
    if (store.session !== message.session) this.forget();
    store.session = message.session;
    store.limits = message.limits;
    this.document(message);
    store.shelf = message.shelf;
    store.changed("shelf");
    this.requested = "";
    this.request(Object.keys(message.document["networks"] ?? {})[0] ?? "main");
  }

  message(message: BridgeMessage, payloads: Payload[]): void {
    switch (message.type) {
      case "network_published":
        return this.network(message);
      case "room_published":
        return this.room(message);
      case "progress":
        return this.progress(message.stage, message.error);
      case "input_placed":
        return this.inputPlaced(message, payloads);
      case "pages":
        return this.pages(message, payloads);
      case "prediction":
        return this.prediction(message);
      case "complete":
        return this.ended(message.run, message.seconds, "");
      case "failed":
        return this.ended(message.run, 0, message.message);
      default:
        // Events are numbered; whatever is unknown here is newer than this page.
        if ("number" in message) this.event(message);
    }
  }

  /** Another session: its runs and rooms are numbered anew. */
  private forget(): void {
    const { store } = this;
    Object.assign(store, {
      network: null,
      room: null,
      run: null,
      prediction: [],
      predictionRun: 0,
    });
    for (const { url } of store.thumbnails.values()) URL.revokeObjectURL(url);
    store.thumbnails.clear();
    store.unreadable.clear();
    this.world.setFailed(false);
    store.changed("network");
    store.changed("run");
  }

  private request(network: string): void {
    if (network === this.requested) return;
    this.requested = network;
    void this.connection()
      .ask({ type: "request", layers: ["*"], levels: LEVELS, network })
      .catch((error: unknown) => this.refusal(error));
  }

  private network(message: NetworkPublished): void {
    const { store } = this;
    if (store.network !== null && store.network.name !== message.name) return;
    const former = store.network?.network;
    if (former && former.revision !== message.network.revision) store.room = null;
    store.network = message;
    this.world.setWarning(message.warning);
    this.request(message.name);
    store.changed("network");
  }

  private room({ room }: RoomPublished): void {
    const { store, world } = this;
    if (store.network === null || room.network !== store.network.name) return;
    store.progress = { stage: "", error: "" };
    // After a lost connection the same room comes again.
    if (store.room?.revision === room.revision) return;
    world.setRoom(room, store.network.network);
    store.room = room;
    world.setTransforms(store.transforms());
    store.changed("room");
  }

  private progress(stage: string, error: string): void {
    this.store.progress = { stage, error };
    this.store.changed("progress");
  }

  private inputPlaced(message: InputPlaced, payloads: Payload[]): void {
    const { store } = this;
    if (message.network !== store.network?.name) return;
    if (store.run && store.run.id > message.run) return;
    const fresh = { layers: new Set<string>(), complete: false, seconds: 0, failure: "" };
    store.run = { id: message.run, name: message.name, picture: message.picture, ...fresh };
    const [height, width] = message.buffers?.[0]?.shape ?? [];
    const rgb = payloads[0];
    if (rgb instanceof Uint8Array && height && width) {
      this.world.setPhotograph(rgb, width, height);
    }
    this.world.setStale(false);
    this.world.setFailed(false);
    this.world.setWarning(store.network.warning);
    store.changed("run");
  }

  private pages(message: Pages, payloads: Payload[]): void {
    const { run, network } = this.store;
    if (message.network !== network?.name || message.run !== run?.id) return;
    const [ranges, ...levels] = payloads;
    if (!(ranges instanceof Float32Array) || ranges.length !== 2 * message.tiles) {
      const lacking = `came without ranges for ${message.tiles} tiles`;
      this.problem(`Pages of ${message.layer} ${lacking}`, "pages");
      return;
    }
    this.world.setPages(message, ranges, levels as Uint8Array[]);
    run.layers.add(message.layer);
    this.store.changed("run");
  }

  private prediction(message: Prediction): void {
    const { store } = this;
    if (message.network !== store.network?.name) return;
    if (store.run && message.run !== store.run.id) return;
    store.prediction = message.scores;
    store.predictionRun = message.run;
    this.world.setPrediction(message.scores);
    store.changed("prediction");
  }

  private ended(id: number, seconds: number, failure: string): void {
    const { run } = this.store;
    if (run?.id !== id) return;
    Object.assign(run, { complete: failure === "", seconds, failure });
    if (failure) this.failed(run);
    this.store.changed("run");
  }

  /** Walls that the pass reached are of this image, the others of an earlier one: all are grey. */
  private failed(run: Run): void {
    const { store, world } = this;
    world.setStale(true);
    world.setFailed(true);
    world.setWarning(failureText(run));
    Object.assign(store, { prediction: [], predictionRun: run.id });
    world.setPrediction([], "This run failed");
    store.changed("prediction");
  }

  private event(message: BridgeMessage & { number: number }): void {
    const { store } = this;
    if (message.number <= store.event) return;
    const gap = message.number !== store.event + 1;
    store.event = message.number;
    if (gap) this.snapshot();
    if (message.type === "document_changed") this.documentChanged(message);
    if (message.type === "run_finished" && message.error && message.run !== store.run?.id) {
      this.problem(message.error, "run");
    }
  }

  private documentChanged(message: DocumentChanged): void {
    const { store } = this;
    if (message.revision <= store.revision) return;
    store.revision = message.revision;
    store.set(message.path, message.value);
    if (message.path[0] === "stations") this.moved();
  }

  private snapshot(): void {
    void this.connection()
      .ask({ type: "get_snapshot" })
      .then(({ message }) => this.document(message as Snapshot))
      .catch((error: unknown) => this.refusal(error));
  }

  private document(message: Welcome | Snapshot): void {
    this.store.document = message.document;
    this.store.revision = message.revision;
    this.store.event = message.event;
    this.moved();
  }

  private moved(): void {
    if (this.store.room === null) return;
    this.world.setTransforms(this.store.transforms());
    this.store.changed("place");
  }

  private refusal(error: unknown): void {
    this.problem(error instanceof Error ? error.message : String(error));
  }
}
