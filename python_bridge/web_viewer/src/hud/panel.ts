/** The panel on the right: what is selected, or in the overview the rooms and paths. */

import {
  capital,
  countOf,
  countText,
  numberText,
  opsText,
  shapeText,
  shortKind,
  tileTitle,
} from "../app/names";
import { depthOf } from "../app/layouts";
import type { Selection, Store } from "../app/store";
import type { WeightSpread } from "../app/weights";
import { EYE_M } from "../app/visitor";
import type { Node, Station } from "../generated/protocol";
import type { Ends } from "../scene/histogram";
import { tileShape } from "../scene/page";
import type { DisplayRange } from "../scene/types";
import type { World } from "../scene/world";
import type { Controls } from "./controls";
import { breakable, h, put, row } from "./dom";
import { drawHistogram, drawRamp } from "./ramp";
import { weightHistograms } from "./weights";

const BINS = 62;

interface PanelActions {
  showLayer(layer: string): void;
  toggleNormalization(): void;
  open(station: Station): void;
  /** Opens all blocks, or closes them. */
  setAll(open: boolean): void;
  blocks(): { open: number; closed: number };
  goTo(name: string, tile?: number): void;
  /** Channels of a layer that the visitor selected, and a way to select none. */
  marked(layer: string): readonly number[];
  unmark(layer: string): void;
  /** Makes the lifted tile the next image. */
  useTile(): void;
  goToDepth(z: number): void;
  /** How a layer's parameters are spread; null until that is known. */
  weights(layer: string): readonly WeightSpread[] | null;
  /** What can be done with the chosen wall as a thing, and is it so already. */
  thing(): readonly { text: string; title: string; on: boolean; run: () => void }[];
}

export class Panel {
  readonly element = h("section", { class: "panel glass", "aria-label": "Selection" });
  private readonly histogram = h("canvas", { class: "histogram", "aria-hidden": "true" });
  private readonly legend = h("canvas", { class: "legend", "aria-hidden": "true" });
  /** Above and below the controls, which stay: a list that is open would close. */
  private readonly top = h("div");
  private readonly bottom = h("div");
  /** The visitor has put the panel away (G). */
  private away = false;

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly actions: PanelActions,
    private readonly controls: Controls,
  ) {
    put(this.element, this.top, controls.element, this.bottom);
    store.on(["selection", "view", "network", "room", "arrange"], () => this.update());
    // New activations change what is written here, but only of the layer that is shown.
    store.on("run", () => this.refresh());
    this.update();
  }

  toggle(): void {
    this.away = !this.away;
    this.update();
  }

  update(): void {
    const { selection, overview, room } = this.store;
    const station = room?.stations.find(({ key }) => key === selection?.station);
    this.element.hidden = this.away || !room || (!overview && !station);
    if (this.element.hidden) return;
    this.controls.element.hidden = !selection || !station;
    this.controls.update();
    const focused = this.focused();
    if (selection && station) this.showSelection(selection, station);
    else this.showOverview();
    if (focused) this.refocus(focused);
  }

  /** The title of the button that has the keys; what is written anew must not lose them. */
  private focused(): string {
    const { activeElement } = document;
    return this.element.contains(activeElement) ? ((activeElement as HTMLElement).title ?? "") : "";
  }

  private refocus(title: string): void {
    const buttons = [...this.element.querySelectorAll<HTMLElement>("button")];
    buttons.find((button) => button.title === title)?.focus();
  }

  private last = "";

  private refresh(): void {
    const { run, selection } = this.store;
    if (!selection || !run) return;
    const { layer } = selection;
    const exact = this.world.isExact(layer);
    const key = `${run.id} ${run.complete} ${run.failure} ${layer} ${run.layers.has(layer)} ${exact}`;
    if (key === this.last) return;
    this.last = key;
    this.update();
  }

  private showSelection(selection: Selection, station: Station): void {
    const node = this.node(selection.layer);
    put(
      this.top,
      h("h1", {}, ...breakable(capital(station.title))),
      h("div", { class: "dim" }, ...breakable(this.where(station))),
      this.chips(station, selection.layer),
      station.closed ? this.openButton(station) : null,
      h("div", { class: "activations" }, ...this.activations(selection, node)),
    );
    put(
      this.bottom,
      this.marked(selection),
      ...this.weights(station, node),
      ...(node ? facts(node, station.closed ? undefined : this.node(station.key)) : []),
      this.things(),
    );
  }

  /** Of the layer that is shown, or of the op whose norm or activation it is. */
  private weights(station: Station, node: Node | undefined): HTMLElement[] {
    const op = node?.parameters ? node : station.closed ? undefined : this.node(station.key);
    return op ? weightHistograms(this.actions.weights(op.name) ?? []) : [];
  }

  private marked({ layer, tile: lifted }: Selection): HTMLElement | null {
    const tiles = this.actions.marked(layer);
    if (tiles.length === 0) return null;
    const { network } = this.store;
    const name = (tile: number): string =>
      tileTitle(network?.network ?? null, network?.class_names ?? [], layer, tile);
    const chips = tiles.map((tile) => {
      const go = (): void => this.actions.goTo(layer, tile);
      const pressed = { "aria-pressed": String(tile === lifted), "aria-label": name(tile) };
      return h("button", { type: "button", ...pressed, title: name(tile), on: { click: go } }, String(tile));
    });
    const none = { click: () => this.actions.unmark(layer) };
    const clear = h("button", { type: "button", class: "link", on: none }, "clear");
    return h(
      "div",
      { class: "marked" },
      h("div", { class: "cap" }, h("span", {}, "Selected"), clear),
      h("div", { class: "chips", role: "group", "aria-label": "Selected channels" }, ...chips),
    );
  }

  private things(): HTMLElement {
    const links = this.actions.thing().map(({ text, title, on, run }) => {
      const pressed = { "aria-pressed": String(on), on: { click: run } };
      return h("button", { type: "button", class: "link", title, ...pressed }, text);
    });
    return h("div", { class: "things", role: "group", "aria-label": "This wall" }, ...links);
  }

  private where(station: Station): string {
    const layers = this.store.network?.network.nodes.filter((node) => node.shown) ?? [];
    const numbers = station.layers.map(
      (name) => layers.findIndex((node) => node.name === name) + 1,
    );
    const known = numbers.filter((number) => number > 0);
    const [first, last] = [Math.min(...known), Math.max(...known)];
    const range = first === last ? `layer ${first}` : `layers ${first}–${last}`;
    const field = this.store.room?.fields.find(({ block }) => block === station.block);
    const block = field?.name ?? station.block;
    const numbered = known.length ? `${range} of ${layers.length}` : "";
    return [block, numbered].filter(Boolean).join("\u00a0· ");
  }

  private chips(station: Station, shown: string): HTMLElement | null {
    // A closed block keeps its layers to itself until it is open, however few they are.
    if (station.closed || station.layers.length < 2) return null;
    const chips = station.layers.map((layer) =>
      h(
        "button",
        {
          type: "button",
          "aria-pressed": String(layer === shown),
          title: layer,
          on: { click: () => this.actions.showLayer(layer) },
        },
        shortKind(this.node(layer)?.kind ?? layer),
      ),
    );
    return h("div", { class: "chips", role: "group", "aria-label": "Layers here" }, ...chips);
  }

  private openButton(station: Station): HTMLElement {
    const text = `Open ${station.closed}, ${opsText(station.ops)} inside`;
    const on = { click: () => this.actions.open(station) };
    const { closed } = this.actions.blocks();
    const all = `or all ${countOf(closed, "closed block")}`;
    return h(
      "div",
      { class: "opening" },
      h("button", { type: "button", class: "wide", on }, ...breakable(text)),
      closed > 1 ? this.allButton(true, all) : null,
    );
  }

  private allButton(open: boolean, text: string): HTMLElement {
    const title = open ? "Open all blocks (Shift + Enter)" : "Close all blocks (Shift + Backspace)";
    const on = { click: () => this.actions.setAll(open) };
    return h("button", { type: "button", class: "link", title, on }, text);
  }

  /** How many blocks are open, and the ways to change that for all of them. */
  private blocks(): HTMLElement[] {
    const { open, closed } = this.actions.blocks();
    return [
      open + closed > 0 ? h("div", { class: "dim head" }, "Blocks") : null,
      closed > 0 ? row(`${closed} closed`, this.allButton(true, "open all")) : null,
      open > 0 ? row(`${open} open`, this.allButton(false, "close all")) : null,
    ].filter((element) => element !== null);
  }

  private activations(selection: Selection, node: Node | undefined): (HTMLElement | null)[] {
    const { layer, tile } = selection;
    const whole = this.world.rangeOf(layer);
    const failed = Boolean(this.store.run?.failure);
    const recorded = this.store.recorded && this.store.run?.complete === true;
    const late = failed ? "This run failed before it came here"
      : recorded ? "This recording has no activations of it" : "Activations have not arrived yet";
    const missing = this.store.dark.has(layer) ? this.store.shortage : late;
    if (!whole) return [h("div", { class: "dim" }, missing)];
    const own = tile === null ? null : this.world.tileRange(layer, tile);
    const { height, width } = tileShape(node?.axes ?? []);
    // Tiles of one value are coloured by the layer's range, whatever the others are.
    const single = height * width === 1;
    const each = this.store.normalization === "channel" && !single;
    const around = this.world.isAroundZero(layer);
    const scale = this.ends(layer, each && own ? own : null);
    drawRamp(this.legend, around, this.world.palette);
    const drawn = tile !== null && own !== null;
    const spread = drawn && !single; // a histogram of one value says nothing
    if (spread) drawHistogram(this.histogram, this.world.histogram(layer, tile, BINS, scale), scale);
    return [
      drawn ? this.channelLine(layer, tile, (single ? "" : "max ") + numberText(own.high)) : null,
      spread ? this.histogram : null,
      spread && this.store.takesImages ? this.useButton() : null,
      this.legend,
      each && !drawn
        ? h("div", { class: "cap" }, h("span", {}, "each channel’s own range"), this.scaleButton(each))
        : this.scaleLine(scale, each, layer),
    ];
  }

  /** Values at the ends of the colours: of the layer, or of a tile. */
  private ends(layer: string, own: DisplayRange | null): Ends {
    const whole = this.world.rangeOf(layer);
    const range = own ?? whole;
    if (!whole || !range) return [0, 0];
    if (!whole.signed || this.world.isAroundZero(layer)) return ends(range, whole.signed);
    return own ? [own.low, own.high] : (this.world.spanOf(layer) ?? [0, 0]);
  }

  private scaleLine([low, high]: Ends, each: boolean, layer: string): HTMLElement {
    // A channel's ends come with its first pages; a layer's are measured at the detail there is.
    const about = each || this.world.hasExactRange(layer) ? "" : "about ";
    return h(
      "div",
      { class: "cap" },
      h("span", {}, low === 0 ? "0" : about + numberText(low)),
      this.scaleButton(each),
      h("span", {}, about + numberText(high)),
    );
  }

  private channelLine(layer: string, tile: number, greatest: string): HTMLElement {
    const { network } = this.store;
    const title = tileTitle(network?.network ?? null, network?.class_names ?? [], layer, tile);
    return h("div", { class: "cap channel" }, h("b", {}, title), h("span", {}, greatest));
  }

  private useButton(): HTMLElement {
    const title = "The channel’s values, from the least as black to the greatest as white (F)";
    const on = { click: () => this.actions.useTile() };
    const button = h("button", { type: "button", class: "link", title, on }, "use as the next image");
    return h("div", { class: "use" }, button);
  }

  private scaleButton(each: boolean): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: "link",
        title: "Scale of the colours: per layer or per channel (N)",
        "aria-pressed": String(each),
        on: { click: () => this.actions.toggleNormalization() },
      },
      each ? "per channel" : "per layer",
    );
  }

  private showOverview(): void {
    const { room, network } = this.store;
    if (!room || !network) return;
    const rooms = room.gates.map((gate) =>
      this.place(gate.title, gate.subtitle, depthOf(room, [gate.x_m, EYE_M, gate.z_m]) - 0.5),
    );
    const closed = room.stations
      .filter((station) => station.closed)
      .map((station) =>
        this.place(
          station.title,
          station.repeats > 1 ? `× ${station.repeats}` : opsText(station.ops),
          station.closed,
        ),
      );
    put(this.bottom);
    put(
      this.top,
      rooms.length ? h("div", { class: "dim head" }, "Rooms") : null,
      ...rooms,
      ...this.blocks(),
      h("div", { class: "dim head" }, "Paths"),
      ...this.paths(),
      h("div", { class: "dim head" }, "Network"),
      ...this.about(),
      // Last, as they may be many.
      closed.length ? h("div", { class: "dim head" }, "Closed blocks") : null,
      ...closed,
      network.warning ? h("p", { class: "warning" }, network.warning) : null,
    );
  }

  private place(title: string, detail: string, target: number | string): HTMLElement {
    const go = (): void => {
      if (typeof target === "number") this.actions.goToDepth(target);
      else this.actions.goTo(target);
    };
    const name = h("b", {}, title);
    const attributes = { type: "button", class: "row place", on: { click: go } };
    return h("button", attributes, h("span", {}, name), h("span", { class: "dim", title: detail }, detail));
  }

  private paths(): HTMLElement[] {
    const kinds = new Set(this.store.room?.tubes.map((tube) => tube.kind));
    const path = (name: string, text: string, where: string): HTMLElement =>
      row(h("span", { class: `path ${name}` }, text), where);
    return [
      path("forward", "forward", "on the floor"),
      ...(kinds.has("add") ? [path("add", "added back", "overhead")] : []),
      ...(kinds.has("concat") ? [path("concat", "joined", "double, overhead")] : []),
      ...(kinds.has("rail") ? [path("concat", "joined", "overhead, one rail")] : []),
    ];
  }

  private about(): HTMLElement[] {
    const network = this.store.network;
    if (!network) return [];
    const { nodes } = network.network;
    const parameters = nodes.reduce((sum, node) => sum + node.parameters, 0);
    const { preprocess } = network;
    return [
      row("Parameters", countText(parameters)),
      network.weights ? row("Weights", network.weights) : null,
      preprocess ? h("div", { class: "row" }, h("span", {}, "Preprocessing")) : null,
      preprocess ? h("p", { class: "small" }, preprocess) : null,
    ].filter((element) => element !== null);
  }

  private node(layer: string): Node | undefined {
    return this.store.network?.network.nodes.find((node) => node.name === layer);
  }
}

/** What the network says of a node, and of the op whose norm or activation it is. */
function facts(node: Node, op: Node | undefined): HTMLElement[] {
  const known = Object.entries({ ...op?.details, ...node.details });
  const details = known.map(([name, value]) => row(capital(name), value));
  return [
    row("Output", shapeText(node.axes)),
    ...details,
    row("Kind", node.kind),
    ...(node.parameters ? [row("Parameters", countText(node.parameters))] : []),
    h(
      "div",
      { class: "row torch" },
      h("span", {}, "Layer"),
      h("code", {}, ...breakable(node.name)),
    ),
  ];
}

/** Values at the ends of the colour scale: symmetric around zero, or from zero. */
function ends({ low, high }: { low: number; high: number }, signed: boolean): Ends {
  const most = Math.max(Math.abs(low), Math.abs(high));
  return signed ? [-most, most] : [0, high];
}
