/** The table of commands: keys, what the help says of them, and what they do. */

import type { App } from "./app";
import { ON_WALL } from "./images";
import type { Command } from "./keys";

export function commandsOf(app: App): readonly Command[] {
  return [...walking(app), ...looking(app), ...changing(app), ...playing(app), ...page(app)];
}

function walking(app: App): Command[] {
  const { navigator, visitor } = app;
  const group = "Walk";
  const pace = (steps: number): void => {
    visitor.faster(steps);
    app.hud.notices.toast(`Speed × ${visitor.pace}`, "speed");
  };
  return [
    { group, keys: "+ −", help: "faster, slower", signs: ["+", "="], run: () => pace(1) },
    { group, keys: "", help: "", signs: ["-", "_"], run: () => pace(-1) },
    {
      group,
      keys: "[ ]",
      help: "previous, next block (or layer, at a wall)",
      signs: ["["],
      codes: ["BracketLeft"],
      run: () => navigator.step(-1),
    },
    {
      group,
      keys: "",
      help: "",
      signs: ["]"],
      codes: ["BracketRight"],
      run: () => navigator.step(1),
    },
    {
      group,
      keys: "Home",
      help: "start, at the photograph",
      codes: ["Home"],
      run: () => navigator.home(),
    },
    {
      group,
      keys: "End",
      help: "end, at the prediction",
      codes: ["End"],
      run: () => navigator.end(),
    },
    {
      group,
      keys: "O",
      help: "overview and back",
      codes: ["KeyO"],
      run: () => navigator.toggleOverview(),
    },
  ];
}

function looking(app: App): Command[] {
  const { navigator, store } = app;
  const group = "Look closer";
  const other = { layer: "channel", channel: "layer" } as const;
  const normalize = (): void => navigator.setNormalization(other[store.normalization]);
  return [
    { group, keys: "click", help: "go to a wall; there, lift a tile", run: () => undefined },
    { group, keys: "← →", help: "previous, next channel of a lifted tile", run: () => undefined },
    {
      group,
      keys: "T",
      help: "lift a tile, or put it back",
      codes: ["KeyT"],
      run: () => liftFirst(app),
    },
    {
      group,
      keys: "N",
      help: "colours scaled per layer or per channel",
      codes: ["KeyN"],
      run: normalize,
    },
    { group, keys: "Esc", help: "one step back", codes: ["Escape"], run: () => app.hud.back() },
  ];
}

function changing(app: App): Command[] {
  const { blocks, navigator, store } = app;
  const group = "Network";
  const place = (code: string): void => {
    const picture = store.shelf[Number(code.at(-1)) - 1];
    if (picture) app.place(picture.id);
  };
  const digits = Array.from({ length: ON_WALL }, (_, index) => index + 1);
  return [
    {
      group,
      keys: "1 – 6",
      help: "place an image of the shelf",
      codes: digits.flatMap((digit) => [`Digit${digit}`, `Numpad${digit}`]),
      run: ({ code }) => place(code),
    },
    {
      group,
      keys: "I",
      help: "shelf of images",
      codes: ["KeyI"],
      run: () => app.hud.strip.toggle(),
    },
    {
      group,
      keys: "double-click, Enter",
      help: "open a closed block",
      codes: ["Enter", "NumpadEnter"],
      run: () => blocks.open(navigator.here()),
    },
    {
      group,
      keys: "Backspace",
      help: "close the block you stand in",
      codes: ["Backspace"],
      run: () => blocks.close(),
    },
  ];
}

function playing({ live }: App): Command[] {
  const group = "Live input";
  return [
    { group, keys: "Space", help: "play, pause", codes: ["Space"], run: () => live.toggle() },
    { group, keys: ", .", help: "one image back, on", signs: [","], run: () => live.step(-1) },
    { group, keys: "", help: "", signs: ["."], run: () => live.step(1) },
  ];
}

function page(app: App): Command[] {
  const group = "Page";
  return [
    {
      group,
      keys: "/",
      help: "find a layer, kind, channel or class",
      signs: ["/"],
      run: (event) => {
        event.preventDefault();
        app.hud.search.open();
      },
    },
    {
      group,
      keys: "K",
      help: "the ten best predictions",
      codes: ["KeyK"],
      run: () => app.hud.prediction.choose(),
    },
    {
      group,
      keys: "G",
      help: "hide or show the panel",
      codes: ["KeyG"],
      run: () => app.hud.panel.toggle(),
    },
    {
      group,
      keys: "H",
      help: "this help",
      codes: ["KeyH"],
      signs: ["?"],
      run: () => app.hud.help.toggle(),
    },
  ];
}

/** For those who use the keyboard only: the first tile of the wall before them. */
function liftFirst({ navigator, store }: App): void {
  const { selection } = store;
  const wall = selection && navigator.station(selection.station)?.walls[selection.wall];
  if (!selection) return;
  navigator.lift(selection.tile === null ? (wall?.panels[0]?.first ?? null) : null);
}
