/** The shared document of a recording: this page alone has it, and it goes with the page. */

import type { Change, DocumentChanged, Snapshot } from "../generated/protocol";

/** What only the network itself can follow, or nobody writes. */
const OF_THE_BRIDGE = ["networks", "inputs", "layout", "expanded", "live"];

type Tree = Record<string, unknown>;

export class LocalDocument {
  private revision = 0;
  private event = 0;
  private readonly tree: Tree;

  constructor(document: Tree) {
    this.tree = structuredClone(document);
  }

  takes(path: readonly string[]): boolean {
    return path.length > 1 && !OF_THE_BRIDGE.includes(path[0]!);
  }

  /** Why it is not written, "" if it is. */
  refusal({ path: [part, network, station] }: Change): string {
    const pinned = this.at(["pinned", network ?? ""]) as Tree | undefined;
    const moves = part === "stations" && station !== undefined;
    return moves && pinned?.[station] ? `${station} is pinned; unpin it to move it` : "";
  }

  change(path: readonly string[], value: unknown): DocumentChanged {
    const parts = path.slice(0, -1);
    let place = this.tree;
    for (const part of parts) place = (place[part] ??= {}) as Tree;
    if (value === null || value === undefined) delete place[path.at(-1)!];
    else place[path.at(-1)!] = value;
    this.revision += 1;
    this.event += 1;
    const { revision, event: number } = this;
    const changed = { number, revision, path: [...path], value: value ?? null, viewer: "" };
    return { type: "document_changed", buffers: [], ...changed };
  }

  snapshot(request: number): Snapshot {
    const { event, revision } = this;
    return { type: "snapshot", buffers: [], request, event, revision, document: structuredClone(this.tree) };
  }

  private at(path: readonly string[]): unknown {
    return path.reduce<unknown>((place, part) => (place as Tree | undefined)?.[part], this.tree);
  }
}
