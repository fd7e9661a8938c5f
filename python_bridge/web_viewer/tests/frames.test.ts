import { encode as pack } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";

import { decode, encode, InvalidMessage, join, split } from "../src/connection/frames";
import type { Pages } from "../src/generated/protocol";

/** A message as the bridge would send it, its payloads raw. */
function message(header: unknown, ...payloads: Uint8Array[]): ArrayBuffer {
  return join([pack(header), ...payloads]).buffer;
}

const bytes = (array: Float32Array): Uint8Array => new Uint8Array(array.buffer.slice(0));

describe("parts of a message", () => {
  it("come out as they went in, each at a multiple of 8 bytes", () => {
    for (const lengths of [[1], [3, 0, 8], [7, 9, 1, 64], [0]]) {
      const parts = lengths.map((length, i) => new Uint8Array(length).fill(i + 1));
      const found = split(join(parts).buffer);
      expect(found.map((part) => [...part])).toEqual(parts.map((part) => [...part]));
      for (const part of found) expect(part.byteOffset % 8).toBe(0);
    }
  });

  it("are views on the message, not copies", () => {
    const { buffer } = join([new Uint8Array(4), new Uint8Array(16)]);
    expect(split(buffer)[1]?.buffer).toBe(buffer);
  });

  it("are refused where the table lies", () => {
    const sound = join([new Uint8Array(4), new Uint8Array(16)]);
    const broken = (change: (table: DataView) => void): ArrayBuffer => {
      const copy = sound.slice().buffer;
      change(new DataView(copy));
      return copy;
    };
    expect(() => split(new ArrayBuffer(3))).toThrow(InvalidMessage);
    expect(() => split(broken((t) => t.setUint32(0, 0, true)))).toThrow(/parts/);
    expect(() => split(broken((t) => t.setUint32(0, 65, true)))).toThrow(/parts/);
    expect(() => split(broken((t) => t.setUint32(12, 4, true)))).toThrow(/outside/);
    expect(() => split(broken((t) => t.setUint32(12, 25, true)))).toThrow(/outside/);
    expect(() => split(broken((t) => t.setUint32(16, 1e9, true)))).toThrow(/outside/);
  });
});

describe("a message", () => {
  const ranges = new Float32Array([-1.5, 0.25, 3, 4]);
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => i);
  const buffers = [
    { dtype: "float32", shape: [2, 2] },
    { dtype: "uint8", shape: [3, 4] },
  ];

  it("has its payloads in the announced dtype, uncopied", () => {
    const data = message({ type: "pages", layer: "conv1", buffers }, bytes(ranges), pixels);
    const received = decode(data);
    expect((received.message as Pages).layer).toBe("conv1");
    expect(received.payloads[0]).toEqual(ranges);
    expect(received.payloads[1]).toEqual(pixels);
    expect(received.payloads.every((payload) => payload.buffer === data)).toBe(true);
    expect(received.bytes).toBe(data.byteLength);
  });

  it("is refused where header and payloads differ", () => {
    expect(() => decode(message({ type: "pages", buffers }, bytes(ranges)))).toThrow(
      /2 buffers, 1/,
    );
    expect(() => decode(message({ type: "pages", buffers }, pixels, pixels))).toThrow(/16/);
    const negative = [{ dtype: "uint8", shape: [-3, -4] }];
    expect(() => decode(message({ type: "x", buffers: negative }, pixels))).toThrow(/shape/);
    const unknown = [{ dtype: "float16", shape: [3] }];
    expect(() => decode(message({ type: "x", buffers: unknown }, pixels))).toThrow(/float16/);
  });

  it("is refused where the header is no map with a type", () => {
    for (const header of [[1, 2], "text", null, { no: "type" }]) {
      expect(() => decode(message(header))).toThrow(InvalidMessage);
    }
    expect(() => decode(join([new Uint8Array([0xc1])]).buffer)).toThrow(/cannot be read/);
  });

  it("describes the payloads it is sent with", () => {
    const place = { request: 3, name: "cup", picture: "", network: "main", input: "input" };
    const sent = encode({ type: "place_image", ...place }, [{ data: pixels, shape: [12] }]);
    const received = decode(sent.buffer);
    expect(received.message).toEqual({
      type: "place_image",
      ...place,
      buffers: [{ dtype: "uint8", shape: [12] }],
    });
    expect(received.payloads).toEqual([pixels]);
  });
});
