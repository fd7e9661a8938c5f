import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { decode, encode, type Payload } from "../src/connection/frames";
import type { Buffer, ClientMessage } from "../src/generated/protocol";

/** The same messages that Python and C# decode. */
const FOLDER = new URL("../../../tests/golden/protocol/", import.meta.url);
const CLIENT = ["hello", "request", "credit", "place_image", "change", "grab"];
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".bin"))
  .map((file) => file.slice(0, -4));

interface Golden {
  header: { type: string; buffers: Buffer[] };
  payloads: (number | string)[][];
}

function golden(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf-8")) as Golden;
}

function bytesOf(name: string): ArrayBuffer {
  return new Uint8Array(readFileSync(new URL(`${name}.bin`, FOLDER))).buffer;
}

/** JSON has neither NaN nor infinities: they stand there by name. */
function values(payload: Payload): (number | string)[] {
  return [...payload].map((value) => (Number.isFinite(value) ? value : String(value)));
}

describe("golden messages", () => {
  it("are there", () => expect(names.length).toBeGreaterThan(20));

  it.each(names)("%s means what its JSON says", (name) => {
    const { header, payloads } = golden(name);
    const received = decode(bytesOf(name));
    expect(received.message).toEqual(header);
    expect(received.payloads.map(values)).toEqual(payloads.map((list) => list.map(plain)));
  });

  it.each(CLIENT)("%s survives this page's encoder", (name) => {
    const { header } = golden(name);
    const { payloads } = decode(bytesOf(name));
    const shaped = payloads.map((data, i) => ({ data, shape: header.buffers[i]?.shape ?? [] }));
    const message = header as unknown as ClientMessage;
    const received = decode(encode(message, shaped).buffer);
    expect(received.message).toEqual(header);
    expect(received.payloads).toEqual(payloads);
  });
});

function plain(value: number | string): number | string {
  if (typeof value === "number") return value;
  return String(Number(value.replace(/^([+-]?)inf.*$/i, "$1Infinity").replace(/^nan$/i, "NaN")));
}
