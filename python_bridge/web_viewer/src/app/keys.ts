/** The keyboard: one table of keys, from which the help is made too. */

import type { Move, Visitor } from "./visitor";

/** What a key does; `keys` is how the help writes it. */
export interface Command {
  keys: string;
  help: string;
  /** Physical keys (event.code): the same place on every keyboard layout. */
  codes?: readonly string[];
  /** Characters (event.key), where the sign matters and not its place. */
  signs?: readonly string[];
  /** Only with Shift, which makes another command of the key; others do not mind it. */
  shift?: true;
  /** Only with Ctrl or Command. */
  ctrl?: true;
  /** Needs the network itself: a recording has no such command. */
  live?: true;
  run(event: KeyboardEvent): void;
  group: "Walk" | "Look closer" | "Network" | "Images" | "Arrange" | "Live input" | "Tour" | "Page";
}

export const MOVES: Readonly<Record<string, Move>> = {
  KeyW: "forward",
  ArrowUp: "forward",
  KeyS: "back",
  ArrowDown: "back",
  KeyA: "left",
  KeyD: "right",
  ArrowLeft: "turnLeft",
  ArrowRight: "turnRight",
  KeyE: "up",
  PageUp: "up",
  KeyQ: "down",
  PageDown: "down",
};

type Chord = Pick<KeyboardEvent, "ctrlKey" | "metaKey">;

export class Keys {
  constructor(
    private readonly visitor: Visitor,
    private readonly commands: readonly Command[],
    /** Arrows left and right go through channels while a tile is lifted. */
    private readonly arrows: (step: 1 | -1) => boolean,
    /** Keys that move what is arranged, before all others. */
    private readonly nudge: (event: KeyboardEvent) => boolean,
    private readonly wake: () => void,
  ) {
    window.addEventListener("keydown", (event) => this.down(event));
    window.addEventListener("keyup", (event) => this.up(event));
    // Who leaves the window cannot let go of a key in it.
    window.addEventListener("blur", () => this.release());
    document.addEventListener("visibilitychange", () => this.release());
  }

  release(): void {
    this.visitor.moves.clear();
    this.visitor.running = false;
  }

  private down(event: KeyboardEvent): void {
    if (event.altKey || typing(event.target)) return;
    if (event.ctrlKey || event.metaKey) {
      if (this.command(event)) event.preventDefault();
      return;
    }
    this.visitor.running = event.shiftKey;
    this.wake();
    const onControl =
      event.target instanceof HTMLElement && event.target.closest("button, a, select");
    if (onControl && ["Enter", "Space"].includes(event.code)) return;
    if (this.nudge(event) || this.command(event) || this.move(event)) event.preventDefault();
  }

  private up(event: KeyboardEvent): void {
    this.visitor.running = event.shiftKey;
    if (event.key === "Meta") this.release(); // macOS tells of no key let go of beside Command
    const move = MOVES[event.code];
    if (move) this.visitor.moves.delete(move);
  }

  private command(event: KeyboardEvent): boolean {
    const command = commandFor(event, this.commands);
    if (!command) return false;
    if (!event.repeat) command.run(event);
    return true;
  }

  private move(event: KeyboardEvent): boolean {
    const move = MOVES[event.code];
    if (!move) return false;
    const arrow = event.code === "ArrowLeft" ? -1 : event.code === "ArrowRight" ? 1 : null;
    if (arrow !== null && this.arrows(arrow)) return true;
    this.visitor.moves.add(move);
    return true;
  }
}

/**
 * The command of a key. Signs go before places, but for digits: without Shift, these keys have
 * signs of their own on some keyboards (AZERTY's 6 is a minus), and are digits here all the same.
 */
export function commandFor(
  event: Pick<KeyboardEvent, "key" | "code" | "shiftKey"> & Partial<Chord>,
  all: readonly Command[],
): Command | undefined {
  const { key, code, shiftKey } = event;
  const chord = Boolean(event.ctrlKey) || Boolean(event.metaKey);
  const commands = all.filter(({ ctrl }) => Boolean(ctrl) === chord);
  const walks = !chord && code in MOVES; // AZERTY's Z, Dvorak's comma: they walk, whatever they write
  const bySign = walks ? undefined : commands.find(({ signs }) => signs?.includes(key));
  const placed = commands.filter(({ codes }) => codes?.includes(code));
  const shifted = shiftKey ? placed.find(({ shift }) => shift) : undefined;
  const byCode = shifted ?? placed.find(({ shift }) => !shift);
  const digit = code.startsWith("Digit") && !shiftKey;
  return digit ? (byCode ?? bySign) : (bySign ?? byCode);
}

/** How the help describes moving, which has no commands. */
export const MOVE_HELP: readonly Pick<Command, "keys" | "help">[] = [
  { keys: "W A S D", help: "walk" },
  { keys: "↑ ↓ ← →", help: "walk and turn" },
  { keys: "Shift", help: "run" },
  { keys: "Q E", help: "fly down, up (also Page keys)" },
  { keys: "drag", help: "look around" },
  { keys: "wheel", help: "move along the line of sight" },
];

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}
