/** What the page says of itself, so that tests and the screenshot command can wait for it. */

import type { Score } from "../generated/protocol";
import type { Memory, Normalization } from "../scene/types";
import type { Marked } from "./marks";
import type { App } from "./app";

type Phase = "loading" | "connected" | "lit" | "lost" | "failed";

export interface PublishedState {
  phase: Phase;
  connected: boolean;
  session: string;
  network: { name: string; title: string; revision: number } | null;
  room: { revision: number; stations: number; expanded: string[] } | null;
  run: {
    id: number;
    name: string;
    picture: string;
    live: string;
    position: number;
    complete: boolean;
    failure: string;
  } | null;
  /** How many layers of the newest run have arrived. */
  arrivedLayers: number;
  /** How many layers the walls show. */
  litLayers: number;
  /** How many layers are asked for: those on walls, and the selected one. */
  wantedLayers: number;
  layers: string[];
  memory: Memory;
  documentRevision: number;
  visitor: { position: [number, number, number]; yaw: number; pitch: number; moving: boolean };
  selected: { station: string; wall: number; tile: number | null; layer: string } | null;
  overview: boolean;
  normalization: Normalization;
  colourMap: string;
  marked: Marked;
  prediction: { run: number; scores: Score[] };
  /** The input frame that the walls show, and all that there are. */
  input: string;
  frames: string[];
  /** Stops of the tour, the one that is shown, and whether it plays. */
  tour: { stops: string[]; at: number | null; playing: boolean };
  shelf: { id: string; name: string }[];
  thumbnails: number;
  hovered: number | null;
  /** Nothing moves, and what is on the screen is the newest. */
  settled: boolean;
}

/**
 * loading: no room yet; connected: pages are coming; lit: all drawn; lost: no connection;
 * failed: the network could not be loaded, the bridge lets this page not in, or the newest image
 * did not come through the network, which is drawn too.
 */
export function phaseOf(app: App): Phase {
  const { store } = app;
  if (store.connection === "lost") return "lost";
  if (store.connection === "refused" || store.progress.error) return "failed";
  if (store.connection !== "connected" || !store.room) return "loading";
  if (!isDrawn(app)) return "connected";
  return store.run?.failure ? "failed" : "lit";
}

/** All of the newest run that there will be is on the screen. */
function isDrawn({ store, world, images }: App): boolean {
  const { connection, progress, room, coming, run } = store;
  if (connection !== "connected" || progress.error || !room || coming || !run) return false;
  return (run.complete || run.failure !== "") && !images.placing && images.hung && world.settled;
}

/** Nothing moves, and what is on the screen is the newest. */
export function isSettled(app: App): boolean {
  const { streaming, navigator, visitor, edits } = app;
  const still = !navigator.waiting && !app.links.waiting && !visitor.moving && visitor.seen && !edits.busy;
  return isDrawn(app) && streaming.settled && still;
}

export function publishedState(app: App): PublishedState {
  const { store, visitor, world, streaming } = app;
  const { network, room, run, selection } = store;
  const phase = phaseOf(app);
  return {
    phase,
    connected: store.connection === "connected",
    session: store.session,
    network: network && {
      name: network.name,
      title: network.title,
      revision: network.network.revision,
    },
    room: room && {
      revision: room.revision,
      stations: room.stations.length,
      expanded: room.expanded,
    },
    run: run && {
      id: run.id,
      name: run.name,
      picture: run.picture,
      live: run.live,
      position: run.position,
      complete: run.complete,
      failure: run.failure,
    },
    arrivedLayers: run?.layers.size ?? 0,
    litLayers: world.stats().litLayers,
    wantedLayers: streaming.layers,
    memory: world.memory,
    layers: network
      ? network.network.nodes.filter((node) => node.shown).map((node) => node.name)
      : [],
    documentRevision: store.revision,
    visitor: {
      position: [...visitor.position],
      yaw: visitor.yaw,
      pitch: visitor.pitch,
      moving: visitor.moving,
    },
    selected: selection && { ...selection },
    overview: store.overview,
    normalization: store.normalization,
    marked: app.marks.all,
    colourMap: app.colouring.scheme.map,
    prediction: { run: store.predictionRun, scores: store.prediction },
    input: store.input,
    frames: store.frames(),
    tour: {
      stops: app.tour.stops.map(({ name }) => name), at: app.tour.at, playing: app.tour.playing,
    },
    shelf: store.shelf.map(({ id, name }) => ({ id, name })),
    thumbnails: store.thumbnails.size,
    hovered: app.hud.tooltip.value,
    settled: isSettled(app),
  };
}
