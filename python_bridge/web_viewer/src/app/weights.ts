/** How the parameters of the layers before the visitor are spread; the bridge counts them. */

import type { Connection } from "../connection/socket";
import type { Weight } from "../generated/protocol";
import type { Store } from "./store";

export const BINS = 62;

export interface WeightSpread extends Weight {
  counts: Uint32Array;
}

export class WeightSpreads {
  private layer = "";
  private found: readonly WeightSpread[] | null = null;
  private readonly heard: (() => void)[] = [];

  constructor(
    private readonly store: Store,
    private readonly connection: () => Connection,
  ) {
    store.on(["network", "connection"], () => (this.layer = ""));
  }

  /** What they are changed. */
  on(heard: () => void): void {
    this.heard.push(heard);
  }

  /** Those of a layer, null until they are here; asked for anew when another layer was. */
  of(layer: string): readonly WeightSpread[] | null {
    const { network, connection } = this.store;
    const node = network?.network.nodes.find(({ name }) => name === layer);
    if (!node?.parameters) return [];
    if (layer !== this.layer && network && connection === "connected") this.ask(network.name, layer);
    return layer === this.layer ? this.found : null;
  }

  private ask(network: string, layer: string): void {
    this.layer = layer;
    this.found = null;
    const asked = this.connection().ask({ type: "get_weights", network, layer, bins: BINS });
    void asked.then(
      ({ message, payloads }) => {
        if (message.type !== "weights" || layer !== this.layer) return;
        this.found = message.parameters.map((weight, index) => {
          return { ...weight, counts: Uint32Array.from(payloads[index] as ArrayLike<number>) };
        });
        for (const heard of this.heard) heard();
      },
      () => layer === this.layer && (this.found = []), // an older bridge, or it was lost: not told
    );
  }
}
