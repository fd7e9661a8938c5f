/** Everything that lies over the scene: four chips, the panels, and notices. */

import type { App } from "../app/app";
import type { Command } from "../app/keys";
import { ON_WALL, PICTURE_TYPE } from "../app/images";
import { screenNow, setBar } from "../app/screen";
import type { Finding, SearchIndex } from "../app/search";
import { h, put } from "./dom";
import { Help } from "./help";
import { Hint, type Situation } from "./hint";
import { BAR_PX, LiveBar } from "./live";
import { MiniMap } from "./minimap";
import { NameChip } from "./name";
import { Notices } from "./notices";
import { Panel } from "./panel";
import { PredictionPanel } from "./prediction";
import { SearchBox } from "./search";
import { ShelfStrip } from "./shelf";
import { Tooltip } from "./tooltip";

export class Hud {
  readonly notices: Notices;
  readonly panel: Panel;
  readonly prediction: PredictionPanel;
  readonly search: SearchBox;
  readonly strip: ShelfStrip;
  readonly live: LiveBar;
  readonly tooltip: Tooltip;
  readonly help: Help;
  private readonly map: MiniMap;
  /** On a small page only the panel that was asked for last is shown. */
  private readonly side = h("div", { class: "side", "data-front": "panel" });
  private readonly hint = new Hint();
  private situation: Situation = "loading";

  constructor(
    root: HTMLElement,
    private readonly app: App,
    index: SearchIndex,
    commands: readonly Command[],
  ) {
    const { store, world, navigator, blocks } = app;
    this.notices = new Notices(store, () => app.connection.retry());
    this.prediction = new PredictionPanel(
      store,
      (score) => this.showClass(score.index),
      () => this.bringToFront("prediction"),
    );
    store.on(["selection", "view"], () => {
      if (store.selection || store.overview) this.bringToFront("panel");
    });
    this.panel = new Panel(store, world, {
      showLayer: (layer) => navigator.showLayer(layer),
      toggleNormalization: () =>
        navigator.setNormalization(store.normalization === "layer" ? "channel" : "layer"),
      open: (station) => blocks.open(station),
      goTo: (name) => navigator.goTo(name),
      goToDepth: (z) => navigator.goToDepth(z),
    });
    this.search = new SearchBox(
      index,
      (found) => this.found(found),
      () => this.focusScene(),
    );
    this.strip = new ShelfStrip(
      store,
      (id) => app.place(id),
      (file) => app.placeFile(file),
      (source) => app.play(source),
    );
    this.live = new LiveBar(
      store,
      app.live,
      () => this.focusScene(),
      (shown) => {
        document.documentElement.classList.toggle("with-bar", shown);
        setBar(shown ? BAR_PX : 0);
        navigator.lookAtSelection();
      },
    );
    this.tooltip = new Tooltip(store, world);
    this.help = new Help(commands.filter(({ keys }) => keys !== ""));
    this.map = new MiniMap((z) => navigator.goToDepth(z));
    store.on(["live", "network"], () => {
      document.documentElement.classList.toggle("with-live", app.live.available);
    });
    store.on("room", () => store.room && this.map.setRoom(store.room));
    this.compose(root);
  }

  /** To be called every frame: what follows the visitor. */
  frame(): void {
    const { visitor } = this.app;
    this.map.update(visitor.position[2]);
    this.live.frame();
    const { store } = this.app;
    const pictures = store.takesImages ? Math.min(ON_WALL, store.shelf.length) : 0;
    const situation = this.app.situation();
    this.hint.update(situation, pictures);
    if (situation !== this.situation) this.prediction.makeWay(situation);
    this.situation = situation;
    this.notices.darken(visitor.fade);
    const { width, free } = screenNow();
    this.app.world.setFreeRight(this.panel.element.hidden ? 1 : free.right / width);
  }

  /** Esc: closes what is open, then takes the visitor one step back. */
  back(): void {
    if (this.strip.isOpen) this.strip.toggle(false);
    else if (!this.app.navigator.back() && this.prediction.isOpen) this.prediction.choose(false);
    this.focusScene();
  }

  /** After the visitor placed an image the answer is shown, unless they closed it before. */
  predictionAfterPlacing(): void {
    const { store } = this.app;
    if (store.takesImages) this.prediction.offer(this.app.situation());
  }

  /** A picture of the shelf follows the pointer; null: it was let go of. */
  carry(picture: string | null, x: number, y: number): void {
    const url = picture === null ? null : (this.app.store.thumbnails.get(picture)?.url ?? null);
    this.notices.carry(url, x, y);
  }

  /** A file or thumbnail is dragged over the page, left it, or was dropped. */
  dragged(event: DragEvent): void {
    const types = event.dataTransfer?.types ?? [];
    const ours = types.includes("Files") || types.includes(PICTURE_TYPE);
    if (!ours) return;
    event.preventDefault();
    const gone = event.type === "dragleave" && event.relatedTarget !== null;
    if (!gone) this.notices.drop.hidden = event.type !== "dragover";
  }

  focusScene(): void {
    document.querySelector<HTMLElement>("#scene")?.focus({ preventScroll: true });
  }

  private compose(root: HTMLElement): void {
    const { notices } = this;
    const name = new NameChip(this.app.store, () => this.prediction.choose());
    const side = this.side;
    put(
      side,
      this.search.element,
      this.panel.element,
      this.prediction.element,
    );
    const foot = h("div", { class: "foot" }, this.map.element, this.hint.element);
    put(
      root,
      notices.dark,
      name.element,
      side,
      foot,
      this.live.element,
      this.strip.element,
      notices.progress,
      notices.banner,
      notices.toasts,
      notices.drop,
      notices.carried,
      notices.spoken,
      this.tooltip.element,
      this.help.element,
    );
  }

  private bringToFront(panel: "panel" | "prediction"): void {
    this.side.dataset["front"] = panel;
  }

  private found({ layer, tile }: Finding): void {
    this.app.navigator.goTo(layer, tile);
  }

  private showClass(channel: number): void {
    const { network } = this.app.store;
    const output = network?.network.outputs[0];
    if (output) this.app.navigator.goTo(output, channel);
  }
}
