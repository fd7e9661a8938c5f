/**
 * One connection to the bridge that comes back by itself: Hello, credit for pages, numbered
 * requests with their answers, and a new attempt after every loss.
 */

import {
  MAJOR,
  MINOR,
  SCHEMA,
  type BridgeMessage,
  type Change,
  type Expand,
  type GetPicture,
  type GetSnapshot,
  type GetWeights,
  type Grab,
  type KeepImage,
  type MakeBlend,
  type MakeFeatureMap,
  type MakeNoise,
  type PictureData,
  type PlaceImage,
  type Reply,
  type Request,
  type Snapshot,
  type Weights,
  type Welcome,
} from "../generated/protocol";
import { decode, encode, type Payload, type Received, type Shaped } from "./frames";
import type { Source, Wire } from "./source";
import type { Token } from "./token";

/** Bytes of pages that may be under way to this page; renewed as they are consumed. */
const CREDIT_BYTES = 96 * 2 ** 20;
const FIRST_DELAY_MS = 250;
/** A page that is looked at is back soon; one that is not, when it is looked at again. */
const MAX_DELAY_MS = 1000;
const MAX_HIDDEN_DELAY_MS = 5000;
/**
 * A bridge behind a tunnel or a proxy that hangs is lost without a word, and a page is not told
 * of the pings that the bridge sends. So after a silence this page asks for something small, and
 * takes the connection for lost if nothing at all comes then; likewise if no Welcome comes.
 */
const SILENCE_MS = 15_000;
const ANSWER_MS = 45_000; // a large layer on a slow line says nothing before it is whole
const WELCOME_MS = 15_000;
const WATCH_MS = 5000;
const OTHER_TOKEN =
  "The bridge was started anew with another token: open the address that it printed";

export type ConnectionState = "connecting" | "connected" | "lost" | "refused";

/** A request that the bridge refused; `code` is the class name of its error. */
export class Refused extends globalThis.Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface ConnectionHandlers {
  /** The state changed; `reason` says why, in words for the visitor ("" for none). */
  state(state: ConnectionState, reason: string): void;
  welcome(message: Welcome): void;
  /** Every message but Welcome and answers; payloads of Pages are consumed on return. */
  message(message: BridgeMessage, payloads: Payload[]): void;
  /** An error that answers no request of ours. */
  error(code: string, message: string): void;
}

type Answer = { message: Reply | Snapshot | PictureData | Weights; payloads: Payload[] };
type Numbered =
  | Request | PlaceImage | MakeNoise | MakeFeatureMap | MakeBlend | KeepImage | Change | Grab
  | Expand | GetSnapshot | GetPicture | GetWeights;
type Unnumbered<T> = T extends Numbered ? Omit<T, "request"> : never;

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: globalThis.Error): void;
}

export class Connection {
  state: ConnectionState = "connecting";
  private socket: Wire | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private request = 0;
  private attempts = 0;
  private timer = 0;
  private probing = false;
  /** The page was looked at while it probed: what is found may be over already. */
  private looked = false;
  /** The bridge has let this page in before, so that being refused may pass. */
  private known = false;
  private tried = "";
  /** When the last message came, or the attempt began; when something was asked since (0: not). */
  private heard = 0;
  private asked = 0;
  private reason = "";

  constructor(
    private readonly source: Source,
    readonly token: Token,
    private readonly handlers: ConnectionHandlers,
  ) {
    window.setInterval(() => this.watch(), WATCH_MS);
    const looked = (): void => {
      if (document.hidden) return;
      this.looked = this.probing;
      void this.attempt();
    };
    for (const event of ["focus", "online", "pageshow"]) window.addEventListener(event, looked);
    document.addEventListener("visibilitychange", looked);
  }

  open(): void {
    window.clearTimeout(this.timer);
    this.socket?.close(); // an attempt still under way must not end in a second connection
    this.hear();
    const socket = this.source.open();
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.hello(socket);
    socket.onmessage = (event) => this.received(event.data as ArrayBuffer | string);
    socket.onclose = () => this.closed(socket);
    this.socket = socket;
  }

  /** Sends a numbered message; settles with its answer, or with Refused. */
  ask(message: Unnumbered<Numbered>, payloads: readonly Shaped[] = []): Promise<Answer> {
    const request = ++this.request;
    return new Promise((resolve, reject) => {
      if (this.state !== "connected" || this.socket === null) {
        reject(new Refused("ConnectionFailed", "Not connected to the bridge"));
        return;
      }
      this.waiting.set(request, { resolve, reject });
      this.socket.send(encode({ ...message, request }, payloads));
    });
  }

  /** Tries again now instead of after the delay. */
  retry(): void {
    if (this.state === "lost") this.open();
  }

  /**
   * Opens once the bridge answers. Browsers make a page wait up to 5 s for each WebSocket after
   * some have failed, but not for a small file.
   */
  private async attempt(): Promise<void> {
    if (this.socket || this.probing || this.state === "refused") return;
    window.clearTimeout(this.timer);
    this.probing = true;
    const there = await this.source.isThere();
    this.probing = false;
    if (this.socket) return; // the visitor was faster
    const again = this.looked;
    this.looked = false;
    if (there) this.open();
    else if (again) void this.attempt();
    else this.attemptLater();
  }

  private attemptLater(): void {
    const most = document.hidden ? MAX_HIDDEN_DELAY_MS : MAX_DELAY_MS;
    const delay = Math.min(most, FIRST_DELAY_MS * 2 ** this.attempts++);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.attempt(), delay);
  }

  private hear(): void {
    this.heard = performance.now();
    this.asked = 0;
  }

  /** Looks whether the bridge is still there. */
  private watch(): void {
    const { socket } = this;
    if (!socket || this.state === "refused") return;
    const now = performance.now();
    if (this.state !== "connected") {
      if (now - this.heard >= WELCOME_MS) this.abandon(socket);
    } else if (this.asked) {
      if (now - this.asked >= ANSWER_MS) this.abandon(socket);
    } else if (now - this.heard >= SILENCE_MS) {
      this.asked = now;
      this.ask({ type: "get_snapshot" }).catch(() => undefined); // any word will do
    }
  }

  /** Nothing comes any more: what this socket may still say, much later, counts no more. */
  private abandon(socket: Wire): void {
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.closed(socket);
  }

  private hello(socket: Wire): void {
    const hello = { major: MAJOR, minor: MINOR, schema: SCHEMA, client: "web" };
    this.tried = this.token.value;
    socket.send(encode({ type: "hello", ...hello, token: this.tried }));
    // Runs are numbered from 1 on: from the first one this page says what it has dealt with.
    socket.send(encode({ type: "credit", bytes: CREDIT_BYTES, run: 1 }));
  }

  private received(data: ArrayBuffer | string): void {
    this.hear();
    if (typeof data === "string") return;
    let received: Received;
    try {
      received = decode(data);
    } catch (error) {
      this.handlers.error("InvalidMessage", String(error));
      return;
    }
    const { message, payloads, bytes } = received;
    try {
      this.dispatch(message, payloads);
    } finally {
      // Credit counts the whole message: never less than the bridge counted.
      if (message.type === "pages") this.renew(bytes);
    }
  }

  private dispatch(message: BridgeMessage, payloads: Payload[]): void {
    if (message.type === "welcome") this.welcome(message);
    else if (message.type === "error") this.refused(message);
    else if (this.isAnswer(message)) {
      this.settle(message.request)?.resolve({ message, payloads });
    } else this.handlers.message(message, payloads);
  }

  private isAnswer(message: BridgeMessage): message is Answer["message"] {
    return ["reply", "snapshot", "picture_data", "weights"].includes(message.type);
  }

  /** A run is being shown: the bridge may tell of the next one, once this page has drawn. */
  shows(run: number): void {
    const { socket } = this;
    const tell = (): void => {
      if (socket === this.socket) this.renew(0, run);
    };
    if (document.hidden) tell();
    else requestAnimationFrame(tell);
  }

  private renew(bytes: number, run = 0): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(encode({ type: "credit", bytes, run }));
    }
  }

  private welcome(message: Welcome): void {
    if (message.major !== MAJOR) {
      const versions = `the bridge ${message.major}.${message.minor}, this page ${MAJOR}.${MINOR}`;
      this.refuse(`Protocol versions differ: ${versions}. Reload the page from this bridge.`);
      return;
    }
    Object.assign(this, { known: true, attempts: 0, reason: "" });
    this.token.accepted(this.tried);
    this.setState("connected", "");
    this.handlers.welcome(message);
  }

  private refused(message: { request: number | null; code: string; message: string }): void {
    const waiting = message.request === null ? undefined : this.settle(message.request);
    if (waiting) waiting.reject(new Refused(message.code, message.message));
    else if (message.code === "Unauthorized") this.unauthorized(message.message);
    else if (message.code === "VersionMismatch") this.refuse(message.message);
    else this.handlers.error(message.code, message.message);
  }

  /** Who was let in before waits for a bridge with the right token, or for a newer token. */
  private unauthorized(reason: string): void {
    this.token.refused(this.tried);
    if (!this.known) this.refuse(reason);
    else {
      this.reason = OTHER_TOKEN;
      this.socket?.close();
    }
  }

  /** Ends for good: another attempt would meet the same answer. */
  private refuse(reason: string): void {
    this.setState("refused", reason);
    this.socket?.close();
  }

  private closed(socket: Wire): void {
    if (socket !== this.socket) return;
    this.socket = null;
    for (const waiting of this.waiting.values()) {
      waiting.reject(new Refused("ConnectionFailed", "Connection lost before the bridge answered"));
    }
    this.waiting.clear();
    if (this.state === "refused") return;
    this.setState(this.known ? "lost" : "connecting", this.reason);
    this.attemptLater();
  }

  private settle(request: number): Waiting | undefined {
    const waiting = this.waiting.get(request);
    this.waiting.delete(request);
    return waiting;
  }

  private setState(state: ConnectionState, reason: string): void {
    this.state = state;
    this.handlers.state(state, reason);
  }
}
