/** Pages that were given back and are wanted again: the bridge has sent them, so they are fetched. */

import { decode, type Payload } from "../connection/frames";
import type { Pages } from "../generated/protocol";

/** At once; browsers open six connections to a host. */
const MOST_FETCHES = 3;

/** One level of a layer in a run. */
export interface Wanted {
  network: string;
  run: number;
  layer: string;
  level: number;
}

export class Refetch {
  private wanted: Wanted[] = [];
  private readonly underWay = new Map<string, AbortController>();

  constructor(
    private readonly token: () => string,
    private readonly received: (pages: Pages, payloads: Payload[]) => void,
  ) {}

  get busy(): boolean {
    return this.underWay.size > 0;
  }

  /** Fetches these from now on, in this order; what is under way and no longer wanted ends. */
  want(wanted: Wanted[]): void {
    const keys = new Set(wanted.map(keyOf));
    for (const [key, fetching] of this.underWay) if (!keys.has(key)) fetching.abort();
    this.wanted = wanted.filter((one) => !this.underWay.has(keyOf(one)));
    while (this.underWay.size < MOST_FETCHES && this.wanted.length > 0) this.next();
  }

  private next(): void {
    const wanted = this.wanted.shift();
    if (!wanted) return;
    const fetching = new AbortController();
    this.underWay.set(keyOf(wanted), fetching);
    void this.fetch(wanted, fetching.signal)
      // A run that is over, or a connection that is lost: what comes then is asked for anew.
      .catch(() => undefined)
      .finally(() => {
        this.underWay.delete(keyOf(wanted));
        this.next();
      });
  }

  private async fetch({ network, run, layer, level }: Wanted, signal: AbortSignal): Promise<void> {
    const path = [network, String(run), layer].map(encodeURIComponent).join("/");
    const url = new URL(`pages/${path}?level=${level}`, document.baseURI);
    const headers = { Authorization: `Bearer ${this.token()}` };
    const response = await fetch(url, { headers, signal });
    if (!response.ok) return;
    const { message, payloads } = decode(await response.arrayBuffer());
    if (message.type === "pages" && !signal.aborted) this.received(message, payloads);
  }
}

function keyOf({ network, run, layer, level }: Wanted): string {
  return `${network} ${run} ${level} ${layer}`;
}
