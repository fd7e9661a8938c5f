/** Finding layers, blocks, channels and classes by what a visitor types. */

import type { Axis } from "../generated/protocol";
import { opsText, shapeText, tileName } from "./names";
import type { Store } from "./store";

/** Something found: where it is, and how the list shows it. */
export interface Finding {
  title: string;
  detail: string;
  layer: string;
  /** The channel that was asked for. */
  tile: number | null;
}

interface Entry extends Finding {
  /** Lower case, what is compared. */
  name: string;
  kind: string;
  axes: readonly Axis[];
  tiles: number;
}

const MOST = 40;

export class SearchIndex {
  private entries: Entry[] = [];
  private classes: { title: string; name: string; tile: number }[] = [];
  private output = "";

  constructor(private readonly store: Store) {
    store.on(["network", "room"], () => this.rebuild());
  }

  /** What fits `query`, best first: a class of that name, layers, other classes, fuzzy fits. */
  find(query: string): Finding[] {
    const asked = parse(query);
    if (asked.text === "" && asked.tile === null) return [];
    const scored = this.entries.flatMap((entry) => {
      const fits = asked.tile === null || asked.tile < entry.tiles;
      const score = fits ? fit(asked.text, entry) : 0;
      return score > 0 ? [{ entry, score }] : [];
    });
    const classes = this.classesLike(query);
    scored.sort((a, b) => b.score - a.score);
    const layers = scored.slice(0, MOST).map(({ entry }) => this.finding(entry, asked.tile));
    const isExact = ({ title }: Finding): boolean =>
      title.toLowerCase() === query.trim().toLowerCase();
    const strong = scored.filter(({ score }) => score >= 40).length;
    const [exact, others] = [classes.filter(isExact), classes.filter((one) => !isExact(one))];
    const sorted = [...exact, ...layers.slice(0, strong), ...others, ...layers.slice(strong)];
    return sorted.slice(0, MOST);
  }

  private finding(entry: Entry, tile: number | null): Finding {
    const { title, layer } = entry;
    const detail = tile === null ? entry.detail : tileName(entry.axes, tile);
    return { title, detail, layer, tile };
  }

  private classesLike(query: string): Finding[] {
    const text = query.trim().toLowerCase();
    if (text.length < 2) return [];
    const found = this.classes.filter(
      ({ name }) => words(name).some((w) => w.startsWith(text)) || name.startsWith(text),
    );
    // Of many that begin so, the class of this very name is not cut off.
    found.sort((a, b) => Number(b.name === text) - Number(a.name === text));
    return found.slice(0, 8).map(({ title, tile }) => {
      return { title, detail: `class ${tile}`, layer: this.output, tile };
    });
  }

  private rebuild(): void {
    const network = this.store.network;
    if (!network) return;
    const { nodes, blocks, outputs } = network.network;
    const layers = nodes
      .filter((node) => node.shown)
      .map((node) => {
        const tiles = node.axes.find((axis) => axis.role === "tile")?.size ?? 1;
        const detail = `${node.kind}  ${shapeText(node.axes)}`;
        return entry(node.name, node.kind, detail, tiles, node.axes);
      });
    const inside = blocks.map(({ name, kind, nodes: held }) =>
      entry(name, kind, `${kind}, ${opsText(held.length)}`, 0),
    );
    this.entries = [...inside.filter(({ layer }) => layer !== ""), ...layers];
    this.output = outputs[0] ?? nodes.at(-1)?.name ?? "";
    this.classes = network.class_names.map((title, tile) => ({
      title,
      name: title.toLowerCase(),
      tile,
    }));
  }
}

function entry(
  layer: string,
  kind: string,
  detail: string,
  tiles: number,
  axes: readonly Axis[] = [],
): Entry {
  const names = { name: layer.toLowerCase(), kind: kind.toLowerCase() };
  return { title: layer, detail, layer, tile: null, tiles, axes, ...names };
}

/** "layer1.0.conv1 12", "layer1.0.conv1 #12", "... channel 12": a layer and one of its channels. */
function parse(query: string): { text: string; tile: number | null } {
  const plain = query.trim().toLowerCase();
  const match = /^(.*?)(?:\s+|\s*#|\s+channel\s*)(\d+)$/.exec(plain);
  if (!match) return { text: plain, tile: null };
  const text = (match[1] ?? "").replace(/\s*(channel|#)\s*$/, "").trim();
  return text === "" ? { text: plain, tile: null } : { text, tile: Number(match[2]) };
}

/** How well an entry fits, 0 not at all, 100 exactly. */
function fit(text: string, { name, kind }: Entry): number {
  if (name === text) return 100;
  if (kind === text) return 90;
  const brevity = 10 / (1 + name.length / 10); // of two fits the shorter name is meant
  if (name.startsWith(text)) return 70 + brevity;
  if (words(name).some((word) => word.startsWith(text))) return 60 + brevity;
  if (kind.startsWith(text)) return 55 + brevity;
  if (name.includes(text) || kind.includes(text)) return 45 + brevity;
  const parts = text.split(/\s+/);
  if (parts.length > 1 && parts.every((part) => name.includes(part) || kind.includes(part)))
    return 40 + brevity;
  return isSubsequence(text.replaceAll(" ", ""), name) ? 10 + brevity : 0;
}

function words(name: string): string[] {
  return name.split(/[./:_,\s-]+/);
}

function isSubsequence(text: string, name: string): boolean {
  let at = 0;
  for (const letter of text) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return text.length > 1;
}
