/** Pages that were given back and are wanted again: the bridge has sent them, so they are fetched. */

import type { Payload, Received } from "../connection/frames";
import type { Source, Wanted } from "../connection/source";
import type { Pages } from "../generated/protocol";

export type { Wanted };

/** At once; browsers open six connections to a host. */
const MOST_FETCHES = 3;
/** So long after no answer came that can be read, the bridge may be asked again. */
const AGAIN_MS = 500;

export class Refetch {
  private wanted: Wanted[] = [];
  private readonly underWay = new Map<string, AbortController>();

  constructor(
    private readonly source: Source,
    private readonly token: () => string,
    private readonly received: (pages: Pages, payloads: Payload[]) => void,
    /** Something that is still wanted did not come: time to say anew what is. */
    private readonly failed: () => void,
  ) {}

  get busy(): boolean {
    return this.underWay.size > 0;
  }

  /** Fetches these from now on, in this order; what is under way and no longer wanted ends. */
  want(wanted: Wanted[]): void {
    const keys = new Set(wanted.map(keyOf));
    for (const [key, fetching] of this.underWay) if (!keys.has(key)) this.end(key, fetching);
    this.wanted = wanted.filter((one) => !this.underWay.has(keyOf(one)));
    this.begin();
  }

  /** From now on it may be wanted again. */
  private end(key: string, fetching: AbortController): void {
    fetching.abort();
    if (this.underWay.get(key) === fetching) this.underWay.delete(key);
  }

  private begin(): void {
    while (this.underWay.size < MOST_FETCHES) {
      const wanted = this.wanted.shift();
      if (!wanted) return;
      const fetching = new AbortController();
      this.underWay.set(keyOf(wanted), fetching);
      void this.fetch(wanted, fetching.signal).finally(() => {
        this.end(keyOf(wanted), fetching);
        this.begin();
      });
    }
  }

  private async fetch(wanted: Wanted, signal: AbortSignal): Promise<void> {
    let answer: Received | null;
    try {
      // Null for a refusal: that run is over, and what is of the next one will be asked for anew.
      answer = await this.source.pages(wanted, this.token(), signal);
    } catch {
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      if (!signal.aborted) this.failed();
      return;
    }
    if (answer === null || signal.aborted) return;
    const { message, payloads } = answer;
    if (message.type === "pages") this.received(message, payloads);
  }
}

function keyOf({ network, run, layer, level }: Wanted): string {
  return `${network} ${run} ${level} ${layer}`;
}
