import { describe, expect, it } from "vitest";

import { commandFor, type Command } from "../src/app/keys";

const command = (help: string, more: Partial<Command>): Command => {
  return { keys: "", help, group: "Page", run: () => undefined, ...more };
};
const commands = [
  command("slower", { signs: ["-"] }),
  command("faster", { signs: ["+"] }),
  command("search", { signs: ["/"] }),
  command("sixth", { codes: ["Digit6"] }),
  command("first", { codes: ["Digit1", "Numpad1"] }),
  command("all", { codes: ["Enter"], shift: true }),
  command("one", { codes: ["Enter"] }),
  command("block", { signs: ["]"], codes: ["BracketRight"] }),
];

describe("a key", () => {
  it.each([
    ["QWERTY", "-", "Minus", false, "slower"],
    ["QWERTY", "6", "Digit6", false, "sixth"],
    ["AZERTY", "-", "Digit6", false, "sixth"],
    ["AZERTY", "6", "Digit6", true, "sixth"],
    ["AZERTY", "&", "Digit1", false, "first"],
    ["AZERTY", "-", "NumpadSubtract", false, "slower"],
    ["Swiss", "+", "Digit1", true, "faster"],
    ["QWERTZ", "/", "Digit7", true, "search"],
    ["QWERTZ", "+", "BracketRight", false, "faster"],
    ["any", "Enter", "Enter", true, "all"],
    ["any", "Enter", "Enter", false, "one"],
    ["any", "1", "Numpad1", false, "first"],
  ])("of a %s keyboard that writes %s at %s (Shift: %s) means %s", (_, key, code, shiftKey, help) => {
    expect(commandFor({ key, code, shiftKey }, commands)?.help).toBe(help);
  });

  it("walks where it is a key that walks, whatever it writes", () => {
    const lettered = [command("tour", { signs: ["z"] }), command("kept", { signs: ["s"], ctrl: true })];
    expect(commandFor({ key: "z", code: "KeyW", shiftKey: false }, lettered)).toBeUndefined();
    expect(commandFor({ key: "z", code: "KeyY", shiftKey: false }, lettered)?.help).toBe("tour");
    const chord = { key: "s", code: "KeyS", shiftKey: false, ctrlKey: true };
    expect(commandFor(chord, lettered)?.help).toBe("kept");
  });

  it("may mean nothing", () => {
    expect(commandFor({ key: "x", code: "KeyX", shiftKey: false }, commands)).toBeUndefined();
  });
});
