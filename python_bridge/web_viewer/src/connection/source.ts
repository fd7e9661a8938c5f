/**
 * Where messages come from: a bridge, or a recording of one that lies in the page itself. The rest of
 * the page does not know which.
 */

import { decode, type Received } from "./frames";

/** One level of a layer in a run, of pages that were sent before. */
export interface Wanted {
  network: string;
  run: number;
  layer: string;
  level: number;
}

/** What a connection needs of a WebSocket. */
export interface Wire {
  readonly readyState: number;
  binaryType: BinaryType;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export interface Source {
  /** Nothing answers but what was recorded. */
  readonly recorded: boolean;
  /** A new wire; it opens by itself. */
  open(): Wire;
  /** Whether anything answers at all, so that a wire is worth trying. */
  isThere(): Promise<boolean>;
  /** Pages once more; null for a refusal. Throws where no answer comes that can be read. */
  pages(wanted: Wanted, token: string, signal: AbortSignal): Promise<Received | null>;
  /** The session's file, with these settings in it. Throws, in words, why there is none. */
  session(settings: object, token: string): Promise<Blob>;
}

/** Longer no answer is waited for before an attempt. */
const PROBE_MS = 3000;

/** The bridge that served this page. */
export class BridgeSource implements Source {
  readonly recorded = false;

  open(): Wire {
    return new WebSocket(socketUrl());
  }

  /** One that takes long may be busy, or a tunnel hang. */
  async isThere(): Promise<boolean> {
    const signal = AbortSignal.timeout(PROBE_MS);
    const request = { method: "HEAD", cache: "no-store", signal } as const;
    try {
      return (await fetch(document.baseURI, request)).status < 500; // a proxy's own: no bridge there
    } catch (error) {
      return error instanceof DOMException && error.name === "TimeoutError";
    }
  }

  async pages(
    { network, run, layer, level }: Wanted, token: string, signal: AbortSignal,
  ): Promise<Received | null> {
    const path = [network, String(run), layer].map(encodeURIComponent).join("/");
    const url = new URL(`pages/${path}?level=${level}`, document.baseURI);
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(url, { headers, signal });
    return response.ok ? decode(await response.arrayBuffer()) : null;
  }

  async session(settings: object, token: string): Promise<Blob> {
    const url = new URL("session", document.baseURI);
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(settings) });
    if (response.ok) return response.blob();
    const { message } = decode(await response.arrayBuffer());
    throw new Error(message.type === "error" ? message.message : response.statusText);
  }
}

/** The WebSocket's address beside this page, under whatever prefix a proxy serves it. */
function socketUrl(): string {
  const url = new URL("ws", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.search = "";
  url.hash = "";
  return url.href;
}
