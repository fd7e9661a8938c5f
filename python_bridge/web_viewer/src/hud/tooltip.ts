/** Beside the pointer: which channel is under it, and the value there. */

import { numberText } from "../app/names";
import type { Store } from "../app/store";
import type { Hit } from "../scene/types";
import type { World } from "../scene/world";
import { h, put } from "./dom";

export class Tooltip {
  readonly element = h("div", { class: "tooltip glass", role: "tooltip", hidden: true });
  /** The value that is shown, null for none. */
  value: number | null = null;

  constructor(
    private readonly store: Store,
    private readonly world: World,
  ) {}

  show(hit: Hit | null, x: number, y: number): void {
    this.value = null;
    const lines = hit ? this.lines(hit) : [];
    this.element.hidden = lines.length === 0;
    if (lines.length === 0) return;
    put(this.element, ...lines.map((line, index) => h(index ? "span" : "b", {}, line)));
    const { offsetWidth, offsetHeight } = this.element;
    const left = Math.min(x + 14, window.innerWidth - offsetWidth - 8);
    const top = y + 18 + offsetHeight > window.innerHeight ? y - offsetHeight - 10 : y + 18;
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  /** What is said of it, for those too who do not see this element. */
  lines(hit: Hit): string[] {
    if (hit.picture) {
      return [this.store.shelf.find(({ id }) => id === hit.picture)?.name ?? hit.picture];
    }
    if (hit.kind !== "tile" || hit.layer === undefined || hit.tile === undefined) return [];
    this.value = this.world.valueAt(hit.layer, hit.tile, hit.u ?? 0, hit.v ?? 0);
    const about = this.world.isExact(hit.layer) ? "" : "about ";
    const value = this.value === null ? "not here yet" : `${about}${numberText(this.value)}`;
    return [this.title(hit.layer, hit.tile, hit.u ?? 0, hit.v ?? 0), value];
  }

  private title(layer: string, tile: number, u: number, v: number): string {
    const network = this.store.network;
    const node = network?.network.nodes.find(({ name }) => name === layer);
    const isOutput = node !== undefined && network?.network.outputs.includes(layer);
    const name = isOutput ? network?.class_names[tile] : undefined;
    if (name) return name;
    const axis = node?.axes.find(({ role }) => role === "tile");
    if (axis || !node) return `${axis?.name ?? "channel"} ${tile}`;
    // One tile, of tokens and features for instance: which of them is under the pointer.
    const at = (role: "row" | "column", place: number): string[] =>
      node.axes
        .filter((one) => one.role === role)
        .map(({ name, size }) => `${name} ${Math.min(size - 1, Math.floor(place * size))}`);
    return [...at("row", v), ...at("column", u)].join(", ") || "value";
  }
}
