/**
 * A bridge that is no more: it answers from a recording, with the network as it was and one image.
 * What a visitor moves, hides or pins is theirs alone and goes with the page; what needs the network
 * is refused.
 */

import { decode as unpack } from "@msgpack/msgpack";

import type {
  BridgeMessage, Change, ClientMessage, InputPlaced, Pages, PictureData, Request, Welcome,
} from "../generated/protocol";
import { decode, encode, split, type Payload, type Received, type Shaped } from "./frames";
import { LocalDocument } from "./localdocument";
import { copyOf } from "./recording";
import type { Source, Wanted, Wire } from "./source";

/** Messages of pages that are handed on before the page may draw again. */
const AT_ONCE = 16;
const REFUSAL = "This page is a recording: what needs the network itself is not in it";

interface Recorded {
  message: Pages;
  data: ArrayBuffer;
}

type Chunks = AsyncIterable<ArrayBuffer[]>;

export class RecordedBridge implements Source {
  readonly recorded = true;
  readonly opening: BridgeMessage[] = [];
  welcome: Welcome | null = null;
  placed: ArrayBuffer | null = null;
  /** Prediction and Complete, or Failed. */
  readonly ending: ArrayBuffer[] = [];
  readonly pictures = new Map<string, Received>();
  readonly recordedPages: Recorded[] = [];
  /** All of the recording was read; or why it could not be. */
  whole = false;
  broken = "";
  private wire: RecordedWire | null = null;

  constructor(chunks: Chunks) {
    void this.read(chunks);
  }

  open(): Wire {
    this.wire = new RecordedWire(this);
    return this.wire;
  }

  isThere(): Promise<boolean> {
    return Promise.resolve(true);
  }

  pages({ layer, level }: Wanted): Promise<Received | null> {
    const found = this.recordedPages.find(({ message }) => message.layer === layer && has(message, level));
    return Promise.resolve(found ? copyOf(found.data) : null);
  }

  session(): Promise<Blob> {
    return Promise.reject(new Error(REFUSAL));
  }

  /** The run that was recorded. */
  get run(): InputPlaced | null {
    return this.placed && (decode(this.placed).message as InputPlaced);
  }

  private async read(chunks: Chunks): Promise<void> {
    try {
      for await (const messages of chunks) {
        for (const data of messages) this.take(data);
        this.wire?.more();
      }
    } catch (error) {
      this.broken = error instanceof Error ? error.message : String(error);
    }
    this.whole = true;
    this.wire?.more();
  }

  private take(data: ArrayBuffer): void {
    const received = decode(data);
    const { message } = received;
    if (message.type === "pages") this.recordedPages.push({ message, data });
    else if (message.type === "input_placed") this.placed = data;
    else if (message.type === "picture_data") this.pictures.set(message.picture, received);
    else if (message.type === "welcome") this.welcome = message;
    else if (message.type === "network_published" || message.type === "room_published") {
      this.opening.push(message);
    } else this.ending.push(data);
  }
}

/** Speaks as the bridge did on a WebSocket. */
class RecordedWire implements Wire {
  readyState: number = WebSocket.CONNECTING;
  binaryType: BinaryType = "arraybuffer";
  onopen: Wire["onopen"] = null;
  onmessage: Wire["onmessage"] = null;
  onclose: Wire["onclose"] = null;
  private document: LocalDocument | null = null;
  private greeted = false;
  private welcomed = false;
  private announced = false;
  private request: Request | null = null;
  /** Indices of the pages that were handed on. */
  private readonly sent = new Set<number>();
  /** The end of the run was told for this request. */
  private ended = false;
  private timer = 0;

  constructor(private readonly bridge: RecordedBridge) {
    window.setTimeout(() => {
      this.readyState = WebSocket.OPEN;
      this.onopen?.(new Event("open"));
    });
  }

  send(data: Uint8Array<ArrayBuffer>): void {
    const [header] = split(data.buffer);
    const message = unpack(header!) as ClientMessage;
    if (message.type === "hello") this.greeted = true;
    else if (message.type === "request") this.begin(message);
    else if (message.type !== "credit") this.answer(message);
    this.more();
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
    window.clearTimeout(this.timer);
    this.onclose?.(new CloseEvent("close"));
  }

  /** More was read, or is asked for. */
  more(): void {
    if (this.timer === 0) this.timer = window.setTimeout(() => this.goOn());
  }

  private goOn(): void {
    this.timer = 0;
    if (this.readyState !== WebSocket.OPEN || !this.greeted) return;
    if (!this.welcomed) this.greet();
    if (this.request) this.stream(this.request);
  }

  private greet(): void {
    const { welcome, opening, broken } = this.bridge;
    if (broken) this.refuse(null, broken, "VersionMismatch");
    if (!welcome || opening.length < 2) return;
    this.welcomed = true;
    this.document = new LocalDocument(welcome.document);
    this.say(welcome);
    for (const message of opening) this.say(message);
  }

  private begin(request: Request): void {
    this.request = request;
    this.ended = false;
    this.reply(request.request);
  }

  /** First what the visitor sees coarsely, then in the order that they asked for, then the end. */
  private stream(request: Request): void {
    const { placed, ending, whole } = this.bridge;
    if (!placed) return;
    if (!this.announced) this.hand(placed);
    this.announced = true;
    const due = this.due(request);
    for (const index of due.slice(0, AT_ONCE)) {
      this.sent.add(index);
      this.hand(this.bridge.recordedPages[index]!.data);
    }
    if (due.length > AT_ONCE) this.more();
    else if (whole && !this.ended) {
      this.ended = true;
      ending.forEach((data) => this.hand(data));
    }
  }

  private due({ layers, levels, then }: Request): number[] {
    const due = new Set<number>();
    for (const part of [{ layers, levels }, ...(then ?? [])]) {
      const asked = new Set(part.layers);
      const finest = Math.min(...(part.levels ?? [0]));
      const coarse = "first_light" in part ? part.first_light : true;
      this.bridge.recordedPages.forEach(({ message }, index) => {
        if (this.sent.has(index) || !(asked.has(message.layer) || asked.has("*"))) return;
        if (coarse ? isCoarse(this.bridge.recordedPages, index) : coarsest(message) >= finest) due.add(index);
      });
    }
    return [...due];
  }

  private answer(message: ClientMessage): void {
    const { bridge } = this;
    if (message.type === "get_picture") this.picture(message.request, message.picture);
    else if (message.type === "grab") this.reply(message.request);
    else if (message.type === "get_snapshot") this.snapshot(message.request);
    else if (message.type === "change") this.change(message);
    else if (message.type === "place_image" && message.picture && message.picture === bridge.run?.picture) {
      this.reply(message.request, { run: bridge.run.run });
    } else if ("request" in message) this.refuse(message.request);
  }

  private snapshot(request: number): void {
    if (this.document) this.say(this.document.snapshot(request));
  }

  private change(message: Change): void {
    const { document } = this;
    if (!document?.takes(message.path)) return this.refuse(message.request);
    const refusal = document.refusal(message);
    if (refusal) return this.refuse(message.request, refusal);
    const event = document.change(message.path, message.value);
    this.reply(message.request, { revision: event.revision });
    this.say(event);
  }

  private picture(request: number, picture: string): void {
    const found = this.bridge.pictures.get(picture);
    if (!found) return this.refuse(request);
    const message = found.message as PictureData;
    this.say({ ...message, request }, found.payloads);
  }

  private reply(request = 0, values: { run?: number; revision?: number } = {}): void {
    const nothing = { run: null, revision: null, layers: null, picture: null };
    this.say({ type: "reply", buffers: [], request, ...nothing, ...values });
  }

  private refuse(request: number | null = 0, message = REFUSAL, code = "Recorded"): void {
    this.say({ type: "error", buffers: [], request, code, message });
  }

  private say(message: BridgeMessage, payloads: readonly Payload[] = []): void {
    const shapes = message.buffers ?? [];
    const shaped: Shaped[] = payloads.map((data, index) => ({ data, shape: shapes[index]?.shape ?? [data.length] }));
    // The frame is the same both ways.
    this.hand(encode(message as unknown as ClientMessage, shaped).buffer, true);
  }

  /** As a message comes: never within a call of the page. */
  private hand(data: ArrayBuffer, own = false): void {
    const message = own ? data : data.slice(0);
    window.setTimeout(() => {
      if (this.readyState === WebSocket.OPEN) this.onmessage?.(new MessageEvent("message", { data: message }));
    });
  }
}

const levelsOf = (message: Pages): number[] => message.levels.map(({ level }) => level);
const coarsest = (message: Pages): number => Math.max(...levelsOf(message));
const has = (message: Pages, level: number): boolean => levelsOf(message).includes(level);

/** The first message of a layer is its first light. */
function isCoarse(pages: readonly Recorded[], index: number): boolean {
  const { layer } = pages[index]!.message;
  return pages.findIndex(({ message }) => message.layer === layer) === index;
}
