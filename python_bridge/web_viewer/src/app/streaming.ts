/** Asks for what the visitor can see, in that order, whenever that has changed. */

import type { Connection } from "../connection/socket";
import type { Payload } from "../connection/frames";
import type { Source } from "../connection/source";
import type { Pages, Request } from "../generated/protocol";
import { tileShape } from "../scene/page";
import type { Want } from "../scene/types";
import type { World } from "../scene/world";
import { Refetch } from "./refetch";
import {
  inOrderOfSight,
  type Outlook,
  outlookOf,
  partsOf,
  planFor,
  type Plan,
  type Seen,
} from "./sight";
import type { Store } from "./store";
import type { Visitor } from "./visitor";

/** While the visitor walks the order is looked at so often, and soon after they stand still. */
const WALKING_MS = 350;
const STILL_MS = 60;
/** Share of the budget that is asked for; the rest is for what is on its way. */
const ASKED_FOR = 0.9;

export class Streaming {
  private readonly refetch: Refetch;
  private wants: ReadonlyMap<string, Want> = new Map();
  private dirty = true;
  private outlooks: readonly Outlook[] | null = null;
  private looked = 0;
  /** The last request, as it was written. */
  private requested = "";
  /** The last request was sent, but not all that it asks for of the newest run has come. */
  private awaits: "reply" | "complete" | null = null;

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly visitor: Visitor,
    private readonly connection: () => Connection,
    private readonly problem: (message: string, about: string) => void,
    /** There is too little room for some layers; "": for none. */
    private readonly lacking: (message: string) => void,
    received: (pages: Pages, payloads: Payload[]) => void,
    source: Source,
  ) {
    const token = () => this.connection().token.value;
    this.refetch = new Refetch(source, token, received, () => this.changed());
    store.on(["room", "selection", "view", "place"], () => this.changed());
    window.addEventListener("resize", () => this.changed());
  }

  /** How many layers are asked for. */
  get layers(): number {
    return this.wants.size;
  }

  /** All that is worth having where the visitor stands has come. */
  get settled(): boolean {
    return !this.dirty && this.awaits === null && !this.refetch.busy;
  }

  /** A picture is taken, which shows this; null: only the visitor looks. */
  look(outlooks: readonly Outlook[] | null): void {
    this.outlooks = outlooks;
    this.changed();
  }

  /** Something else may be in sight. */
  changed(): void {
    this.dirty = true;
  }

  /** The bridge knows of no request yet. */
  welcomed(): void {
    this.requested = "";
    this.awaits = null;
    this.changed();
  }

  /** Everything that was asked for of the newest run has come, or will never. */
  ended(): void {
    if (this.awaits === "complete") this.awaits = null;
  }

  /** To be called every frame, and does something a few times a second at most. */
  update(now = performance.now()): void {
    if (!this.dirty || this.store.connection !== "connected" || !this.store.room) return;
    if (now - this.looked < (this.visitor.moving ? WALKING_MS : STILL_MS)) return;
    this.looked = now;
    this.dirty = false;
    const plan = this.plan();
    this.wants = plan.wants;
    this.world.want(plan.wants, plan.slices);
    this.tellOf(plan);
    this.ask();
    this.fetchMissing();
  }

  private plan(): Plan {
    const { world, visitor } = this;
    const outlooks = this.outlooks ?? [outlookOf(visitor.destination, ...world.pixels)];
    const whole = this.selected();
    const seen = [...whole, ...inOrderOfSight(world.fields, outlooks)];
    const once = [...new Map(seen.map((one) => [one.layer, one])).values()];
    const most = ASKED_FOR * world.memory.budgetBytes;
    const bounds = {
      bytes: most,
      slices: most,
      edge: world.tileEdge,
      whole: new Set(whole.map(({ layer }) => layer)),
    };
    return planFor(once, bounds, this.wants);
  }

  private tellOf({ wants, dark, leastBytes }: Plan): void {
    const { store } = this;
    const have = inMegabytes(this.world.memory.budgetBytes);
    const need = 2 ** Math.ceil(Math.log2(inMegabytes(leastBytes / ASKED_FOR)));
    const shortage = dark.size
      ? `The budget of ${have} MB is too small for ${dark.size} of ${wants.size + dark.size} layers, ` +
        `whose walls stay dark; open the page with #budget=${need} to see all`
      : "";
    store.dark = dark;
    if (shortage === store.shortage) return;
    store.shortage = shortage;
    this.lacking(shortage);
    store.changed("view");
  }

  /** The panel says numbers of the selected layer, whether or not it is on a wall. */
  private selected(): Seen[] {
    const layer = this.store.selection?.layer;
    const node = this.store.network?.network.nodes.find(({ name }) => name === layer);
    if (!node?.shown) return [];
    const shape = tileShape(node.axes);
    return [{ layer: node.name, shape, inView: true, area: Infinity, level: 0 }];
  }

  private ask(): void {
    const [first, ...then] = partsOf(this.wants);
    const message: Omit<Request, "request"> = {
      type: "request",
      network: this.store.network?.name ?? "main",
      inputs: [this.store.input, ...this.store.frames().filter((one) => one !== this.store.input)],
      ...first,
      then,
      budget_bytes: Math.floor(ASKED_FOR * this.world.memory.budgetBytes),
      texture_edge: this.world.tileEdge,
    };
    const written = JSON.stringify(message);
    if (written === this.requested || this.wants.size === 0) return;
    this.requested = written;
    this.awaits = "reply";
    this.connection()
      .ask(message)
      .then(() => this.replied(written))
      .catch((error: unknown) => this.refused(written, error));
  }

  /** From the answer on, the end of a run is the end of what this request asks for. */
  private replied(written: string): void {
    if (written === this.requested) this.awaits = "complete";
  }

  private refused(written: string, error: unknown): void {
    if (written !== this.requested) return;
    // The network may just have been traced anew; its room is about to come.
    this.requested = "";
    this.awaits = null;
    if (this.store.connection !== "connected") return;
    this.problem(error instanceof Error ? error.message : String(error), "request");
  }

  private fetchMissing(): void {
    const { run, network } = this.store;
    if (!run || !network) return;
    const missing = this.world.missing(run.id);
    const rank = (layer: string): number => this.wants.get(layer)?.rank ?? Infinity;
    missing.sort((a, b) => rank(a.layer) - rank(b.layer));
    this.refetch.want(missing.map((one) => ({ network: network.name, run: run.id, ...one })));
  }
}

function inMegabytes(bytes: number): number {
  return Math.round((100 * bytes) / 2 ** 20) / 100;
}
