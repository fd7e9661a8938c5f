/** The application: what the visitor does and what the bridge sends, brought together. */

import { Connection } from "../connection/socket";
import type { Source } from "../connection/source";
import type { Token } from "../connection/token";
import type { Room } from "../generated/protocol";
import { Aligning } from "../hands/aligning";
import { Arranging } from "../hands/arranging";
import { Edits } from "../hands/edits";
import { Holding } from "../hands/holding";
import { Keeping } from "../hands/keeping";
import { nudgeOf } from "../hands/nudges";
import { Things } from "../hands/things";
import { ownStorage } from "../headset/comfort";
import { Headset } from "../headset/headset";
import { Hud } from "../hud/hud";
import { Taking } from "../picture/taking";
import type { Hit } from "../scene/types";
import { World } from "../scene/world";
import { Blocks } from "./blocks";
import { Colouring } from "./colouring";
import { arrangementsOf, commandsOf } from "./commands";
import { InputFrames } from "./frames";
import { Images } from "./images";
import { Keys } from "./keys";
import { budgetOf, budgetProblem } from "./link";
import { LinkKeeper } from "./linkkeeper";
import { Laying } from "./laying";
import { LiveInput } from "./live";
import { Making } from "./making";
import { doubtText } from "./names";
import { Marks } from "./marks";
import { Navigator } from "./navigator";
import { atStart } from "./places";
import { Ordering } from "./ordering";
import { PointerInput } from "./pointer";
import { Receiver } from "./receive";
import { Pictures } from "./pictures";
import { situationOf } from "./situation";
import { phaseOf } from "./published";
import { Saving } from "./saving";
import { SearchIndex } from "./search";
import { Store } from "./store";
import { Streaming } from "./streaming";
import { Tour } from "./tour";
import { Visitor } from "./visitor";
import { WeightSpreads } from "./weights";

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
  readonly tour: Tour;
  readonly taking: Taking;
  readonly pictures: Pictures;
  readonly streaming: Streaming;
  readonly colouring: Colouring;
  readonly ordering: Ordering;
  readonly marks: Marks;
  readonly edits: Edits;
  /** Walls in the hands of a headset, or of this page's mouse and keys. */
  readonly holding: Holding;
  readonly arranging: Arranging;
  readonly aligning: Aligning;
  readonly weights: WeightSpreads;
  readonly laying: Laying;
  readonly keeping: Keeping;
  /** Pictures that this page's pointer or keys carry. */
  readonly things: Things;
  readonly making: Making;
  readonly frames: InputFrames;
  readonly headset: Headset;
  readonly saving: Saving;
  private readonly pointer: PointerInput;
  private readonly canvas: HTMLCanvasElement;
  private former: { room: Room; session: string } | null = null;
  /** What lies under a resting pointer may have changed. */
  private stirred = false;
  private hovered: Hit | null = null;
  private before = 0;
  /** An exception of a frame has been told. */
  private reported = false;

  /** `wearable`: there is a headset. */
  constructor(canvas: HTMLCanvasElement, hud: HTMLElement, wearable: boolean, source: Source, token: Token) {
    const { store, visitor } = this;
    store.recorded = source.recorded;
    this.canvas = canvas;
    this.world = new World(canvas, budgetOf(window.location));
    const { world } = this;
    this.ordering = new Ordering(store, world, {
      lower: () => this.navigator.lift(null),
      follow: (layer) => this.navigator.follow(layer),
    });
    this.colouring = new Colouring(store, world, ownStorage());
    const toast = (message: string, about?: string): void => {
      this.hud.notices.toast(message, about);
      this.headset.presence.note(message);
    };
    const connection = (): Connection => this.connection;
    const receiver = new Receiver(store, world, connection, toast, () => this.streaming);
    this.connection = new Connection(source, token, {
      state: (state, reason) => this.connectionChanged(state, reason),
      welcome: (message) => receiver.welcome(message),
      message: (message, payloads) => receiver.message(message, payloads),
      error: (_code, message) => toast(message),
    });
    this.streaming = new Streaming(
      store,
      world,
      visitor,
      connection,
      toast,
      (message) => this.hud.notices.keep(message, "budget"),
      (pages, payloads) => receiver.pages(pages, payloads),
      source,
    );
    this.navigator = new Navigator(
      store,
      world,
      visitor,
      (text) => this.hud.notices.say(text),
      toast,
      (blocks) => this.blocks.openAround(blocks),
      (layer) => this.ordering.of(layer).strongest ?? Infinity,
    );
    this.blocks = new Blocks(store, this.navigator, connection, {
      say: (message) => toast(message, "blocks"),
      keepSaying: (message) => this.hud.notices.keep(message, "blocks under way"),
    });
    this.images = new Images(store, world, connection, toast, (about) =>
      this.hud.notices.remove(about),
    );
    this.edits = new Edits(store, connection, toast);
    this.laying = new Laying(store, this.edits, (message) => toast(message, "layout"));
    this.holding = new Holding(store, world, this.edits, connection, toast);
    this.arranging = new Arranging(
      store, world, this.holding, this.edits, () => visitor.yaw, toast,
      (text) => this.hud.notices.say(text),
    );
    this.aligning = new Aligning(
      store, this.holding, this.edits, () => this.arranging.finish(), toast,
    );
    this.keeping = new Keeping(store, this.edits, () => this.navigator.select(null), toast);
    this.weights = new WeightSpreads(store, connection);
    const place = (picture: string, input?: string): void => this.place(picture, input);
    this.frames = new InputFrames(
      store, world, this.edits, place, () => this.streaming.changed(), toast,
    );
    this.things = new Things(store, world, this.edits, connection, place, toast);
    this.making = new Making(store, connection, place, toast);
    this.live = new LiveInput(store, connection, toast);
    this.marks = new Marks(store, world, ownStorage(), (message) => toast(message, "marks"));
    this.links = new LinkKeeper(
      store, visitor, this.navigator, this.images, this.marks, this.colouring, this.laying,
      (name) => this.tour.begin(name),
    );
    this.tour = new Tour(store, this.edits, () => this.links, this.navigator, visitor, toast);
    this.taking = new Taking(this);
    this.pictures = new Pictures(store, this.taking, this.tour, toast);
    this.saving = new Saving(
      store, source, connection, this.colouring, () => this.links.hash, (text) => toast(text, "saving"),
    );
    const index = new SearchIndex(store);
    this.headset = new Headset(this, index, wearable);
    const commands = commandsOf(this).filter(({ live }) => live !== true || !source.recorded);
    this.hud = new Hud(hud, this, index, commands);
    this.hud.notices.keep(budgetProblem(window.location), "address");
    new Keys(
      visitor,
      commands,
      (step) => this.arrows(step),
      (event) => this.nudge(event),
      () => this.wake(),
    );
    this.pointer = new PointerInput(canvas, visitor, {
      pick: (x, y) => this.pick(x, y),
      click: (hit, selects) => this.click(hit, selects),
      doubleClick: (hit) => this.blocks.open(this.navigator.station(hit.station ?? "")),
      hover: (hit, x, y) => this.hover(hit, x, y),
      carry: (hit, at) => this.carry(hit, at),
      drop: () => this.things.drop(),
      loseCarried: () => this.things.cancel(),
      place: (picture) => this.place(picture),
      grab: (at, hit, event) => this.arranging.begin(at, hit, event),
      drag: (to, event) => this.arranging.drag(to, event.shiftKey),
      letGo: () => this.arranging.end(),
      loseGrip: () => this.arranging.cancel(),
      size: (pixels) => this.things.reach(pixels) || this.arranging.wheel(pixels),
      walked: () => {
        this.tour.pause();
        this.navigator.walked();
      },
      wake: () => this.wake(),
    });
    this.listen();
  }

  start(): void {
    this.connection.open();
    this.world.stereo.loop((now) => this.frame(now));
  }

  /** Places a picture of the shelf, and shows what the network sees in it. */
  place(picture: string, input?: string): void {
    void this.images.placePicture(picture, input);
    this.hud.predictionAfterPlacing();
  }

  placeFile(file: File): void {
    void this.images.placeFile(file);
    this.hud.predictionAfterPlacing();
  }

  /** Puts the visitor's own image, which is shown, on the shelf, and shows it from there. */
  async keepImage(): Promise<void> {
    const own = this.images.own;
    const picture = own && (await this.making.keep(own.name, own.data));
    if (picture) this.place(picture);
  }

  /**
   * By keys: takes the picture that has the focus in the strip, or is looked at, or else the one
   * that is shown; or lets go of the one that is carried.
   */
  carryOrDrop(): void {
    const { store, things, world } = this;
    if (things.picture !== null) {
      things.drop();
      return;
    }
    const inStrip = this.hud.strip.pictureAt(document.activeElement);
    const looked = world.pick(0, 0)?.picture;
    const shown = store.run?.picture || store.shelf[0]?.id;
    const picture = inStrip ?? looked ?? shown;
    if (!picture || !things.take(picture, undefined, true)) {
      this.hud.notices.toast("There is no image to pick up", "things");
      return;
    }
    this.hud.focusScene();
    const name = store.shelf.find(({ id }) => id === picture)?.name ?? picture;
    this.hud.notices.say(`${name} in hand. U puts it down, into the frame near by; Esc puts it back`);
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
    store.on("network", () => this.world.setDoubt(doubtText(store.network?.weights ?? "")));
    store.on(["shelf", "things"], () => this.images.hang());
    store.on(["pictures", "things"], () => this.images.shelved());
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
      queueMicrotask(() => this.images.shelved());
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
    this.links.roomCame();
    if (former && former.session !== session) {
      this.edits.forget();
      this.images.placeAgain();
    }
    this.wake();
  }

  private click(hit: Hit | null, selects: boolean): void {
    const { layer, tile } = hit ?? {};
    if (hit?.input) this.frames.choose(hit.input);
    else if (!selects) this.navigator.click(hit);
    else if (layer !== undefined && tile !== undefined) this.marks.toggle(layer, tile);
    this.wake();
  }

  private hover(hit: Hit | null, x: number, y: number): void {
    const wanted = hit && ["tile", "wall", "shelf", "photograph", "thing"].includes(hit.kind) ? hit : null;
    if (wanted || this.hovered) this.world.setHover(wanted);
    this.hovered = wanted;
    this.canvas.classList.toggle("pointing", wanted !== null);
    this.hud.tooltip.show(wanted, x, y);
  }

  /** The picture that was pressed goes with the pointer. */
  private carry(hit: Hit, at: readonly [number, number]): void {
    const { things, world, visitor } = this;
    if (things.picture === null && hit.picture) {
      const apart = hit.point.map((part, i) => part - visitor.position[i]!);
      if (!things.take(hit.picture, Math.hypot(...apart))) return;
      this.hud.tooltip.show(null, 0, 0);
    }
    things.aim(world.ray(at));
  }

  /** Who carries a picture by keys has it before them, a little below what they look at. */
  private carryAlong(): void {
    if (!this.things.walking) return;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const [below, ahead] = [this.world.ray([width / 2, 0.64 * height]), this.world.ray([width / 2, height / 2])];
    this.things.aim(below, ahead);
  }

  private pick(x: number, y: number): Hit | null {
    const { clientWidth, clientHeight } = this.canvas;
    return this.world.pick((2 * x) / clientWidth - 1, 1 - (2 * y) / clientHeight);
  }

  private nudge(event: KeyboardEvent): boolean {
    const nudge = this.arranging.active ? nudgeOf(event) : undefined;
    return nudge !== undefined && this.arranging.nudge(nudge, event.shiftKey);
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
    if (this.headset.worn) this.headset.frame(seconds);
    else if (this.visitor.apply(this.world.camera)) this.seenFromElsewhere();
    else if (this.stirred && !this.visitor.moving) {
      // A tile that is being lifted comes to lie under the pointer only then.
      this.stirred = !this.pointer.rehover() || !this.world.settled;
    }
    this.tour.update(seconds);
    this.holding.update();
    this.carryAlong();
    this.ordering.update();
    this.streaming.update();
    this.world.render();
    if (!this.headset.worn) this.hud.frame();
    this.links.update();
    document.documentElement.dataset["state"] = phaseOf(this);
    this.taking.update();
  }

  private seenFromElsewhere(): void {
    this.streaming.changed();
    if (this.visitor.moves.size > 0) this.navigator.walked();
    this.stirred = true;
    this.hud.tooltip.show(null, 0, 0);
  }

  /** What the panel offers to do with the chosen wall. */
  get arrangements(): ReturnType<typeof arrangementsOf> {
    return arrangementsOf(this);
  }

  /** What the hint at the bottom is about. */
  situation(): ReturnType<typeof situationOf> {
    if (this.arranging.active) return "arranging";
    if (this.things.walking) return "carrying";
    const situation = situationOf(this.store, this.visitor);
    return situation === "closed" && this.store.recorded ? "wall" : situation;
  }
}
