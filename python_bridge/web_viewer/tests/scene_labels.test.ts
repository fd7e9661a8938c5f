import { describe, expect, it } from "vitest";

import type { Field } from "../src/generated/protocol";
import { namedFrom } from "../src/scene/labels";
import { overviewScale } from "../src/scene/views";

function field(name: string, near_m: number, far_m: number, opened = false): Field {
  return { block: name, name, near_m, far_m, width_m: 3, opened };
}

const fields = [
  field("Layer 1.0", -10, -20),
  field("Layer 1", -9, -50),
  field("", -60, -70),
  field("Layer 2", -80, -300),
  field("Layer 2.1", -80, -120),
];
const names = (end_m: number, more: Field[] = []): string[] =>
  namedFrom({ fields: [...fields, ...more], end_m, way: [] }).map(({ name }) => name);

describe("from above", () => {
  it("open blocks of a long room are named, but not those within others", () => {
    expect(names(-310)).toEqual(["Layer 1", "Layer 2"]);
  });

  it("of a short room only those beside closed ones are, however deep", () => {
    expect(names(-180)).toEqual([]);
    expect(names(-180, [field("Layer 2.3", -130, -140, true)])).toEqual(["Layer 2.3"]);
  });

  it("a room is seen from farther away, and through thinner fog, the longer it is", () => {
    expect([0, -60, -190].map((end_m) => overviewScale({ end_m, way: [] }))).toEqual([1, 1, 1]);
    expect(overviewScale({ end_m: -380, way: [] })).toBeCloseTo(2 ** 0.8, 9);
  });
});
