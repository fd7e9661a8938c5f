/**
 * The recording in a page that `layerwalk export --html` wrote: messages of a bridge, packed with
 * gzip, as base64 in script elements that are data and never run.
 */

import { decode, type Received } from "./frames";

export const RECORDING = 'script[type="application/x-layerwalk-recording"]';
const HEAD_BYTES = 8;
const BROKEN = "The recording in this page is broken or cut off: copy the file again";

/** Whether this page is one. */
export function hasRecording(): boolean {
  return document.querySelector(RECORDING) !== null;
}

/** The messages of each script element, in order; an element's text is let go of once it is read. */
export async function* recordedChunks(): AsyncGenerator<ArrayBuffer[]> {
  for (const element of document.querySelectorAll(RECORDING)) {
    const packed = bytesOf(element.textContent ?? "");
    element.textContent = "";
    yield messagesIn(await unpacked(packed));
  }
}

async function unpacked(packed: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  try {
    return await new Response(stream).arrayBuffer();
  } catch {
    throw new Error(BROKEN); // the browser's own words say less
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = decoded(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    throw new Error(BROKEN);
  }
}

/** Each message stands after its length (uint32, little-endian) and four zeros. */
export function messagesIn(chunk: ArrayBuffer): ArrayBuffer[] {
  const table = new DataView(chunk);
  const messages: ArrayBuffer[] = [];
  for (let at = 0; at < chunk.byteLength; ) {
    const length = at + HEAD_BYTES <= chunk.byteLength ? table.getUint32(at, true) : Infinity;
    at += HEAD_BYTES;
    if (at + length > chunk.byteLength) throw new Error(BROKEN);
    messages.push(chunk.slice(at, at + length));
    at += length;
  }
  return messages;
}

/** A message of its own: payloads of the one that is kept are not handed out. */
export function copyOf(message: ArrayBuffer): Received {
  return decode(message.slice(0));
}
