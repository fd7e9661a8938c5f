/** Everything that lies over the scene: four chips, the panels, and notices. */

import { act } from "../app/actions";
import type { App } from "../app/app";
import { Astray, seesNothing } from "../app/astray";
import type { Command } from "../app/keys";
import { ON_WALL, PICTURE_TYPE } from "../app/images";
import { depthOf } from "../app/layouts";
import { screenNow, setBar } from "../app/screen";
import type { Finding, SearchIndex } from "../app/search";
import { AstrayNote } from "./astray";
import { Controls } from "./controls";
import { h, put } from "./dom";
import { headsetButton } from "./headset";
import { Help } from "./help";
import { Hint, type Situation } from "./hint";
import { BAR_PX, LiveBar } from "./live";
import { MiniMap } from "./minimap";
import { NameChip } from "./name";
import { Notices } from "./notices";
import { Panel } from "./panel";
import { PicturePanel } from "./picture";
import { PredictionPanel } from "./prediction";
import { SearchBox } from "./search";
import { ShelfStrip } from "./shelf";
import { Tooltip } from "./tooltip";
import { TourNote, TourPanel } from "./tour";
import { Workshop } from "./workshop";

export class Hud {
  readonly notices: Notices;
  readonly panel: Panel;
  readonly prediction: PredictionPanel;
  readonly search: SearchBox;
  readonly strip: ShelfStrip;
  readonly workshop: Workshop;
  readonly live: LiveBar;
  readonly tooltip: Tooltip;
  readonly help: Help;
  readonly tour: TourPanel;
  readonly picture: PicturePanel;
  private readonly tourNote: TourNote;
  private readonly map: MiniMap;
  /** On a small page only the panel that was asked for last is shown. */
  private readonly side = h("div", { class: "side", "data-front": "panel" });
  private readonly hint = new Hint();
  private readonly astray = new Astray();
  private readonly astrayNote: AstrayNote;
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
      setAll: (open) => blocks.setAll(open),
      blocks: () => (store.recorded ? { open: 0, closed: 0 } : blocks.count),
      goTo: (name, tile) => navigator.goTo(name, tile),
      marked: (layer) => app.marks.of(layer),
      unmark: (layer) => app.marks.adopt({ [layer]: [] }),
      useTile: () => void app.making.lifted(),
      goToDepth: (z) => navigator.goToDepth(z),
      thing: () => app.arrangements,
      weights: (layer) => app.weights.of(layer),
    }, new Controls(store, app.colouring, app.ordering, app.laying, () => this.focusScene()));
    app.weights.on(() => this.panel.update());
    this.search = new SearchBox(
      index,
      (found) => this.found(found),
      () => this.focusScene(),
    );
    this.strip = new ShelfStrip(
      store,
      (id) => app.place(id),
      (file) => app.placeFile(file),
      (source) => {
        app.play(source);
        this.strip.toggle(false);
        this.focusScene(); // Space pauses
      },
      {
        own: () => app.images.own?.name ?? "",
        keep: () => void app.keepImage(),
        make: () => this.make(),
        sendBack: (picture) => void app.things.sendBack(picture),
        remove: (picture) => void app.making.remove(picture),
      },
    );
    this.workshop = new Workshop(store, app.making, () => this.focusScene());
    this.live = new LiveBar(
      store,
      app.live,
      () => this.focusScene(),
      (shown) => {
        document.documentElement.classList.toggle("with-bar", shown);
        setBar(shown ? BAR_PX : 0);
        this.map.fit();
        navigator.lookAtSelection();
      },
    );
    this.astrayNote = new AstrayNote({
      toWall: () => navigator.returnToWall(),
      toOverview: () => navigator.toggleOverview(),
    });
    this.tooltip = new Tooltip(store, world);
    this.help = new Help(
      commands.filter(({ keys }) => keys !== ""),
      () => this.focusScene(),
    );
    const { tour, pictures } = app;
    const leave = (): void => this.focusScene();
    this.tour = new TourPanel(tour, (link) => void pictures.share(link), () => pictures.saveTour(), leave);
    this.tourNote = new TourNote(tour);
    this.picture = new PicturePanel((one) => pictures.save(one), () => world.mostPixels, leave);
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
    const { room } = this.app.store;
    this.map.update(room ? depthOf(room, visitor.position) : 0);
    this.live.frame();
    const { store } = this.app;
    const pictures = store.takesImages ? Math.min(ON_WALL, store.shelf.length) : 0;
    const situation = this.app.situation();
    this.hint.update(situation, pictures);
    if (situation !== this.situation) this.prediction.makeWay(situation);
    this.situation = situation;
    this.astrayNote.update(this.astray.update(performance.now(), () => this.seesNothing()));
    this.notices.darken(visitor.fade);
    const { width, free } = screenNow();
    this.app.world.setFreeRight(this.panel.element.hidden ? 1 : free.right / width);
  }

  /** Opens the shelf with what makes images, or puts that away. */
  make(): void {
    const { store } = this.app;
    const open = !this.workshop.isOpen;
    if (open && store.network && !store.takesImages) {
      this.notices.toast("This network takes no image: it runs on its example", "image");
      return;
    }
    if (open) this.strip.toggle(true);
    this.workshop.toggle(open);
    if (!open) this.focusScene();
  }

  /** Esc: closes what is open, then takes the visitor one step back. */
  back(): void {
    if (this.workshop.isOpen) this.workshop.toggle(false);
    else if (this.strip.isOpen) this.strip.toggle(false);
    else if (this.picture.isOpen) this.picture.toggle(false);
    else if (this.tour.isOpen) this.tour.toggle(false);
    else if (this.app.tour.stop) this.app.tour.leave();
    else if (this.notices.dismiss()) return this.focusScene();
    else if (this.astrayNote.dismiss()) return this.focusScene();
    else if (!this.app.navigator.back() && this.prediction.isOpen) this.prediction.choose(false);
    this.focusScene();
  }

  private seesNothing(): boolean {
    const { store, visitor, world } = this.app;
    if (!store.room || store.overview) return false;
    return seesNothing(store.room, store.transforms(), visitor.destination, world.camera.aspect);
  }

  /** After the visitor placed an image the answer is shown, unless they closed it before. */
  predictionAfterPlacing(): void {
    const { store } = this.app;
    if (store.takesImages) this.prediction.offer(this.app.situation());
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
    root.addEventListener("click", (event) => this.clicked(event));
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
      headsetButton(this.app.headset),
      side,
      foot,
      this.live.element,
      this.workshop.element,
      this.strip.element,
      h("div", { class: "left" }, this.tour.element, this.picture.element),
      this.tourNote.element,
      this.astrayNote.element,
      notices.progress,
      notices.banner,
      notices.toasts,
      notices.drop,
      notices.spoken,
      this.tooltip.element,
      this.help.element,
    );
  }

  /** Who clicked something goes on with the keys of the room; who came by Tab stays there. */
  private clicked(event: MouseEvent): void {
    // What was clicked may be gone by now, as a button that a form takes the place of.
    const kept = "input, textarea, select, dialog, label, form, .tour";
    const on = event.composedPath().some((one) => one instanceof Element && one.matches(kept));
    if (event.detail > 0 && !on) this.focusScene();
  }

  private bringToFront(panel: "panel" | "prediction"): void {
    this.side.dataset["front"] = panel;
  }

  private found({ layer, tile, action }: Finding): void {
    if (action) act(this.app, action);
    else this.app.navigator.goTo(layer, tile);
  }

  private showClass(channel: number): void {
    const { network } = this.app.store;
    const output = network?.network.outputs[0];
    if (output) this.app.navigator.goTo(output, channel);
  }
}
