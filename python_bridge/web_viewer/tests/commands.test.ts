import { describe, expect, it } from "vitest";

import type { App } from "../src/app/app";
import { commandsOf } from "../src/app/commands";
import { type Command, commandFor, MOVES } from "../src/app/keys";
import { ACTION_KEYS } from "../src/app/search";

// What commands do is not asked: only which keys they have.
const commands = commandsOf({ headset: { available: true } } as App);

/** Keys of a command as a US keyboard has them. */
function pressesOf({ codes = [], signs = [], shift, ctrl }: Command): string[] {
  const chord = ctrl ? "Ctrl " : "";
  const placed = codes.map((code) => `${chord}${shift ? "Shift " : ""}${code}`);
  const signed = signs.map((sign) => {
    const letter = /^[a-z]$/i.test(sign);
    const upper = letter && sign !== sign.toLowerCase();
    return `${chord}${upper ? "Shift " : ""}${letter ? `Key${sign.toUpperCase()}` : sign}`;
  });
  return [...new Set([...placed, ...signed])];
}

describe("the table of commands", () => {
  it("gives no key two meanings", () => {
    const presses = commands.flatMap(pressesOf);
    const twice = presses.filter((press, index) => presses.indexOf(press) !== index);
    expect(twice).toEqual([]);
    expect(presses.length).toBeGreaterThan(50);
  });

  it("leaves the keys that walk alone, also running", () => {
    for (const code of Object.keys(MOVES)) {
      const key = code.startsWith("Key") ? code.slice(3).toLowerCase() : code;
      expect(commandFor({ key, code, shiftKey: false }, commands), code).toBeUndefined();
      const shifted = key.length === 1 ? key.toUpperCase() : key;
      expect(commandFor({ key: shifted, code, shiftKey: true }, commands), `Shift ${code}`).toBeUndefined();
    }
  });

  it("says the keys that the search box says", () => {
    const said = commands.map(({ keys }) => keys);
    for (const keys of Object.values(ACTION_KEYS)) expect(said).toContain(keys);
  });
});
