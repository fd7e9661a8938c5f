/**
 * Frames of the protocol on a WebSocket: a MessagePack header and raw buffers behind an offset
 * table, every part 8-byte aligned, so that buffers are viewed and never copied. The same
 * arithmetic as `layerwalk/protocol/frames.py`, against the same golden messages.
 */

import { decode as unpack, encode as pack } from "@msgpack/msgpack";

import type { BridgeMessage, Buffer, ClientMessage } from "../generated/protocol";

const ALIGNMENT = 8;
const MAX_PARTS = 64;
const MAX_DIMENSIONS = 8;

export type Payload = Uint8Array | Int32Array | Float32Array;

/** A message that cannot be read; says which part of it is wrong. */
export class InvalidMessage extends globalThis.Error {
  override readonly name = "InvalidMessage";
}

/** A message with its payloads, each in the dtype and length that the header announces. */
export interface Received {
  message: BridgeMessage;
  payloads: Payload[];
  /** Size of the whole message on the wire, in bytes. */
  bytes: number;
}

/** The parts of one WebSocket message, as views on `data`. Throws InvalidMessage. */
export function split(data: ArrayBuffer): Uint8Array[] {
  const size = data.byteLength;
  if (size < 4) throw new InvalidMessage(`a message of ${size} bytes has no table of parts`);
  const table = new DataView(data);
  const count = table.getUint32(0, true);
  if (count < 1 || count > MAX_PARTS || 4 + 8 * count > size) {
    throw new InvalidMessage(`a message has 1 to ${MAX_PARTS} parts, this one says ${count}`);
  }
  return Array.from({ length: count }, (_, index) => {
    const offset = table.getUint32(4 + 8 * index, true);
    const length = table.getUint32(8 + 8 * index, true);
    if (offset + length > size || offset < 4 + 8 * count || offset % ALIGNMENT !== 0) {
      throw new InvalidMessage(`part ${index} at ${offset} + ${length} is outside its message`);
    }
    return new Uint8Array(data, offset, length);
  });
}

/** One WebSocket message made of `parts`. */
export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const offsets: number[] = [];
  let end = aligned(4 + 8 * parts.length);
  for (const part of parts) {
    offsets.push(end);
    end = aligned(end + part.length);
  }
  const message = new Uint8Array(end);
  const table = new DataView(message.buffer);
  table.setUint32(0, parts.length, true);
  parts.forEach((part, index) => {
    const offset = offsets[index] ?? 0;
    table.setUint32(4 + 8 * index, offset, true);
    table.setUint32(8 + 8 * index, part.length, true);
    message.set(part, offset);
  });
  return message;
}

/** A payload with the shape it travels with. */
export interface Shaped {
  data: Payload;
  shape: number[];
}

/** One WebSocket message of `message`, its `buffers` filled in from `payloads`. */
export function encode(
  message: ClientMessage,
  payloads: readonly Shaped[] = [],
): Uint8Array<ArrayBuffer> {
  const buffers: Buffer[] = payloads.map(({ data, shape }) => ({ dtype: dtypeOf(data), shape }));
  const header = pack({ ...message, buffers });
  const bodies = payloads.map(
    ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  return join([header, ...bodies]);
}

/** The message in `data`; its payloads are views on `data`. Throws InvalidMessage. */
export function decode(data: ArrayBuffer): Received {
  const [header, ...bodies] = split(data);
  const message = readHeader(header ?? new Uint8Array());
  const buffers = message.buffers ?? [];
  if (buffers.length !== bodies.length) {
    throw new InvalidMessage(`header announces ${buffers.length} buffers, ${bodies.length} came`);
  }
  const payloads = bodies.map((body, index) => view(buffers[index] as Buffer, body));
  return { message, payloads, bytes: data.byteLength };
}

function readHeader(header: Uint8Array): BridgeMessage {
  let message: unknown;
  try {
    message = unpack(header);
  } catch (error) {
    throw new InvalidMessage(`header cannot be read: ${String(error)}`);
  }
  if (typeof message !== "object" || message === null || !("type" in message)) {
    throw new InvalidMessage("header is not a map with a type");
  }
  return message as BridgeMessage;
}

function view(buffer: Buffer, body: Uint8Array): Payload {
  const { dtype, shape } = buffer;
  const fits = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;
  if (shape.length > MAX_DIMENSIONS || !shape.every(fits)) {
    throw new InvalidMessage(`shape [${shape.slice(0, 16).join(", ")}] is none`);
  }
  const elements = shape.reduce((product, size) => product * size, 1);
  const itemBytes = dtype === "uint8" ? 1 : 4;
  if (elements * itemBytes !== body.length) {
    throw new InvalidMessage(
      `buffer of ${body.length} bytes; ${dtype} [${shape.join(", ")}] has ${elements * itemBytes}`,
    );
  }
  if (dtype === "uint8") return body;
  if (dtype === "int32") return new Int32Array(body.buffer, body.byteOffset, elements);
  if (dtype === "float32") return new Float32Array(body.buffer, body.byteOffset, elements);
  throw new InvalidMessage(`dtype ${String(dtype)} is none of uint8, int32, float32`);
}

function dtypeOf(data: Payload): Buffer["dtype"] {
  if (data instanceof Float32Array) return "float32";
  return data instanceof Int32Array ? "int32" : "uint8";
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
