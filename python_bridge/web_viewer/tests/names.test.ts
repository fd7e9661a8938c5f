import { describe, expect, it } from "vitest";

import {
  editDistance,
  middleText,
  nearestName,
  numberText,
  opsText,
  percentText,
  predictionTitle,
  shapeText,
  shortKind,
  tileName,
} from "../src/app/names";
import { failureText, NOTHING_YET } from "../src/app/store";
import type { Axis } from "../src/generated/protocol";
import { wrapped } from "../src/scene/board";

describe("a prediction that is missing", () => {
  it("has a title of its own, but not before the first run", () => {
    expect(predictionTitle(10, "")).toBe("The network sees");
    expect(predictionTitle(0, NOTHING_YET)).toBe("The network sees");
    expect(predictionTitle(0, "All 3 scores are NaN or infinite")).toBe("No prediction");
  });

  it("after a failed run is told in one sentence: what, why, and what to do", () => {
    const run = { name: "cat.jpg", failure: "ValueError: too dark (in 'conv'). " };
    expect(failureText(run)).toBe(
      "cat.jpg did not come through the network: ValueError: too dark (in 'conv'). Place another image.",
    );
  });

  it("stands on the board in lines that are not too wide", () => {
    const lines = wrapped("it is too dark in Lichtenstein-Klingenberg", 12, (line) => line.length);
    expect(lines).toEqual(["it is too", "dark in", "Lichtenstein-Klingenberg"]);
    expect(wrapped("  ", 12, (line) => line.length)).toEqual([]);
  });
});

/** The definition, without a table. */
function slow(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const replaced = slow(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1);
  return Math.min(replaced, slow(a.slice(1), b) + 1, slow(a, b.slice(1)) + 1);
}

describe("names", () => {
  it("are as far apart as the definition says", () => {
    const words = ["", "a", "conv", "cnov", "conv1", "layer", "lyr1", "bn"];
    for (const a of words) for (const b of words) expect(editDistance(a, b)).toBe(slow(a, b));
  });

  it("have a nearest one, whatever the case", () => {
    expect(nearestName("Layr1.0", ["layer2.0", "layer1.0", "fc"])).toBe("layer1.0");
    expect(nearestName("x", [])).toBe("");
  });

  it("are short on chips", () => {
    const kinds = ["Conv2d", "BatchNorm2d", "ReLU6", "add", "AdaptiveAvgPool2d", "LayerNorm"];
    expect(kinds.map(shortKind)).toEqual(["conv", "norm", "relu6", "add", "avgpool", "norm"]);
  });
});

describe("long names", () => {
  it("lose their middle, so that their ending still tells", () => {
    expect(middleText("chelsea.png", 18)).toBe("chelsea.png");
    const shown = middleText("holiday_2024_beach_sunset.jpeg", 18);
    expect(shown).toHaveLength(18);
    expect(shown).toMatch(/^holiday_.*….*set\.jpeg$/);
  });
});

const axis = (name: string, size: number, role: Axis["role"]): Axis => ({ name, size, role });

describe("tiles", () => {
  const batch = axis("batch", 1, "index");

  it("are counted by their axis", () => {
    const [height, width] = [axis("height", 14, "row"), axis("width", 7, "column")];
    expect(tileName([batch, axis("channel", 96, "tile"), height, width], 12)).toBe("channel 12");
    expect(tileName([batch, axis("class", 10, "tile")], 0)).toBe("class 0");
  });

  it("are called after rows and columns where there is but one", () => {
    const tokens = [batch, axis("token", 197, "row"), axis("feature", 768, "column")];
    expect(tileName(tokens, 0)).toBe("token × feature");
    expect(tileName([], 0)).toBe("value");
  });
});

it("one op is no ops", () => {
  expect([0, 1, 2].map(opsText)).toEqual(["0 ops", "1 op", "2 ops"]);
});

describe("shapes", () => {

  it("are told as walls tell them, however the axes lie", () => {
    const batch = axis("batch", 1, "index");
    const [rows, columns] = [axis("height", 14, "row"), axis("width", 7, "column")];
    const last = [batch, rows, columns, axis("channel", 384, "tile")];
    expect(shapeText(last)).toBe("384 × 14 × 7");
    expect(shapeText([batch, rows, columns])).toBe("14 × 7");
    expect(shapeText([batch, axis("class", 1000, "tile")])).toBe("1000");
    expect(shapeText([])).toBe("1");
  });
});

describe("numbers", () => {
  it("are short, and say what is not a number", () => {
    const values = [0, 6, -0.5, 0.0004, -4.5e-4, 1234.5, 1e7, NaN, Infinity, -Infinity];
    const texts = ["0", "6.00", "−0.500", "4.0e−4", "−4.5e−4", "1235", "1.0e+7", "NaN", "∞", "−∞"];
    expect(values.map(numberText)).toEqual(texts);
    expect([0.784, 0.071, 0.0029, 1].map(percentText)).toEqual([
      "78.4 %",
      "7.1 %",
      "0.29 %",
      "100 %",
    ]);
  });
});
