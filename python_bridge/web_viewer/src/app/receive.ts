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
  Room,
  RoomPublished,
  Snapshot,
  Welcome,
} from "../generated/protocol";
import { asSeen, namesAt } from "../hands/keeping";
import type { World } from "../scene/world";
import { Rooms } from "./rooms";
import { failureText, NOTHING_YET, type Run, type Store } from "./store";
import type { Streaming } from "./streaming";

export class Receiver {
  private readonly rooms: Rooms;
  /** Stations that are not seen in the room as it was built. */
  private hidden: ReadonlySet<string> = new Set();

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly connection: () => Connection,
    private readonly problem: (message: string, about?: string) => void,
    private readonly streaming: () => Streaming,
  ) {
    this.rooms = new Rooms(store, (room) => this.build(room));
  }

  welcome(message: Welcome): void {
    const { store } = this;
    if (store.session !== message.session) this.forget();
    store.session = message.session;
    store.limits = message.limits;
    store.live = message.live;
    store.given = message.shelf;
    store.leftOut = message.left_out;
    this.document(message);
    this.streaming().welcomed();
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
        this.connection().shows(message.run);
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
    this.rooms.forget();
    Object.assign(store, {
      network: null,
      room: null,
      run: null,
      prediction: [],
      predictionRun: 0,
      unsaid: "",
      input: "input",
    });
    store.views.clear();
    this.world.setPrediction([], NOTHING_YET);
    for (const { url } of store.thumbnails.values()) URL.revokeObjectURL(url);
    store.thumbnails.clear();
    store.unreadable.clear();
    this.world.setFailed(false);
    this.world.forgetRun();
    store.changed("network");
    store.changed("run");
  }

  private network(message: NetworkPublished): void {
    const { store } = this;
    if (store.network !== null && store.network.name !== message.name) return;
    const former = store.network?.network;
    if (former && former.revision !== message.network.revision) {
      store.room = null;
      this.rooms.forget();
    }
    store.network = message;
    this.world.setWarning(message.warning);
    this.world.setClasses(message.class_names);
    store.changed("network");
  }

  private room({ room }: RoomPublished): void {
    const { store } = this;
    if (store.network === null || room.network !== store.network.name) return;
    store.progress = { stage: "", error: "" };
    // After a lost connection the same room comes again.
    if (store.room?.revision === room.revision) this.rooms.forget();
    else this.rooms.come(room);
  }

  private build(room: Room): void {
    const { store, world } = this;
    if (store.network === null) return;
    this.hidden = namesAt(store, "hidden");
    world.setRoom(asSeen(room, this.hidden), store.network.network);
    store.room = room;
    world.setTransforms(store.transforms());
    store.changed("room");
    store.changed("things");
  }

  private progress(stage: string, error: string): void {
    this.store.progress = { stage, error };
    this.store.changed("progress");
  }

  private inputPlaced(message: InputPlaced, payloads: Payload[]): void {
    const { store } = this;
    if (message.network !== store.network?.name) return;
    this.view(message, payloads);
    if (message.input !== store.input) return;
    if (store.run && store.run.id > message.run) return;
    const fresh = { layers: new Set<string>(), complete: false, seconds: 0, failure: "" };
    const { run: id, name, picture, live, position } = message;
    const capturedMs = performance.now() - 1000 * message.age_s;
    store.run = { id, name, picture, live, position, capturedMs, ...fresh };
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

  /** What the network sees in that frame. */
  private view(message: InputPlaced, payloads: Payload[]): void {
    const [height, width] = message.buffers?.[0]?.shape ?? [];
    const rgb = payloads[0];
    if (!(rgb instanceof Uint8Array) || !height || !width) return;
    this.store.views.set(message.input, { run: message.run, pixels: { rgb, width, height } });
    if (message.input !== this.store.input) this.store.changed("frames");
  }

  /** Pages of the newest run of the network as it is count, whichever way they came. */
  pages(message: Pages, payloads: Payload[]): void {
    const { run, network } = this.store;
    if (message.network !== network?.name || message.run !== run?.id) return;
    if (message.revision !== network.network.revision) return;
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
    if (message.network !== store.network?.name || message.input !== store.input) return;
    if (store.run && message.run !== store.run.id) return;
    store.prediction = message.scores;
    store.unsaid = message.note || "No classes to tell";
    store.predictionRun = message.run;
    store.predictionLive = store.run?.live ?? "";
    this.world.setPrediction(message.scores, store.unsaid);
    store.changed("prediction");
  }

  private ended(id: number, seconds: number, failure: string): void {
    const { run } = this.store;
    if (run?.id !== id) return;
    this.streaming().ended();
    Object.assign(run, { complete: failure === "", seconds, failure });
    if (failure) this.failed(run);
    this.store.changed("run");
  }

  /** Walls that the pass reached are of this image; the others would be of an earlier one. */
  private failed(run: Run): void {
    const { store, world } = this;
    const unsaid = failureText(run);
    world.emptyBefore(run.id);
    world.setFailed(true);
    world.setWarning(unsaid);
    Object.assign(store, { prediction: [], predictionRun: run.id, unsaid });
    world.setPrediction([], store.unsaid);
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
    const stood = store.at(message.path) !== undefined;
    store.set(message.path, message.value);
    if (message.path[0] === "stations") {
      this.moved();
      const many = message.path.length < 3;
      if (many || stood !== (store.at(message.path) !== undefined)) store.changed("arrange");
    }
    if (message.path[0] === "hidden") this.seenAnew();
    if (message.path[0] === "pinned") store.changed("arrange");
    if (message.path[0] === "live") store.changed("live");
    if (message.path[0] === "things") store.changed("things");
    if (message.path[0] === "pictures") this.shelfChanged();
    store.changed("document");
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
    this.seenAnew();
    this.moved();
    this.shelfChanged();
    for (const topic of ["things", "live", "arrange", "document"] as const) {
      this.store.changed(topic);
    }
  }

  private shelfChanged(): void {
    this.store.fillShelf();
    this.store.changed("shelf");
    this.store.changed("pictures");
  }

  private moved(): void {
    if (this.store.room === null) return;
    this.world.setTransforms(this.store.transforms());
    this.store.changed("place");
  }

  /** Walls were hidden, or are shown again. */
  private seenAnew(): void {
    const { store, world } = this;
    const hidden = namesAt(store, "hidden");
    const same = hidden.size === this.hidden.size && [...hidden].every((key) => this.hidden.has(key));
    if (store.room === null || store.network === null || same) return;
    this.hidden = hidden;
    world.setRoom(asSeen(store.room, hidden), store.network.network);
    store.changed("arrange");
    this.streaming().changed();
  }

  private refusal(error: unknown): void {
    this.problem(error instanceof Error ? error.message : String(error));
  }
}
