/** What stands in a room besides walls: the room's boxes, texts, rings and discs as they are drawn. */
import type { Disc, Field, Gate, Picture3D, Ring, Room } from "../generated/protocol";
import { box, type Solid, WALL_FOG } from "./boxes";
import { COLOUR, rgb } from "./palette";
import { flat, type Frame, type Placement, pointOf, scaled, upright, type Vec3 } from "./placement";
import type { Line } from "./text";
import type { Wall, Walls } from "./walls";

const WALL_THICKNESS_M = 0.07;
const TEXT_FOG = 0.02;
const OVERVIEW_FOG = 0.012;
const FARTHEST_TEXT_M = 40;
const FROM_NEAR = { fog: TEXT_FOG, farthest: FARTHEST_TEXT_M };
const FROM_AFAR = { fog: OVERVIEW_FOG, farthest: 0 };
const OVERVIEW_GATE = 1.9;
const JOIN_FOG = 0.022;

function boxAt(position: Vec3, size: Vec3, colour: string, yaw = 0, fog = WALL_FOG): Solid {
  return box(upright(position, yaw), size, colour, fog);
}

/** A frame moved along its own axes. */
function shifted(frame: Frame, x: number, y: number, z: number): Frame {
  return { ...frame, origin: pointOf(frame, x, y, z) };
}

/** Boxes that go with their stations. */
export function boxesOf(boxes: Room["boxes"], placement: Placement, walls: Walls): Solid[] {
  return boxes.map((one) => {
    const frame = placement.moved(upright(one.position_m, one.yaw_rad), one.station);
    return box(walls.behind(one.station, frame), one.size_m, one.colour);
  });
}

/** Everything made of boxes that nobody moves. */
export function fixedBoxesOf(room: Room): Solid[] {
  return [
    ...room.gates.flatMap(gateBoxes),
    ...room.fields.flatMap(fieldBoxes),
    ...room.rings.filter((ring) => ring.plus).flatMap(plusBoxes),
    backOfPicture(room.board),
  ];
}

/** What is behind a wall's face; it has no front, which the face would have to fight with. */
export function backOf(wall: Wall): Solid {
  const middle = shifted(wall.frame, 0, wall.height / 2, -WALL_THICKNESS_M / 2);
  return box(middle, [wall.width, wall.height, WALL_THICKNESS_M], COLOUR.wallBack);
}

function backOfPicture(picture: Picture3D): Solid {
  const frame = upright(picture.position_m, picture.yaw_rad);
  const middle = shifted(frame, 0, picture.height_m / 2, -0.05);
  return box(middle, [picture.width_m + 0.04, picture.height_m + 0.04, 0.08], COLOUR.wallBack);
}

function footOf({ x_m, z_m, yaw_rad }: Gate): Frame {
  return upright([x_m, 0, z_m], yaw_rad);
}

function gateBoxes(gate: Gate): Solid[] {
  const { half_width_m: half, height_m: height } = gate;
  const foot = footOf(gate);
  const beam = 2 * half + 0.04;
  const at = (x: number, y: number, size: Vec3, colour: string, fog?: number) =>
    box(shifted(foot, x, y, 0), size, colour, fog);
  return [
    at(-half, height / 2, [0.04, height, 0.04], COLOUR.gate),
    at(half, height / 2, [0.04, height, 0.04], COLOUR.gate),
    at(0, height, [beam, 0.04, 0.04], COLOUR.gate),
    at(0, height - 0.04, [beam - 0.14, 0.014, 0.03], COLOUR.warm, 0.009),
  ];
}

function fieldBoxes(field: Field): Solid[] {
  const { near_m: near, far_m: far, width_m: width, opened } = field;
  const colour = opened ? COLOUR.opened : COLOUR.gate;
  const [half, middle, length] = [width / 2, (near + far) / 2, near - far];
  const line = opened ? 0.02 : 0.014;
  const boxes = [
    boxAt([-half, 0.006, middle], [line, 0.006, length], colour),
    boxAt([half, 0.006, middle], [line, 0.006, length], colour),
    boxAt([0, 0.006, near], [width, 0.006, line], colour),
  ];
  if (!opened) return boxes;
  const posts = [-half, half].flatMap((x) =>
    [near, far].map((z) => boxAt([x, 0.45, z], [0.05, 0.9, 0.05], colour)),
  );
  return [...boxes, boxAt([0, 0.006, far], [width, 0.006, line], colour), ...posts];
}

function plusBoxes(ring: Ring): Solid[] {
  const arm = ring.radius_m;
  return [
    boxAt(ring.position_m, [arm, 0.02, 0.02], ring.colour, ring.yaw_rad, JOIN_FOG),
    boxAt(ring.position_m, [0.02, arm, 0.02], ring.colour, ring.yaw_rad, JOIN_FOG),
  ];
}

export function ringSolid(ring: Ring): Solid {
  const { origin, x, y, z } = upright(ring.position_m, ring.yaw_rad);
  const r = ring.radius_m;
  return {
    centre: origin, x: scaled(x, r), y: scaled(y, r), z: scaled(z, r), colour: rgb(ring.colour),
    fog: JOIN_FOG,
  };
}

export function discSolid(disc: Disc): Solid {
  const [x, , z] = disc.position_m;
  const frame = flat([x, 0.012, z], disc.yaw_rad);
  const edge = 2 * disc.radius_m;
  return {
    centre: frame.origin, x: scaled(frame.x, edge), y: scaled(frame.y, edge), z: frame.z,
    colour: rgb(disc.colour), fog: TEXT_FOG,
  };
}

/** What is written on stations, and goes with them. */
export function linesOf(texts: Room["texts"], placement: Placement): Line[] {
  return texts.filter((text) => text.kind !== "gate").map((text): Line => {
    const lay = text.flat ? flat : upright;
    const home = lay(text.position_m, text.yaw_rad);
    return {
      spans: text.spans, frame: placement.moved(home, text.station), cap_m: text.cap_m,
      align: text.align, ...(text.kind === "block" ? FROM_AFAR : FROM_NEAR),
      seen: text.kind === "wall" && text.station !== "" ? "inside" : "always",
    };
  });
}

/** What is written on gates and discs, which nobody moves. */
export function fixedLinesOf(room: Room, width: Measure): Line[] {
  return [
    ...room.gates.flatMap((gate) => gateLines(gate, width)),
    ...room.discs.filter((disc) => disc.text !== "").map(discLine),
  ];
}

type Measure = (spans: Line["spans"], cap_m: number) => number;

/** Title and smaller subtitle above the beam, centred together; larger from above. */
function gateLines(gate: Gate, width: Measure): Line[] {
  const title = [{ text: gate.title, colour: COLOUR.text, weight: 500 }];
  const subtitle = [{ text: gate.subtitle, colour: COLOUR.second, weight: 400 }];
  const [wide, small] = [width(title, 0.2), gate.subtitle ? width(subtitle, 0.125) + 0.22 : 0];
  const left = -(wide + small) / 2;
  const y = gate.height_m + 0.21;
  const at = (x: number, height: number) => shifted(footOf(gate), x, height, 0);
  const common = { align: "left" as const, fog: TEXT_FOG, farthest: 0 };
  const lines: Line[] = [
    { ...common, spans: title, frame: at(left, y), cap_m: 0.2, seen: "inside" },
  ];
  if (gate.yaw_rad === 0) { // others are named by labels: half of them are seen from behind
    lines.push({
      ...common, spans: title, frame: at(0, y + 0.18), cap_m: 0.2 * OVERVIEW_GATE,
      align: "centre", fog: OVERVIEW_FOG, seen: "overview",
    });
  }
  if (gate.subtitle) {
    const frame = at(left + wide + 0.22, y - 0.03);
    lines.push({ ...common, spans: subtitle, frame, cap_m: 0.125, seen: "inside" });
  }
  return lines;
}

function discLine(disc: Disc): Line {
  const [x, , z] = disc.position_m;
  return {
    spans: [{ text: disc.text, colour: COLOUR.ink, weight: 600 }],
    frame: flat([x, 0.016, z], disc.yaw_rad), cap_m: 0.85 * disc.radius_m, align: "centre", fog: TEXT_FOG,
    farthest: FARTHEST_TEXT_M, seen: "always",
  };
}
