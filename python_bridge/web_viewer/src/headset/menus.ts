/** What the panels of a headset's wearer say, and what their buttons do. */

import { act } from "../app/actions";
import type { App } from "../app/app";
import { depthOf, depthOfStation } from "../app/layouts";
import { NOISES, type NoiseRecipe } from "../app/making";
import { percentText } from "../app/names";
import type { Finding, SearchIndex } from "../app/search";
import { box } from "../scene/boxes";
import { COLOUR } from "../scene/palette";
import { pointOf } from "../scene/placement";
import type { Comfort } from "./comfort";
import { button, buttons, type Cell, field, plain, type Row, title } from "./panelview";

export type Page = "menu" | "find" | "photos" | "noise" | "blend" | "comfort";

const FOUND = 6;
const PHOTOS = 10;
const LETTERS = 44;
const AMPLITUDES = [0.1, 0.25, 0.5, 0.75, 1] as const;
const SHARES = [0.25, 0.5, 0.75] as const;
const KEYS = ["1234567890", "qwertyuiop", "asdfghjkl.", "zxcvbnm_-/"] as const;
const VIGNETTES = [0, 0.25, 0.5, 0.7, 1] as const;
const MAP_M = 0.034;
const MOST_BARS = 120;

/** What the menus ask of the headset. */
export interface Wearer {
  readonly comfort: Comfort;
  setComfort(changes: Partial<Comfort>): void;
  resetHeight(): void;
  leave(): void;
}

export class Menus {
  page: Page | null = null;
  private query = "";
  private noise: NoiseRecipe = { kind: "gaussian", seed: 0, amplitude: 0.5 };
  private blend = { second: "", share: 0.5 };

  constructor(
    private readonly app: App,
    private readonly index: SearchIndex,
    private readonly wearer: Wearer,
    /** Other rows are to be shown. */
    private readonly changed: () => void,
  ) {}

  /** Opens a page; the one that is open already is closed. */
  toggle(page: Page): void {
    this.show(this.page === page ? null : page);
  }

  show(page: Page | null): void {
    if (page === "find") this.query = "";
    this.page = page;
    this.changed();
  }

  rows(): Row[] {
    switch (this.page) {
      case null: return [];
      case "menu": return this.menu();
      case "find": return this.find();
      case "photos": return this.photos();
      case "noise": return this.noises();
      case "blend": return this.blends();
      case "comfort": return this.settings();
    }
  }

  /** What is on the wrist: where one is, what the network sees, a map and three buttons. */
  wrist(): Row[] {
    const { store, navigator } = this.app;
    const here = navigator.here();
    const name = here ? `${here.title}  ${here.shape}` : "layerwalk";
    const map: Cell = {
      spans: [],
      click: (share) => this.goToShare(share),
      picture: (place, width, height) => this.map(place, width, height),
    };
    return [
      { ...title(shortened(name, 30)), size: 1.05 },
      plain(this.seen() || "Nothing yet"),
      { cells: [map], size: 1, high: MAP_M },
      buttons(
        button("Map", () => this.overview(), store.overview),
        button("Find", () => this.toggle("find"), this.page === "find"),
        button("Menu", () => this.toggle("menu"), this.page === "menu"),
      ),
    ];
  }

  private menu(): Row[] {
    const { app } = this;
    const { store, navigator, blocks, live } = app;
    const here = navigator.here();
    const other = { layer: "channel", channel: "layer" } as const;
    const rows: Row[] = [title(shortened(store.network?.title ?? "layerwalk", 34))];
    const seen = this.seen();
    if (seen) rows.push(plain(seen));
    rows.push(
      buttons(
        button("Start", this.going(() => navigator.home())),
        button("Prediction", this.going(() => navigator.end())),
        button("Overview", () => this.overview(), store.overview),
      ),
      buttons(
        button("Previous", () => navigator.step(-1)),
        button("Next", () => navigator.step(1)),
        button("Find", () => this.show("find")),
      ),
      buttons(
        button("Open the block", () => {
          if (!blocks.open(here)) this.say("No closed block here");
        }),
        button("Close the block", () => blocks.close()),
      ),
      field("Colours scaled per", store.normalization, () => {
        navigator.setNormalization(other[store.normalization]);
      }),
    );
    if (store.takesImages) {
      const lifted = (store.selection?.tile ?? null) !== null;
      rows.push(buttons(
        button("Photographs", () => this.show("photos")),
        ...(lifted ? [button("Place the tile", () => void this.app.making.lifted())] : []),
      ));
      const { frames } = app;
      rows.push(buttons(
        button(capital(frames.title || "one input frame"), () => frames.next()),
        button("Add one", () => void frames.add()),
        ...(frames.title ? [button("Remove", () => void frames.remove())] : []),
      ));
    }
    if (live.available) {
      const { source, state } = live;
      const what = state?.playing ? "playing" : "paused";
      rows.push(field(source?.name ?? "Live input", what, () => live.toggle()));
    }
    rows.push(
      buttons(
        button("Comfort", () => this.show("comfort")),
        button("Leave", () => this.wearer.leave()),
        button("Close", () => this.show(null)),
      ),
    );
    return rows;
  }

  private settings(): Row[] {
    const { comfort } = this.wearer;
    const set = (changes: Partial<Comfort>): void => this.wearer.setComfort(changes);
    const next = VIGNETTES.find((share) => share > comfort.vignette + 0.01) ?? VIGNETTES[0];
    const yes = (on: boolean): string => (on ? "yes" : "no");
    return [
      title("Comfort"),
      field("Hand that points", comfort.hand, () => {
        set({ hand: comfort.hand === "right" ? "left" : "right" });
      }),
      field("Turn", comfort.smoothTurn ? "smoothly" : "by 30°", () => {
        set({ smoothTurn: !comfort.smoothTurn });
      }),
      field("Move", comfort.walks ? "walk with the stick, or teleport" : "teleport only", () => {
        set({ walks: !comfort.walks });
      }),
      field("Dark edge while moving", `${Math.round(100 * comfort.vignette)} %`, () => {
        set({ vignette: next });
      }),
      field("Seated", yes(comfort.seated), () => set({ seated: !comfort.seated })),
      buttons(
        button("Reset height", () => this.wearer.resetHeight()),
        button("Back", () => this.show("menu")),
        button("Close", () => this.show(null)),
      ),
    ];
  }

  private find(): Row[] {
    const found = this.index.find(this.query).slice(0, FOUND);
    const rows: Row[] = [title("Find a layer or a block"), field("Name", `${this.query}|`)];
    for (const finding of found) {
      rows.push(field(shortened(finding.title, 26), shortened(finding.detail, 18), () => this.go(finding)));
    }
    const none = this.query === "" ? "Type a part of its name" : "Nothing fits";
    if (found.length === 0) rows.push(plain(none, COLOUR.third));
    while (rows.length < FOUND + 2) rows.push(plain("")); // keys stay where they are
    for (const keys of KEYS) {
      rows.push(buttons(...[...keys].map((key) => button(key, () => this.type(this.query + key)))));
    }
    rows.push(
      buttons(
        button("Space", () => this.type(`${this.query} `)),
        button("Delete", () => this.type(this.query.slice(0, -1))),
        button("Close", () => this.show(null)),
      ),
    );
    return rows;
  }

  private photos(): Row[] {
    const { store } = this.app;
    const [given, made] = [store.given, store.shelf.slice(store.given.length)];
    const newest = made.slice(-PHOTOS / 2);
    const shelf = [...given.slice(0, PHOTOS - newest.length), ...newest];
    const rows: Row[] = [title("Photographs")];
    for (let at = 0; at < shelf.length; at += 2) {
      rows.push(buttons(...shelf.slice(at, at + 2).map(({ id, name }) => {
        const shown = store.run?.picture === id;
        return button(shortened(name, 20), () => this.app.place(id), shown);
      })));
    }
    rows.push(buttons(
      button("Noise", () => this.show("noise")),
      ...(store.shelf.length > 1 ? [button("Blend", () => this.show("blend"))] : []),
      ...(Object.keys(store.things()).length > 0
        ? [button("All back", () => void this.app.things.sendAllBack())]
        : []),
    ));
    rows.push(buttons(button("Back", () => this.show("menu")), button("Close", () => this.show(null))));
    return rows;
  }

  private noises(): Row[] {
    const { kind, seed, amplitude } = this.noise;
    const set = (changes: Partial<NoiseRecipe>): void => {
      this.noise = { ...this.noise, ...changes };
      this.changed();
    };
    return [
      title("Noise"),
      field("Kind", kind, () => set({ kind: after(NOISES, kind) })),
      field("Seed", String(seed), () => set({ seed: seed + 1 })),
      field("Amplitude", `${Math.round(100 * amplitude)} %`, () => {
        set({ amplitude: after(AMPLITUDES, amplitude) });
      }),
      buttons(
        button("Place", () => void this.app.making.noise(this.noise)),
        button("Seed 0", () => set({ seed: 0 })),
        button("Back", () => this.show("photos")),
      ),
    ];
  }

  /** Of the image that is shown and another one. */
  private blends(): Row[] {
    const { store, making } = this.app;
    const ids = store.shelf.map(({ id }) => id);
    const first = store.run?.picture || ids[0] || "";
    const others = ids.filter((id) => id !== first);
    const second = others.includes(this.blend.second) ? this.blend.second : (others[0] ?? "");
    const nameOf = (id: string): string =>
      shortened(store.shelf.find((one) => one.id === id)?.name ?? id, 22);
    const set = (changes: Partial<Menus["blend"]>): void => {
      this.blend = { ...this.blend, ...changes };
      this.changed();
    };
    return [
      title("Blend"),
      field("The image shown", nameOf(first)),
      field("With", nameOf(second), () => set({ second: after(others, second) })),
      field("Its share", `${Math.round(100 * this.blend.share)} %`, () => {
        set({ share: after(SHARES, this.blend.share) });
      }),
      buttons(
        button("Place", () => void making.blend(first, second, this.blend.share)),
        button("Back", () => this.show("photos")),
        button("Close", () => this.show(null)),
      ),
    ];
  }

  /** The best guess of what is on show, in words. */
  private seen(): string {
    const { store } = this.app;
    const [best] = store.predicted ? store.prediction : [];
    return best ? `sees ${shortened(best.name, LETTERS - 14)}  ${percentText(best.confidence)}` : "";
  }

  private overview(): void {
    this.app.navigator.toggleOverview();
    this.changed();
  }

  /** Does something, and is out of the way then. */
  private going(then: () => void): () => void {
    return () => {
      this.show(null);
      then();
    };
  }

  private go({ layer, tile, action }: Finding): void {
    this.show(null);
    if (action) act(this.app, action);
    else this.app.navigator.goTo(layer, tile);
  }

  private type(query: string): void {
    this.query = query;
    this.changed();
  }

  private say(message: string): void {
    this.app.hud.notices.toast(message, "blocks");
  }

  private goToShare(share: number): void {
    const { room } = this.app.store;
    if (!room) return;
    const near = room.way[0]?.z_m ?? room.start.position_m[2];
    this.app.navigator.goToDepth(near + share * (room.end_m - near));
  }

  /** Stations as bars, higher for more channels, and where the visitor is. */
  private map(place: Parameters<typeof pointOf>[0], width: number, height: number) {
    const { room } = this.app.store;
    if (!room) return [];
    const near = room.way[0]?.z_m ?? room.start.position_m[2];
    const across = (z: number): number =>
      width * (Math.min(1, Math.max(0, (z - near) / (room.end_m - near))) - 0.5);
    const bar = (x: number, y: number, w: number, h: number, colour: string) =>
      box({ ...place, origin: pointOf(place, x, y, 0.0005) }, [w, h, 0.001], colour, 0);
    const foot = -0.42 * height;
    const every = Math.ceil(room.stations.length / MOST_BARS);
    const bars = room.stations.filter((_, i) => i % every === 0).map((station) => {
      const { walls } = station;
      const tiles = walls.flatMap(({ panels }) => panels).reduce((sum, one) => sum + one.count, 0);
      const high = (0.72 * height * Math.log2(2 + tiles)) / 12;
      return bar(across(depthOfStation(room, station)), foot + high / 2, 0.0012, high, COLOUR.second);
    });
    const here = across(depthOf(room, this.app.visitor.position));
    return [
      bar(0, foot, width, 0.0008, COLOUR.warm), ...bars,
      bar(here, 0, 0.002, 0.9 * height, COLOUR.accent),
    ];
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The one behind it, the first behind the last. */
function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length] ?? one;
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
