import { describe, expect, it } from "vitest";

import { budgetOf, budgetProblem, formatLink, parseLink, type Link } from "../src/app/link";
import { type Pose } from "../src/app/visitor";

describe("a link", () => {
  it("says the same after it was written and read", () => {
    const links: Link[] = [
      { layer: "", tile: null, image: "", near: "", view: null },
      { layer: "layer1.0/add", tile: 0, image: "", near: "", view: null },
      { layer: "layer1.0.relu:2", tile: 130, image: "a cat & a dog=2.png", near: "", view: "overview" },
      { layer: "", tile: null, image: "x", near: "layer1", view: { position: [-1.25, 1.6, -40.5], yaw: 0.907, pitch: -0.1 } },
    ];
    for (const link of links) expect(parseLink(formatLink(link))).toEqual(link);
  });

  it("can be read by people, and typed", () => {
    const view = { position: [0, 1.6, -0.001] as [number, number, number], yaw: 0, pitch: 0 };
    const link = { layer: "layer1.0/add:2", tile: 7, image: "coffee", near: "", view };
    expect(formatLink(link)).toBe("#layer=layer1.0/add:2&tile=7&image=coffee&view=0,1.6,0,0,0");
    expect(parseLink("#layer=conv1").layer).toBe("conv1");
  });

  it("lets nobody turn over, or turn about many times", () => {
    const view = parseLink("#view=1,-5,2,-100,40").view as Pose;
    expect(view.position).toEqual([1, -5, 2]);
    expect(Math.abs(view.yaw)).toBeLessThanOrEqual(Math.PI);
    expect(Math.cos(view.yaw)).toBeCloseTo(Math.cos(-100), 9);
    expect(view.pitch).toBeLessThan(Math.PI / 2);
  });

  it("may say how much memory pages may take", () => {
    const megabytes = (hash: string, search = ""): number => budgetOf({ hash, search }) / 2 ** 20;
    expect(formatLink({ ...parseLink("#layer=a&budget=2") })).toBe("#layer=a&budget=2");
    expect([megabytes("#budget=2"), megabytes("", "?budget=64"), megabytes("")]).toEqual([2, 64, 256]);
    for (const hash of ["#budget=", "#budget=-3", "#budget=0", "#budget=x"]) {
      expect(megabytes(hash)).toBe(256);
    }
    expect(megabytes("#budget=0.001")).toBe(1);
  });

  it("says what holds in the place of a budget that cannot be had", () => {
    const said = (hash: string, search = ""): string => budgetProblem({ hash, search });
    expect([said(""), said("#budget=1"), said("#layer=a", "?budget=64")]).toEqual(["", "", ""]);
    for (const value of ["", "0", "-3", "abc", "1e9"]) {
      const fact = `budget=${value} is no number of megabytes above 0; 256 MB hold instead`;
      expect([said(`#budget=${value}`), said("", `?budget=${value}`)]).toEqual([fact, fact]);
    }
    expect(said("#budget=0.5")).toBe("budget=0.5 is less than pages can have; 1 MB holds instead");
    expect(said("#budget=99999")).toBe(
      "budget=99999 is more than pages can have; 65536 MB hold instead",
    );
  });

  it("leaves out what cannot be read", () => {
    const nothing = { layer: "", tile: null, image: "", near: "", view: null };
    for (const hash of ["", "#", "#view=", "#view=1,2", "#view=a,b,c,d,e", "#view=1,2,3,4,NaN", "#view=1,2,3,4,1e9", "#view=1,2,3,4, ", "#view=12345678,2,3,4,5", "#tile=-1"]) {
      expect(parseLink(hash)).toEqual(nothing);
    }
  });
});
