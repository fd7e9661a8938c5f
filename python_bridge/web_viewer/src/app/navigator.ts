/** Where the visitor goes and what they select: walls, tiles, stations, overview. */

import type { Room, Station, Wall } from "../generated/protocol";
import { namesAt } from "../hands/keeping";
import type { Hit } from "../scene/types";
import type { World } from "../scene/world";
import { nearestName } from "./names";
import {
  above,
  anchorOf,
  atBoard,
  atStart,
  beforeWall,
  blocksHiding,
  moved,
  nearestStation,
  onAisle,
  seenFrom,
  standingAt,
  stationOf,
  stops,
  wallOfTile,
} from "./places";
import { screenNow } from "./screen";
import { aisleAt, atShare, depthOf, depthOfStation, shareOf } from "./layouts";
import type { Selection, Store } from "./store";
import { distance, EYE_M, type Pose, type Visitor } from "./visitor";

/** A tile is lifted by a click only from as near as this; from afar a click goes there. */
const REACH_M = 6;
/** A selection ends when its wall is left this far behind. */
const FORGET_M = 11;

/** Nearer than this the visitor has not moved. */
const SAME_PLACE_M = 0.01;

/** A place that stands in the room only once blocks have been opened or closed. */
interface Goal {
  ready(room: Room): boolean;
  go(): void;
}

export class Navigator {
  /** Where the visitor left the floor for the overview. */
  private floor: Pose | null = null;
  private goal: Goal | null = null;
  /** Key of the station that was selected where the visitor still stands. */
  private before: string | null = null;
  /** The wall that was selected last. */
  private last: Selection | null = null;
  /** How far along the way they were who now see a tower whole. */
  private share = 0;

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly visitor: Visitor,
    /** Says aloud where the visitor went. */
    private readonly say: (message: string) => void,
    private readonly problem: (message: string, about: string) => void,
    /** Opens blocks for all visitors; the room follows. */
    private readonly open: (blocks: string[]) => void,
    /** So many cells of a layer's walls show tiles. */
    private readonly cellsOf: (layer: string) => number = () => Infinity,
  ) {}

  /**
   * Goes to a layer or block by name, and opens the blocks around it first; false, and a word
   * about it, if there is none. `arrived` is called once its station is chosen.
   */
  goTo(name: string, tile: number | null = null, arrived: () => void = () => undefined): boolean {
    const { room, network } = this.store;
    if (!room || !network) return false;
    const station = stationOf(room, network.network, name);
    if (station === null) {
      this.problem(this.missing(name), "place");
      return false;
    }
    const hiding = blocksHiding(room, network.network, name);
    if (hiding.length > 0) {
      const ready = (now: Room): boolean => blocksHiding(now, network.network, name).length === 0;
      this.goal = { ready, go: () => this.goTo(name, tile, arrived) };
      this.open(hiding);
      return true;
    }
    const within = station.layers.includes(name) && !station.closed;
    const layer = within ? name : this.shownBy(station);
    const wall = tile === null ? 0 : this.wallOf(station, layer, tile);
    if (wall < 0) this.problem(`${name} has no tile ${tile} on its walls`, "place");
    this.standBefore(station, Math.max(0, wall), layer, wall < 0 ? null : tile);
    arrived();
    return true;
  }

  /** What to say of a layer or block that is not there; "" if it is. */
  missing(name: string): string {
    const { room, network } = this.store;
    if (!room || !network || stationOf(room, network.network, name)) return "";
    const layers = network.network.nodes.map((node) => node.name);
    const nearest = nearestName(name, [...layers, ...network.network.blocks.map((b) => b.name)]);
    return `${name} is not in ${network.title}; nearest: ${nearest || "none"}`;
  }

  /** Index of the station's wall that shows a layer's tile, -1 if none does. */
  wallShowing(station: Station | null, { layer, tile }: { layer: string; tile: number | null }): number {
    if (!station || tile === null) return station ? 0 : -1;
    return wallOfTile(station, this.world.cellOf(layer, tile));
  }

  /** Blocks are being opened on the way to somewhere. */
  get waiting(): boolean {
    return this.goal !== null;
  }

  /**
   * Will go to the first station of what `from` stands for once that block is open, or to the
   * block in place of `from` once it is closed.
   */
  expect(block: string, from: Station, { open }: { open: boolean }): void {
    if (this.store.overview) return;
    const ready = ({ stations, expanded }: Room): boolean =>
      expanded.includes(block) === open && stations.some((s) => s.closed === block) !== open;
    this.goal = { ready, go: () => this.goInPlaceOf(from) };
  }

  /** Stays: the blocks will not open, or the visitor went elsewhere. */
  giveUp(): void {
    this.goal = null;
  }

  click(hit: Hit | null): void {
    if (hit?.station === undefined || (hit.kind !== "tile" && hit.kind !== "wall")) {
      if (hit?.kind === "photograph") this.home();
      else if (hit?.kind === "board") this.end();
      return;
    }
    if (hit.lifted) {
      this.lift(null);
      return;
    }
    const station = this.station(hit.station);
    if (!station) return;
    const { selection, overview } = this.store;
    const wall = hit.wall ?? 0;
    const near = distance(this.visitor.position, hit.point) < REACH_M;
    const chosen = selection?.station === station.key && selection.wall === wall;
    if (hit.kind === "tile" && hit.tile !== undefined && chosen && near && !overview) {
      this.lift(hit.tile === selection.tile ? null : hit.tile);
    } else this.standBefore(station, wall, this.shownBy(station));
  }

  lift(tile: number | null): void {
    const { selection } = this.store;
    if (selection) this.select({ ...selection, tile });
  }

  /** The next channel of the selected layer, on the other wall if need be. */
  nextChannel(step: number): void {
    const { selection } = this.store;
    const station = selection && this.station(selection.station);
    if (!selection || !station) return;
    const cells = station.walls.flatMap((wall) =>
      wall.panels.flatMap((p) => Array.from({ length: p.count }, (_, index) => p.first + index)),
    );
    const { layer } = selection;
    const shown = cells.filter((cell) => cell < this.cellsOf(layer));
    const tiles = shown.map((cell) => this.world.tileIn(layer, cell));
    const now = tiles.indexOf(selection.tile ?? -1);
    const tile = tiles[(now + step + tiles.length) % tiles.length];
    if (tile === undefined) return;
    const wall = this.wallOf(station, layer, tile);
    if (wall === selection.wall) this.lift(tile);
    else this.standBefore(station, wall, selection.layer, tile);
  }

  /** A layer's tiles stand elsewhere: before the wall where the chosen one is, or any is, now. */
  follow(layer: string): void {
    const { selection } = this.store;
    const station = selection && this.station(selection.station);
    if (!selection || !station || selection.layer !== layer) return;
    const { tile, wall } = selection;
    const now = tile === null ? wall : this.wallOf(station, layer, tile);
    const empty = this.world.isEmpty(station.key, now);
    if (now !== wall || empty) this.standBefore(station, empty ? 0 : Math.max(0, now), layer, tile);
  }

  /** Index of the wall that shows a tile, or will once nothing is left out; -1 if none does. */
  private wallOf(station: Station, layer: string, tile: number): number {
    const cell = this.world.cellOf(layer, tile);
    const now = this.shownBy(station) === layer ? this.world.wallWith(station.key, cell) : -1;
    return now >= 0 ? now : wallOfTile(station, cell);
  }

  /** With a wall selected the next station, else the next block along the aisle. */
  step(direction: 1 | -1): void {
    const { room, selection, overview } = this.store;
    if (!room || overview) return;
    if (selection) {
      const hidden = namesAt(this.store, "hidden");
      const seen = room.stations.filter(({ key }) => key === selection.station || !hidden.has(key));
      const here = seen.findIndex((station) => station.key === selection.station);
      const next = seen[here + direction];
      const wall = next && Math.min(selection.wall, next.walls.length - 1);
      if (next && wall !== undefined) this.standBefore(next, wall, this.shownBy(next));
      return;
    }
    this.stepAlongAisle(room, direction);
  }

  home(): void {
    this.leave(null);
    if (this.store.room) this.visitor.goTo(atStart(this.store.room));
  }

  end(): void {
    this.leave(null);
    if (this.store.room) this.visitor.goTo(atBoard(this.store.room));
  }

  /** Before the wall that was selected last, else onto the aisle where the visitor is nearest. */
  returnToWall(): void {
    const { room, network } = this.store;
    if (!room || !network) return;
    const { last } = this;
    const station = last && stationOf(room, network.network, last.layer);
    if (last && station) {
      const wall = Math.min(last.wall, station.walls.length - 1);
      this.standBefore(station, wall, station.closed ? this.shownBy(station) : last.layer);
      return;
    }
    const transforms = this.store.transforms();
    const nearest = nearestStation(room, this.visitor.destination.position, transforms);
    this.leave(null);
    this.visitor.goTo(nearest ? onAisle(room, nearest, transforms) : atStart(room));
  }

  toggleOverview(): void {
    const { room, overview } = this.store;
    if (!room) return;
    if (overview) {
      this.setOverview(false);
      this.visitor.goTo(this.floor ?? atStart(room));
      return;
    }
    this.floor = this.visitor.destination;
    this.select(null);
    this.lookFromAbove(room);
  }

  /** One step back: puts the tile down, forgets the wall, leaves the overview. */
  back(): boolean {
    const { selection, overview } = this.store;
    if (selection && selection.tile !== null) this.lift(null);
    else if (selection) {
      this.select(null);
      this.before = selection.station;
    } else if (overview) this.toggleOverview();
    else return false;
    return true;
  }

  /** On the aisle, at that depth of the room. */
  goToDepth(z: number): void {
    this.leave(null);
    if (this.store.room) this.visitor.goTo(aisleAt(this.store.room, z));
  }

  select(selection: Selection | null): void {
    const { store } = this;
    const changes = !same(store.selection, selection);
    this.before = null;
    this.last = selection ?? this.last;
    store.selection = selection;
    this.lookAtSelection();
    if (changes) store.changed("selection");
  }

  /** To be called when the screen has another size, or the visitor stands elsewhere. */
  lookAtSelection(): void {
    const sight = { ...this.visitor.destination, screen: screenNow() };
    this.world.setSelected(this.store.selection, sight);
  }

  /** Shows another layer of the selected station, on its walls and in the panel. */
  showLayer(layer: string): void {
    const { selection } = this.store;
    const station = selection && this.station(selection.station);
    if (!selection || !station) return;
    this.show(station, layer);
    this.select({ ...selection, layer });
  }

  setNormalization(normalization: Store["normalization"]): void {
    this.store.normalization = normalization;
    this.world.setView({ normalization });
    this.store.changed("view");
  }

  /** To be called while the visitor walks: who walks off no longer looks at the wall. */
  walked(): void {
    this.giveUp();
    this.before = null;
    const { selection } = this.store;
    const station = selection && this.station(selection.station);
    const wall = selection && station?.walls[selection.wall];
    if (!station || !wall) return;
    const at = moved(wall.position_m, station, this.store.transforms());
    const [x, y, z] = this.visitor.position;
    if (distance([x, y - EYE_M, z], at) > FORGET_M) this.select(null);
  }

  /** After blocks opened or closed: what stood before the visitor still does. */
  roomChanged(former: Room | null): void {
    const { room, selection } = this.store;
    if (!room || former?.network !== room.network) return;
    if (former.layout !== room.layout) {
      this.laidOutAnew(selection, former, room);
      return;
    }
    if (this.store.overview) {
      if (this.floor) this.floor = this.shifted(this.floor, former, room);
      this.frameAnew(former, room);
    } else this.visitor.place(this.shifted(this.visitor.destination, former, room));
    this.forgetShown(former, room);
    if (this.goal?.ready(room)) this.pursue(this.goal);
    else this.reselect(selection, former);
  }

  /** In another layout the visitor is before the same wall or as far along; a tower is seen whole. */
  private laidOutAnew(selection: Selection | null, former: Room, room: Room): void {
    this.floor = null;
    this.forgetShown(former, room);
    const station = selection && this.station(selection.station);
    if (this.goal?.ready(room)) this.pursue(this.goal);
    else if (this.store.overview) this.lookFromAbove(room);
    else if (station) this.standBefore(station, selection.wall, selection.layer, selection.tile);
    else {
      const share = former.layout === "tower" ? this.share : shareOf(former, this.visitor.destination);
      this.share = share;
      const whole = room.layout === "tower" || share === 0;
      this.visitor.goTo(whole ? atStart(room) : atShare(room, share));
      this.reselect(selection, former);
    }
  }

  /** A pose that was before a station of a former room is before what stands for it now. */
  private shifted<P extends Pose>(pose: P, former: Room, room: Room): P {
    const { network } = this.store;
    const old = nearestStation(former, pose.position, this.store.transforms());
    const now = old && network && stationOf(room, network.network, anchorOf(old, network.network));
    if (!now) return pose;
    const transforms = this.store.transforms();
    if (room.way.length > 0) {
      return { ...pose, ...standingAt(now, seenFrom(old, pose, transforms), transforms) };
    }
    const [x, y, z] = pose.position;
    return { ...pose, position: [x, y, z + now.origin_m[2] - old.origin_m[2]] };
  }

  /** Who sees the whole of a room from above sees the whole of the one that takes its place. */
  private frameAnew(former: Room, room: Room): void {
    const before = above(former);
    const { position } = this.visitor.destination;
    if (distance(before.position, position) < SAME_PLACE_M) this.lookFromAbove(room);
  }

  /** A block that opened or closed shows what the room says, though its station's key stays. */
  private forgetShown(former: Room, room: Room): void {
    const before = new Map(former.stations.map(({ key, closed }) => [key, closed]));
    for (const { key, closed, shown } of room.stations) {
      if (this.world.shownBy(key) === undefined || before.get(key) === closed) continue;
      this.world.showLayer(key, shown);
    }
  }

  private pursue(goal: Goal): void {
    this.goal = null;
    goal.go();
  }

  /** To what stands where a station of a former room stood. */
  private goInPlaceOf(former: Station): void {
    const { room, network } = this.store;
    if (!room || !network) return;
    const now = stationOf(room, network.network, anchorOf(former, network.network));
    if (now) this.goTo(now.shown);
  }

  station(key: string): Station | null {
    return this.store.room?.stations.find((station) => station.key === key) ?? null;
  }

  /** The station selected, or until just now, else the one nearest to the visitor. */
  here(): Station | null {
    const { room, selection } = this.store;
    if (!room) return null;
    const key = selection?.station ?? this.before;
    const chosen = key === null ? null : this.station(key);
    return (
      chosen ?? nearestStation(room, this.visitor.destination.position, this.store.transforms())
    );
  }

  private standBefore(station: Station, wall: number, layer: string, tile: number | null = null) {
    const { room } = this.store;
    const target: Wall | undefined = station.walls[wall] ?? station.walls[0];
    if (!target || !room) return;
    this.show(station, layer);
    // The tile is lifted to where it is seen from there.
    this.visitor.goTo(beforeWall(station, target, room, this.store.transforms()));
    this.leave({ station: station.key, wall, tile, layer });
    this.say(`${station.title}, ${station.shape}`);
  }

  /** The layer that is on a station's walls. */
  private shownBy(station: Station): string {
    return this.world.shownBy(station.key) ?? station.shown;
  }

  /** Puts a layer on its station's walls; where it makes other tiles only the panel shows it. */
  private show(station: Station, layer: string): void {
    if (this.shownBy(station) === layer) return;
    this.world.showLayer(station.key, layer);
  }

  private stepAlongAisle(room: Room, direction: 1 | -1): void {
    const transforms = this.store.transforms();
    const here = depthOf(room, this.visitor.destination.position);
    const places = stops(room).map((station) => {
      const pose = onAisle(room, station, transforms);
      const isMoved = station.key in transforms; // then it is not where the aisle has it
      const depth = isMoved && room.way.length > 0 ? depthOfStation(room, station) : depthOf(room, pose.position);
      return { pose, depth };
    });
    const sorted = places.sort((a, b) => b.depth - a.depth);
    const next =
      direction === 1
        ? sorted.find(({ depth }) => depth < here - 0.5)
        : sorted.reverse().find(({ depth }) => depth > here + 0.5);
    if (next) this.visitor.goTo(next.pose);
    else this.visitor.goTo(direction === 1 ? atBoard(room) : atStart(room));
  }

  /** Comes down from the overview, with this selected. */
  private leave(selection: Selection | null): void {
    this.giveUp();
    this.setOverview(false);
    this.select(selection);
  }

  private lookFromAbove(room: Room): void {
    const pose = above(room);
    this.setOverview(true, pose.position);
    this.visitor.goTo(pose);
  }

  /** From that eye, where it is on. */
  private setOverview(on: boolean, eye: Pose["position"] = [0, 0, 0]): void {
    const changes = this.store.overview !== on;
    if (!changes && !on) return;
    this.store.overview = on;
    this.world.setOverview(on ? [...eye] : null);
    if (changes) this.store.changed("view");
  }

  /** Another visitor's change leaves this one before the same wall, or before the block. */
  private reselect(selection: Selection | null, former: Room): void {
    const { room, network } = this.store;
    if (!selection || !room || !network) return;
    const old = former.stations.find(({ key }) => key === selection.station);
    const was = old?.closed ?? "";
    const now = stationOf(room, network.network, selection.layer);
    this.store.selection = null;
    if (!now) this.select(null);
    else if (old && was && room.expanded.includes(was)) this.goInPlaceOf(old);
    else if (now.closed !== was) this.goTo(now.shown);
    else if (now.key === selection.station) this.select(selection);
    else this.select({ ...selection, station: now.key, tile: null, layer: now.shown });
  }
}

function same(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  return a.station === b.station && a.wall === b.wall && a.tile === b.tile && a.layer === b.layer;
}
