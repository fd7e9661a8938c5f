/** Keeps the address a link to what is seen, and goes where a link says. */

import { colourMapOf } from "../scene/colourmaps";
import type { Colouring } from "./colouring";
import type { Images } from "./images";
import { formatLink, parseLink, type Link } from "./link";
import type { Marks } from "./marks";
import type { Navigator } from "./navigator";
import { anchorOf, nearestStation, seenFrom, standingAt, stationOf } from "./places";
import { settingsOf } from "./saving";
import type { Store } from "./store";
import type { Pose, Visitor } from "./visitor";

/** Farther from the room a link leads nowhere. */
const FARTHEST_M = 500;
const INTERVAL_MS = 400; // browsers refuse more than about a hundred replaceState in 30 s

export class LinkKeeper {
  private written = "";
  private at = 0;
  /** Nothing is written before the link that the page came with has been followed. */
  private restored = false;
  /** As the page was opened with. */
  private readonly budget = parseLink(window.location.hash).budget;

  constructor(
    private readonly store: Store,
    private readonly visitor: Visitor,
    private readonly navigator: Navigator,
    private readonly images: Images,
    private readonly marks: Marks,
    private readonly colouring: Pick<Colouring, "set">,
  ) {
    window.addEventListener("hashchange", () => {
      if (window.location.hash !== this.written) this.restore();
    });
  }

  /** Goes to the place, and places the image, that the address names. */
  restore(): void {
    const link = parseLink(this.restored || window.location.hash ? window.location.hash : this.kept());
    this.restored = true;
    if (link.marked) this.marks.adopt(link.marked);
    const { store } = this;
    const plays = store.at(["live", store.network?.name ?? "main", "input", "playing"]) === true;
    if (link.image && link.image !== this.picture() && !plays) void this.images.placePicture(link.image);
    // The layer may lie in closed blocks: its pose holds once these are open.
    const look = (): void => this.look(link);
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

  private look(link: Link): void {
    if (link.view === "overview") {
      if (!this.store.overview) this.navigator.toggleOverview();
      this.visitor.place(this.visitor.destination);
    } else {
      const pose = link.view && this.poseOf(link, link.view);
      if (pose && this.isNear(pose.position)) this.visitor.place(pose);
      else if (link.layer) this.visitor.place(this.visitor.destination);
    }
    this.navigator.lookAtSelection();
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
