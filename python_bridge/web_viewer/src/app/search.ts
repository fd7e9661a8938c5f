/** Finding layers, blocks, channels and classes by what a visitor types. */

import type { Axis } from "../generated/protocol";
import { capital, opsText, shapeText, tileName } from "./names";
import type { Store } from "./store";

/** Something found: where it is, and how the list shows it. */
export interface Finding {
  title: string;
  detail: string;
  layer: string;
  /** The channel that was asked for. */
  tile: number | null;
  /** It is no place, but something that can be done. */
  action?: Action;
}

export type Action =
  | "open all" | "close all" | "align" | "linear" | "spiral" | "tower" | "save"
  | "tour" | "play tour" | "bookmark" | "picture" | "panorama";

/** What can be done by name; the first name is shown. */
const ACTIONS: Record<Action, readonly string[]> = {
  "open all": ["open all blocks", "expand all blocks"],
  "close all": ["close all blocks", "collapse all blocks"],
  align: ["align the wall with its neighbour", "wall in line"],
  linear: ["corridor layout", "layout corridor", "linear layout", "layout linear"],
  spiral: ["spiral layout", "layout spiral"],
  tower: ["tower layout", "layout tower"],
  save: ["save the session", "keep the session", "session file", "download the session"],
  tour: ["tour and bookmarks", "bookmarks"],
  "play tour": ["play the tour", "tour, play"],
  bookmark: ["bookmark this place"],
  picture: ["save a picture", "picture", "screenshot"],
  panorama: ["save a panorama", "panorama"],
};
export const ACTION_KEYS: Record<Action, string> = {
  "open all": "Shift + Enter",
  "close all": "Shift + Backspace",
  align: "Shift + M",
  linear: "L",
  spiral: "L",
  tower: "L",
  save: "Ctrl S",
  tour: "Z",
  "play tour": "Shift + Z",
  bookmark: "Shift + B",
  picture: "Shift + P",
  panorama: "Shift + P",
};
/** Fewer letters ask for no action. */
const LEAST_ASKED = 3;

interface Entry extends Finding {
  /** What is compared. */
  name: Words;
  kind: Words;
  axes: readonly Axis[];
  tiles: number;
}

const MOST = 40;
/** Where a word begins: after what is no letter or digit, and at capitals within. */
const SEAM = /(?<![\p{L}\p{N}])[\p{L}\p{N}]|(?<=[\p{Ll}\p{N}])\p{Lu}|\p{Lu}(?=\p{Ll})/gu;

export class SearchIndex {
  private entries: Entry[] = [];
  private classes: { title: string; name: Words; tile: number }[] = [];
  private output = "";

  constructor(private readonly store: Store) {
    store.on(["network", "room"], () => this.rebuild());
  }

  /**
   * What fits `query`, best first: a channel of the wall before the visitor, a class of that name,
   * layers, other classes, fuzzy fits.
   */
  find(query: string): Finding[] {
    const own = this.ownChannel(query);
    const [named, actions] = [this.named(query), this.actions(query)];
    // One word may as well be of a layer's name, as "expand" is in many networks.
    const clear = query.trim().includes(" ");
    const found = clear ? [...actions, ...named] : [...named.slice(0, MOST - 2), ...actions];
    return [...(own ? [own] : []), ...found].slice(0, MOST);
  }

  /** What can be done whose name begins so, or ends so from "all" on. */
  private actions(query: string): Finding[] {
    const asked = query.trim().toLowerCase();
    const { network, room } = this.store;
    if (asked.length < LEAST_ASKED || this.store.recorded) return [];
    const begins = (name: string): boolean => name.startsWith(asked) || fromAll(name).startsWith(asked);
    const isOffered = (action: Action): boolean =>
      action.endsWith("all") ? Boolean(network?.network.blocks.length) : room !== null && action !== room.layout;
    const fitting = (Object.keys(ACTIONS) as Action[]).filter(
      (action) => isOffered(action) && ACTIONS[action].some(begins),
    );
    return fitting.map((action) => {
      const title = ACTIONS[action][0] ?? action;
      return { title: capital(title), detail: ACTION_KEYS[action], layer: "", tile: null, action };
    });
  }

  /** "12", "channel 12", "#12": a channel of the layer that is selected. */
  private ownChannel(query: string): Finding | null {
    const number = /^(?:channel\s*|#\s*)?(\d{1,7})$/i.exec(query.trim())?.[1];
    const selected = this.store.selection?.layer;
    const entry = this.entries.find(({ layer, tiles }) => layer === selected && tiles > 0);
    if (number === undefined || !entry || Number(number) >= entry.tiles) return null;
    return this.finding(entry, Number(number));
  }

  private named(query: string): Finding[] {
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
    const ranks = { whole: 1, begins: 2, "": 0 };
    const found = this.classes
      .map((one) => ({ ...one, rank: ranks[one.name.standing(text)] }))
      .filter(({ rank }) => rank > 0);
    // Of many that begin so, the class of this very name is not cut off.
    const isExact = ({ name }: { name: Words }): number => Number(name.text === text);
    found.sort((a, b) => isExact(b) - isExact(a) || a.rank - b.rank);
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
      name: new Words(title),
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
  const compared = { name: new Words(layer), kind: new Words(kind) };
  return { title: layer, detail, layer, tile: null, tiles, axes, ...compared };
}

/** "layer1.0.conv1 12", "layer1.0.conv1 #12", "... channel 12": a layer and one of its channels. */
function parse(query: string): { text: string; tile: number | null } {
  const plain = query.trim().toLowerCase();
  const match = /^(.*?)(?:\s+|\s*#|\s+channel\s*)(\d+)$/.exec(plain);
  if (!match) return { text: plain, tile: null };
  const text = (match[1] ?? "").replace(/\s*(channel|#)\s*$/, "").trim();
  return text === "" ? { text: plain, tile: null } : { text, tile: Number(match[2]) };
}

/**
 * How well an entry fits, 0 not at all, 100 exactly: whole words before the beginnings of words.
 * Only names are looked at within their words, since "add" in a kind may be of "padding".
 */
function fit(text: string, { name, kind }: Entry): number {
  if (name.text === text) return 100;
  if (kind.text === text) return 90;
  const brevity = 10 / (1 + name.text.length / 10); // of two fits the shorter name is meant
  const [named, called] = [name.standing(text), kind.standing(text)];
  if (named === "whole") return 75 + brevity;
  if (name.text.startsWith(text)) return 65 + brevity;
  if (called === "whole") return 60 + brevity;
  if (named === "begins") return 55 + brevity;
  if (called === "begins") return 50 + brevity;
  const parts = text.split(/\s+/);
  if (parts.length > 1 && parts.every((part) => name.text.includes(part) || kind.standing(part)))
    return 40 + brevity;
  if (name.text.includes(text)) return 20 + brevity;
  return isSubsequence(text.replaceAll(" ", ""), name.text) ? 5 + brevity / 2 : 0;
}

/** A name in lower case that knows where its words begin: LeakyReLU has three, at 0, 5 and 7. */
class Words {
  readonly text: string;
  private readonly seams: ReadonlySet<number>;

  constructor(name: string) {
    this.text = name.toLowerCase();
    this.seams = new Set([...name.matchAll(SEAM)].map(({ index }) => index).concat(name.length));
  }

  /** Whether another text is one or more words of this one, or what they begin with. */
  standing(text: string): "whole" | "begins" | "" {
    const at = [...this.seams].filter((seam) => text !== "" && this.text.startsWith(text, seam));
    const ends = (end: number): boolean =>
      this.seams.has(end) || !/[\p{L}\p{N}]/u.test(this.text.charAt(end));
    if (at.some((seam) => ends(seam + text.length))) return "whole";
    return at.length > 0 ? "begins" : "";
  }
}

/** "all blocks" of "open all blocks"; a name without "all" as it is. */
function fromAll(name: string): string {
  return name.slice(Math.max(0, name.indexOf("all")));
}

function isSubsequence(text: string, name: string): boolean {
  let at = 0;
  for (const letter of text) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return text.length > 1;
}
