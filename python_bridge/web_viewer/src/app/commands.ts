/** The table of commands: keys, what the help says of them, and what they do. */

import type { App } from "./app";
import { ON_WALL } from "./images";
import type { Command } from "./keys";

export function commandsOf(app: App): readonly Command[] {
  return [
    ...walking(app), ...looking(app), ...changing(app), ...handling(app), ...arranging(app), ...laying(app), ...playing(app),
    ...touring(app), ...page(app),
  ];
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
    {
      group,
      keys: "B",
      help: "back to the last wall",
      codes: ["KeyB"],
      run: () => navigator.returnToWall(),
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
    { group, keys: "Shift click", help: "select a tile's channel, or no longer", run: () => undefined },
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
    {
      group,
      keys: "C",
      help: "other colours",
      codes: ["KeyC"],
      run: () => app.hud.notices.toast(`Colours: ${app.colouring.next()}`, "colours"),
    },
    { group, keys: "Esc", help: "one step back", codes: ["Escape"], run: () => stepBack(app) },
  ];
}

function laying({ laying: layouts }: App): Command[] {
  const group = "Arrange";
  return [
    {
      group,
      live: true,
      keys: "L",
      help: "layout: corridor, spiral, tower",
      codes: ["KeyL"],
      run: () => layouts.next(),
    },
    {
      group,
      live: true,
      keys: "{ }",
      help: "stations nearer together, farther apart",
      signs: ["{"],
      codes: ["BracketLeft"],
      shift: true,
      run: () => layouts.space(-1),
    },
    {
      group,
      live: true,
      keys: "",
      help: "",
      signs: ["}"],
      codes: ["BracketRight"],
      shift: true,
      run: () => layouts.space(1),
    },
  ];
}

/** What can be done with pictures. */
function handling(app: App): Command[] {
  const { frames, making, store, things } = app;
  const group = "Images";
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
      live: true,
      keys: "U",
      help: "take an image, let go of it (or drag it)",
      codes: ["KeyU"],
      run: () => app.carryOrDrop(),
    },
    {
      group,
      live: true,
      keys: "Shift + U",
      help: "all images back on the shelf",
      codes: ["KeyU"],
      shift: true,
      run: () => void things.sendAllBack(),
    },
    {
      group,
      live: true,
      keys: "F",
      help: "the lifted tile as the next image",
      codes: ["KeyF"],
      run: () => void making.lifted(),
    },
    {
      group,
      live: true,
      keys: "J",
      help: "make noise, or a blend of two images",
      codes: ["KeyJ"],
      run: () => app.hud.make(),
    },
    {
      group,
      live: true,
      keys: "Y",
      help: "the next input frame",
      signs: ["y"],
      run: () => frames.next(),
    },
    {
      group,
      live: true,
      keys: "Shift + Y",
      help: "another input frame, with a run of its own",
      signs: ["Y"],
      run: () => void frames.add(),
    },
    {
      group,
      live: true,
      keys: "Shift + F",
      help: "remove an input frame",
      codes: ["KeyF"],
      shift: true,
      run: () => void frames.remove(),
    },
  ];
}

function changing(app: App): Command[] {
  const { blocks, navigator } = app;
  const group = "Network";
  return [
    {
      group,
      live: true,
      keys: "double-click, Enter",
      help: "open a closed block",
      codes: ["Enter", "NumpadEnter"],
      run: () => blocks.open(navigator.here()),
    },
    {
      group,
      live: true,
      keys: "Backspace",
      help: "close the block you stand in",
      codes: ["Backspace"],
      run: () => blocks.close(),
    },
    {
      group,
      live: true,
      keys: "Shift + Enter",
      help: "open all blocks",
      codes: ["Enter", "NumpadEnter"],
      shift: true,
      run: () => blocks.setAll(true),
    },
    {
      group,
      live: true,
      keys: "Shift + Backspace",
      help: "close all blocks",
      codes: ["Backspace"],
      shift: true,
      run: () => blocks.setAll(false),
    },
  ];
}

function arranging({ aligning, arranging: hands, keeping }: App): Command[] {
  const group = "Arrange";
  const shown = (keys: string, help: string): Command => ({ group, keys, help, run: () => undefined });
  return [
    {
      group,
      keys: "M",
      help: "move the chosen wall, and done",
      codes: ["KeyM"],
      run: () => hands.toggle(),
    },
    {
      group,
      keys: "Shift + M",
      help: "set the wall in line with its neighbour",
      codes: ["KeyM"],
      shift: true,
      run: () => void aligning.align(),
    },
    shown("drag", "the wall: over the floor (Shift: up, down); its sides turn it, its corners size it"),
    shown("↑ ↓ ← →, Page", "move it by 10 cm (Shift: 1 m)"),
    shown("Q E, + −", "turn it; larger, smaller"),
    shown("Alt drag", "move any wall, at any time"),
    { group, keys: "R", help: "put the wall back", codes: ["KeyR"], run: () => void hands.reset() },
    {
      group,
      keys: "Shift + R",
      help: "put all walls back",
      codes: ["KeyR"],
      shift: true,
      run: () => void hands.resetAll(),
    },
    { group, keys: "X", help: "hide the wall", codes: ["KeyX"], run: () => void keeping.hide() },
    {
      group,
      keys: "Shift + X",
      help: "show all that is hidden",
      codes: ["KeyX"],
      shift: true,
      run: () => void keeping.showAll(),
    },
    {
      group,
      keys: "P",
      help: "pin the wall: nobody moves it",
      codes: ["KeyP"],
      run: () => void keeping.pin(),
    },
    {
      group,
      keys: "Ctrl Z, Ctrl Y",
      help: "undo, redo what you changed",
      signs: ["z"],
      ctrl: true,
      run: () => hands.undo(),
    },
    { group, keys: "", help: "", signs: ["y", "Z"], ctrl: true, run: () => hands.redo() },
  ];
}

/** The same for the pointer: what the panel offers to do with the chosen wall. */
export function arrangementsOf({ aligning, arranging: hands, keeping, store }: App): readonly {
  text: string;
  title: string;
  on: boolean;
  run: () => void;
}[] {
  const station = store.selection?.station ?? "";
  const pinned = keeping.isPinned(station);
  const away = station in store.transforms();
  return [
    { text: "move", title: "Move, turn and size it (M)", on: hands.active, run: () => hands.toggle() },
    { text: "hide", title: "Hide it (X)", on: false, run: () => void keeping.hide() },
    {
      text: pinned ? "unpin" : "pin",
      title: "Nobody moves it (P)",
      on: pinned,
      run: () => void keeping.pin(),
    },
    ...(away && !pinned
      ? [{
          text: "align",
          title: "In line with its neighbour (Shift M)",
          on: false,
          run: () => void aligning.align(),
        },
        { text: "put back", title: "Where it belongs (R)", on: false, run: () => void hands.reset() }]
      : []),
  ];
}

/** Out of what was begun last. */
function stepBack({ arranging, hud, things }: App): void {
  if (things.picture !== null) things.cancel();
  else if (arranging.active) arranging.toggle();
  else hud.back();
}

function playing({ live }: App): Command[] {
  const group = "Live input";
  return [
    { group, live: true, keys: "Space", help: "play, pause", codes: ["Space"], run: () => live.toggle() },
    { group, live: true, keys: ", .", help: "one image back, on", signs: [","], run: () => live.step(-1) },
    { group, live: true, keys: "", help: "", signs: ["."], run: () => live.step(1) },
  ];
}

function touring(app: App): Command[] {
  const group = "Tour";
  return [
    { group, keys: "Z", help: "tour: bookmarks of this session", signs: ["z"], codes: ["KeyZ"], run: () => app.hud.tour.toggle() },
    {
      group,
      keys: "Shift + Z",
      help: "play the tour, pause",
      signs: ["Z"],
      codes: ["KeyZ"],
      shift: true,
      run: () => app.tour.toggle(),
    },
    {
      group,
      keys: "Shift + B",
      help: "bookmark what you see",
      codes: ["KeyB"],
      shift: true,
      run: () => void app.hud.tour.add(),
    },
    {
      group,
      keys: "Shift + P",
      help: "save a picture, a panorama",
      codes: ["KeyP"],
      shift: true,
      run: () => app.hud.picture.toggle(),
    },
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
      live: true,
      keys: "Ctrl S",
      help: "keep the session in a file",
      signs: ["s"],
      ctrl: true,
      run: () => void app.saving.save(),
    },
    {
      group,
      keys: app.headset.available ? "V" : "",
      help: "put the headset on, take it off",
      codes: ["KeyV"],
      run: () => app.headset.toggle(),
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
function liftFirst({ navigator, store, world }: App): void {
  const { selection } = store;
  const wall = selection && navigator.station(selection.station)?.walls[selection.wall];
  if (!selection) return;
  const first = wall?.panels[0]?.first ?? null;
  const tile = first === null ? null : world.tileIn(selection.layer, first);
  navigator.lift(selection.tile === null ? tile : null);
}
