/** Keeps the address a link to what is seen, and goes where a link says. */

import { colourMapOf } from "../scene/colourmaps";
import type { Colouring } from "./colouring";
import type { Images } from "./images";
import { formatLink, parseLink, type Link } from "./link";
import type { Marks } from "./marks";
import type { Navigator } from "./navigator";
import type { Laying } from "./laying";
import { layoutOf, sameLayout } from "./layouts";
import { above, anchorOf, beforeWall, nearestStation, seenFrom, standingAt, stationOf } from "./places";
import { settingsOf } from "./saving";
import type { Store } from "./store";
import { FLOOR_FOV, type Pose, type Visitor } from "./visitor";

/** Farther from the room a link leads nowhere. */
const FARTHEST_M = 500;
const INTERVAL_MS = 400; // browsers refuse more than about a hundred replaceState in 30 s

export class LinkKeeper {
  private written = "";
  private at = 0;
  /** Nothing is written before the link that the page came with has been followed. */
  private restored = false;
  /** A room in another layout is under way, in which this is to be done. */
  private coming: (() => void) | null = null;
  /** As the page was opened with. */
  private readonly budget = parseLink(window.location.hash).budget;

  constructor(
    private readonly store: Store,
    private readonly visitor: Visitor,
    private readonly navigator: Navigator,
    private readonly images: Images,
    private readonly marks: Marks,
    private readonly colouring: Pick<Colouring, "set">,
    private readonly laying: Laying,
    /** The tour begins by itself at this bookmark, "" for the first. */
    private readonly tour: (name: string) => void,
  ) {
    store.on("connection", () => (this.coming = null));
    window.addEventListener("hashchange", () => {
      if (window.location.hash !== this.written) this.restore();
    });
  }

  /** Goes to the place, and places the image, that the address names. */
  restore(): void {
    const link = parseLink(this.restored || window.location.hash ? window.location.hash : this.kept());
    this.restored = true;
    if (link.tour !== undefined) this.tour(link.tour);
    else this.follow(link);
  }

  /** Goes where a link leads, and places its image; in a flight of so many seconds, or at once (0). */
  follow(link: Link, lasts = 0): void {
    if (link.marked) this.marks.adopt(link.marked);
    const { store } = this;
    const plays = store.at(["live", store.network?.name ?? "main", "input", "playing"]) === true;
    if (link.image && link.image !== this.picture() && !plays) void this.images.placePicture(link.image);
    const current = store.room && layoutOf(store.room);
    const layout = current && { ...current, ...link.layout };
    if (!layout || sameLayout(layout, current)) {
      this.go(link, lasts);
      return;
    }
    const go = (): void => this.go(link, lasts);
    this.coming = go;
    void this.laying.set(layout).then((done) => {
      if (!done && this.coming === go) this.roomCame();
    });
  }

  /** A room in another layout is under way. */
  get waiting(): boolean {
    return this.coming !== null;
  }

  /** To be called when a room came, and the visitor stands in it. */
  roomCame(): void {
    const go = this.coming;
    this.coming = null;
    go?.();
  }

  private go(link: Link, lasts: number): void {
    // The layer may lie in closed blocks: its pose holds once these are open.
    const look = (): void => this.look(link, lasts);
    if (!link.layer || !this.navigator.goTo(link.layer, link.tile, look)) look();
  }

  /** The link that came with a session which was kept; what else came with it is done, too. */
  private kept(): string {
    const { link, normalization, colours } = settingsOf(this.store);
    if (normalization) this.navigator.setNormalization(normalization);
    const map = colourMapOf(colours);
    if (map) this.colouring.set({ map });
    return link ?? "";
  }

  /** Where the visitor is, as the address says it. */
  get hash(): string {
    return formatLink(this.link());
  }

  private look(link: Link, lasts: number): void {
    if (link.view !== null && (link.view === "overview") !== this.store.overview) {
      this.navigator.toggleOverview();
    }
    const pose = this.destination(link);
    if (!link.layer && pose && this.store.selection) this.navigator.select(null);
    if (pose && lasts > 0) this.visitor.goTo(pose, undefined, lasts);
    else if (pose) this.visitor.place(pose);
    this.navigator.lookAtSelection();
  }

  /** Where a link leads, once its layer stands in the room; null where it names no place. */
  destination(link: Link): Required<Pose> | null {
    const { room, network } = this.store;
    if (!room || !network) return null;
    if (link.view === "overview") return { fov: FLOOR_FOV, ...above(room) };
    const pose = link.view && this.poseOf(link, link.view);
    if (pose && this.isNear(pose.position)) return { fov: FLOOR_FOV, ...pose };
    const station = link.layer ? stationOf(room, network.network, link.layer) : null;
    const wall = station?.walls[Math.max(0, this.navigator.wallShowing(station, link))];
    if (!station || !wall) return null;
    return { fov: FLOOR_FOV, ...beforeWall(station, wall, room, this.store.transforms()) };
  }

  /** Where a link's view is in this room; null if what it is relative to is not here. */
  private poseOf(link: Link, view: Pose): Pose | null {
    const { room, network } = this.store;
    const anchor = link.layer || link.near;
    if (!anchor) return view;
    const station = room && network && stationOf(room, network.network, anchor);
    return station && standingAt(station, view, this.store.transforms());
  }

  /** Whether something of the room can be seen from there. */
  private isNear([x, y, z]: readonly [number, number, number]): boolean {
    const { room } = this.store;
    if (!room) return false;
    const [first, last] = [room.start.position_m[2] + FARTHEST_M, room.end_m - FARTHEST_M];
    return Math.abs(x) <= FARTHEST_M && y <= FARTHEST_M && z <= first && z >= last;
  }

  /** To be called often; writes when something changed and the last time was long enough ago. */
  update(now = performance.now()): void {
    if (!this.restored || !this.store.room || now - this.at < INTERVAL_MS) return;
    if (this.visitor.moving || this.navigator.waiting) return;
    this.at = now;
    const hash = formatLink(this.link());
    if (hash === this.written) return;
    this.written = hash;
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, "", `${pathname}${search}${hash}`);
  }

  /** Id of the picture in the input frame, also before its run has been announced here. */
  private picture(): unknown {
    const network = this.store.network?.name ?? "main";
    return this.store.run?.picture ?? this.store.at(["inputs", network, this.store.input, "picture"]);
  }

  /** A link to what is seen now, as it is kept: with the layout of the room. */
  get here(): string {
    const { room } = this.store;
    const link = this.link();
    delete link.budget; // a matter of this page
    return formatLink(room ? { ...link, layout: layoutOf(room) } : link);
  }

  private link(): Link {
    const { selection, run, shelf } = this.store;
    const onShelf = shelf.some(({ id }) => id === run?.picture);
    return {
      layer: selection?.layer ?? "",
      tile: selection?.tile ?? null,
      image: onShelf ? (run?.picture ?? "") : "",
      ...this.view(),
      marked: this.marks.all,
      ...(this.budget === undefined ? {} : { budget: this.budget }),
    };
  }

  private view(): Pick<Link, "near" | "view"> {
    const { network, overview, room, selection } = this.store;
    if (overview) return { near: "", view: "overview" };
    const pose = this.visitor.destination;
    const transforms = this.store.transforms();
    const chosen = selection && this.navigator.station(selection.station);
    const station = chosen ?? (room && nearestStation(room, pose.position, transforms));
    if (!station || !network) return { near: "", view: pose };
    const near = selection ? "" : anchorOf(station, network.network);
    return { near, view: seenFrom(station, pose, transforms) };
  }
}
