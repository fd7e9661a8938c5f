import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Refetch, type Wanted } from "../src/app/refetch";
import { encode } from "../src/connection/frames";
import { BridgeSource } from "../src/connection/source";
import type { ClientMessage } from "../src/generated/protocol";
import { pagesOf } from "./layers";

const SHAPE = { tiles: 4, height: 8, width: 8 };
const [FIRST, SECOND]: [Wanted, Wanted] = [0, 1].map((level) => ({
  network: "main", run: 1, layer: "stem/conv", level,
})) as [Wanted, Wanted];

let server: Server;
/** Requests as they came, which wait for what a test does with them. */
let asked: { url: string; response: ServerResponse }[];
let received: number[];
let failures: number;
let refetch: Refetch;

beforeEach(async () => {
  [asked, received, failures] = [[], [], 0];
  server = createServer(({ url }, response) => asked.push({ url: url!, response }));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal("document", { baseURI: `http://127.0.0.1:${port}/` });
  refetch = new Refetch(
    new BridgeSource(),
    () => "token",
    ({ levels }) => received.push(levels[0]!.level),
    () => failures++,
  );
});

afterEach(() => {
  refetch.want([]);
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

/** So many requests have come. */
const come = (count: number) => vi.waitFor(() => expect(asked).toHaveLength(count));

function answer(index: number, level: number): void {
  const [message, ranges, pixels] = pagesOf("stem/conv", 1, SHAPE, [level]);
  const payloads = [ranges, ...pixels].map((data) => ({ data, shape: [data.length] }));
  asked[index]!.response.end(encode(message as unknown as ClientMessage, payloads));
}

it("fetches what is wanted, in its order", async () => {
  refetch.want([FIRST, SECOND]);
  await come(2);
  expect(asked.map(({ url }) => url)).toEqual([
    "/pages/main/1/stem%2Fconv?level=0", "/pages/main/1/stem%2Fconv?level=1",
  ]);
  answer(0, 0);
  answer(1, 1);
  await vi.waitFor(() => expect(refetch.busy).toBe(false));
  expect(received.sort()).toEqual([0, 1]);
  expect(failures).toBe(0);
});

it("fetches anew what was given up and is wanted again at once", async () => {
  refetch.want([FIRST]);
  await come(1);
  refetch.want([]);
  expect(refetch.busy).toBe(false);
  refetch.want([FIRST]);
  await come(2);
  answer(1, 0);
  await vi.waitFor(() => expect(received).toEqual([0]));
  expect(refetch.busy).toBe(false);
});

it("has no more than three under way, whatever ends", async () => {
  const many = Array.from({ length: 9 }, (_, level) => ({ ...FIRST, level }));
  refetch.want(many.slice(0, 4));
  await come(3);
  refetch.want(many.slice(4));
  await come(6);
  const open = () => asked.filter(({ response }) => !response.destroyed).length;
  await vi.waitFor(() => expect(open()).toBe(3));
  answer(3, 0);
  await come(7);
  expect(open()).toBeLessThanOrEqual(3);
});

it.each([
  ["does not come whole", (response: ServerResponse): void => {
    response.writeHead(200, { "content-length": 1000 }).write("a part, and no more");
    response.socket!.end();
  }],
  ["cannot be read", (response: ServerResponse): void => void response.end("no message")],
])("says that an answer %s, is busy until then, and asks again", async (_how, fail) => {
  refetch.want([FIRST]);
  await come(1);
  fail(asked[0]!.response);
  await vi.waitFor(() => expect(failures).toBe(1), { timeout: 3000 });
  await vi.waitFor(() => expect(refetch.busy).toBe(false));
  refetch.want([FIRST]);
  await come(2);
  answer(1, 0);
  await vi.waitFor(() => expect(received).toEqual([0]));
});

it("takes a refusal for an answer", async () => {
  refetch.want([FIRST]);
  await come(1);
  asked[0]!.response.writeHead(404).end();
  await vi.waitFor(() => expect(refetch.busy).toBe(false));
  expect([received, failures]).toEqual([[], 0]);
});
