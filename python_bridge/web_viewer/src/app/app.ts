/** The application: what the visitor does and what the bridge sends, brought together. */

import { Connection, socketUrl } from "../connection/socket";
import { Token } from "../connection/token";
import type { Room } from "../generated/protocol";
import { Hud } from "../hud/hud";
import type { Hit } from "../scene/types";
import { World } from "../scene/world";
import { Blocks } from "./blocks";
import { commandsOf } from "./commands";
import { Images } from "./images";
import { Keys } from "./keys";
import { budgetOf } from "./link";
import { LinkKeeper } from "./linkkeeper";
import { LiveInput } from "./live";
import { Navigator } from "./navigator";
import { atStart } from "./places";
import { PointerInput } from "./pointer";
import { Receiver } from "./receive";
import { situationOf } from "./situation";
import { phaseOf } from "./published";
import { SearchIndex } from "./search";
import { Store } from "./store";
import { Streaming } from "./streaming";
import { Visitor } from "./visitor";

const LONGEST_STEP_S = 0.1; // a page that slept does not leap

export class App {
  readonly store = new Store();
  readonly world: World;
  readonly visitor = new Visitor(() => matchMedia("(prefers-reduced-motion: reduce)").matches);
  readonly connection: Connection;
  readonly navigator: Navigator;
  readonly blocks: Blocks;
  readonly images: Images;
  readonly live: LiveInput;
  readonly hud: Hud;
  readonly links: LinkKeeper;
  readonly streaming: Streaming;
  private readonly pointer: PointerInput;
  private readonly canvas: HTMLCanvasElement;
  private former: { room: Room; session: string } | null = null;
  /** What lies under a resting pointer may have changed. */
  private stirred = false;
  private hovered: Hit | null = null;
  private before = 0;
  /** An exception of a frame has been told. */
  private reported = false;

  constructor(canvas: HTMLCanvasElement, hud: HTMLElement) {
    const { store, visitor } = this;
    this.canvas = canvas;
    this.world = new World(canvas, budgetOf(window.location));
    const { world } = this;
    const toast = (message: string, about?: string): void => this.hud.notices.toast(message, about);
    const connection = (): Connection => this.connection;
    const receiver = new Receiver(store, world, connection, toast, () => this.streaming);
    this.connection = new Connection(socketUrl(), new Token(), {
      state: (state, reason) => this.connectionChanged(state, reason),
      welcome: (message) => receiver.welcome(message),
      message: (message, payloads) => receiver.message(message, payloads),
      error: (_code, message) => toast(message),
    });
    this.streaming = new Streaming(store, world, visitor, connection, toast, (pages, payloads) =>
      receiver.pages(pages, payloads),
    );
    this.navigator = new Navigator(
      store,
      world,
      visitor,
      (text) => this.hud.notices.say(text),
      toast,
      (blocks) => this.blocks.openAll(blocks),
    );
    this.blocks = new Blocks(store, this.navigator, connection, toast);
    this.images = new Images(store, world, connection, toast, (about) =>
      this.hud.notices.remove(about),
    );
    this.live = new LiveInput(store, connection, toast);
    this.links = new LinkKeeper(store, visitor, this.navigator, this.images);
    const commands = commandsOf(this);
    this.hud = new Hud(hud, this, new SearchIndex(store), commands);
    new Keys(
      visitor,
      commands,
      (step) => this.arrows(step),
      () => this.wake(),
    );
    this.pointer = new PointerInput(canvas, visitor, {
      pick: (x, y) => this.pick(x, y),
      click: (hit) => this.click(hit),
      doubleClick: (hit) => this.blocks.open(this.navigator.station(hit.station ?? "")),
      hover: (hit, x, y) => this.hover(hit, x, y),
      carry: (picture, x, y) => this.hud.carry(picture, x, y),
      place: (picture) => this.place(picture),
      walked: () => this.navigator.walked(),
      wake: () => this.wake(),
    });
    this.listen();
  }

  start(): void {
    this.connection.open();
    requestAnimationFrame((now) => this.frame(now));
  }

  /** Places a picture of the shelf, and shows what the network sees in it. */
  place(picture: string): void {
    void this.images.placePicture(picture);
    this.hud.predictionAfterPlacing();
  }

  placeFile(file: File): void {
    void this.images.placeFile(file);
    this.hud.predictionAfterPlacing();
  }

  /** Plays a live source, and shows what the network sees in it. */
  play(source: string): void {
    this.live.play(source);
    this.hud.predictionAfterPlacing();
  }

  /** The scene has to be drawn again. */
  wake(): void {
    this.world.invalidate();
  }

  private listen(): void {
    const { store } = this;
    store.on("room", () => this.roomChanged());
    store.on(["room", "run", "place", "view", "selection"], () => (this.stirred = true));
    store.on("shelf", () => this.images.hang());
    store.on("run", () => this.images.frame());
    store.on("place", () => this.wake());
    window.addEventListener("resize", () => this.navigator.lookAtSelection());
    const root = document.documentElement;
    root.addEventListener("dragover", (event) => this.hud.dragged(event));
    root.addEventListener("dragleave", (event) => this.hud.dragged(event));
    root.addEventListener("drop", (event) => {
      this.hud.dragged(event);
      if (this.images.placeFrom(event.dataTransfer)) this.hud.predictionAfterPlacing();
    });
    window.addEventListener("paste", (event) => {
      if (this.images.placeFrom(event.clipboardData)) this.hud.predictionAfterPlacing();
    });
  }

  private connectionChanged(state: Store["connection"], reason: string): void {
    const { store } = this;
    Object.assign(store, { connection: state, reason });
    if (state !== "connected") this.navigator.giveUp();
    if (state === "lost" || state === "refused") this.world.setStale(true);
    if (state === "lost") this.images.remember();
    if (state === "connected") {
      this.world.setStale(false);
      if (store.run) store.run.complete = false; // its pages come again
      // After the shelf in the same Welcome has been read.
      queueMicrotask(() => void this.images.fetchThumbnails());
    }
    store.changed("connection");
  }

  private roomChanged(): void {
    const { room, session } = this.store;
    if (!room) return;
    const { former } = this;
    this.former = { room, session };
    const same = former?.room.network === room.network;
    if (same) this.navigator.roomChanged(former.room);
    else this.visitor.place(atStart(room));
    // A bridge that was started anew knows neither the image nor which blocks were open.
    if (!same || former.session !== session) this.links.restore();
    if (former && former.session !== session) this.images.placeAgain();
    this.wake();
  }

  private click(hit: Hit | null): void {
    this.navigator.click(hit);
    this.wake();
  }

  private hover(hit: Hit | null, x: number, y: number): void {
    const wanted = hit && ["tile", "wall", "shelf", "photograph"].includes(hit.kind) ? hit : null;
    if (wanted || this.hovered) this.world.setHover(wanted);
    this.hovered = wanted;
    this.canvas.classList.toggle("pointing", wanted !== null);
    this.hud.tooltip.show(wanted, x, y);
  }

  private pick(x: number, y: number): Hit | null {
    const { clientWidth, clientHeight } = this.canvas;
    return this.world.pick((2 * x) / clientWidth - 1, 1 - (2 * y) / clientHeight);
  }

  private arrows(step: 1 | -1): boolean {
    const { selection } = this.store;
    if (!selection || selection.tile === null) return false;
    this.navigator.nextChannel(step);
    return true;
  }

  /** One frame after the other, whatever happens in one of them. */
  private frame(now: number): void {
    try {
      this.draw(now);
    } catch (error) {
      this.stumbled(error);
    }
    requestAnimationFrame((next) => this.frame(next));
  }

  private stumbled(error: unknown): void {
    if (this.reported) return;
    this.reported = true; // it may come again sixty times a second
    console.error(error);
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = "Reload the page if it stays so";
    this.hud.notices.toast(`The room could not be drawn: ${reason}. ${remedy}`, "frame");
  }

  private draw(now: number): void {
    const seconds = Math.min(LONGEST_STEP_S, (now - this.before) / 1000);
    this.before = now;
    this.visitor.step(seconds);
    if (this.visitor.apply(this.world.camera)) this.seenFromElsewhere();
    else if (this.stirred && !this.visitor.moving) {
      // A tile that is being lifted comes to lie under the pointer only then.
      this.stirred = !this.pointer.rehover() || !this.world.settled;
    }
    this.streaming.update();
    this.world.render();
    this.hud.frame();
    this.links.update();
    document.documentElement.dataset["state"] = phaseOf(this);
  }

  private seenFromElsewhere(): void {
    this.streaming.changed();
    if (this.visitor.moves.size > 0) this.navigator.walked();
    this.stirred = true;
    this.hud.tooltip.show(null, 0, 0);
  }

  /** What the hint at the bottom is about. */
  situation(): ReturnType<typeof situationOf> {
    return situationOf(this.store, this.visitor);
  }
}
