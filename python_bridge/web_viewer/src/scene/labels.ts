/** From above: names of blocks right of the aisle, at one size on the screen; + closed, – open. */
import * as THREE from "three";
import type { Field, Gate, Room, Station } from "../generated/protocol";
import { type Row, rowsOf } from "./labelrows";
import { unmeasured } from "./mesh";
import { COLOUR } from "./palette";
import { upright, type Vec3 } from "./placement";
import type { Uniforms } from "./shaders";
import { Lettering, type Line } from "./text";
import type { Uploader } from "./textures";
import { overviewScale } from "./views";
import { opsText } from "./words";

/** Height of capitals as a share of the distance. */
const CAP = 0.0088;
/** Rows this far apart (share of the distance) do not touch. */
const ROW = 2.3 * CAP;
/** Between what is named and a label that made way; its line ends so much before it. */
const ASIDE = 4 * CAP;
const GAP = 0.8 * CAP;
/** Labels stay within this share of the height, above chips and below the sky's top. */
const HIGHEST = 0.88;
const LOWEST = -0.68;
/** Spans of a line up to its name. */
const NAMED = 2;
const FOG = 0.006;
/** Where walls stand in all directions, what names one is over it. */
const OVER_WALLS_M = 3.7;

interface Label {
  line: Line;
  at: THREE.Vector3;
  /** Lower ones stay where there is not room for all. */
  rank: number;
}

/** A label as the camera sees it, in tangents of angles; `far` along the camera's axis. */
interface Seen {
  line: Line;
  x: number;
  y: number;
  wide: number;
  far: number;
  rank: number;
}

export class Labels {
  readonly lettering: Lettering;
  /** From what is named to labels that made way. */
  readonly leaders: THREE.LineSegments;
  #labels: Label[] = [];

  constructor(uploader: Uploader, shared: Uniforms) {
    this.lettering = new Lettering(uploader, shared, { height: 512, order: 32, over: true });
    this.leaders = makeLeaders();
  }

  set(room: Room): void {
    this.lettering.atlas.clear();
    // The tower's blocks are named where they stand, and its walls are seen from the front.
    const closed = room.layout === "tower" ? [] : room.stations.filter((one) => one.closed !== "");
    this.#labels = [
      ...namedFrom(room).map((field) => openedLabel(field, room.gates)),
      ...closed.map((station) => closedLabel(station, room.way.length > 0)),
      ...room.gates.filter(({ yaw_rad }) => yaw_rad !== 0).map(gateLabel),
    ];
  }

  /**
   * Writes the labels as the camera sees them; none when not from above. They end left of
   * `freeRight`, a share of the canvas's width.
   */
  update(camera: THREE.PerspectiveCamera, overview: boolean, freeRight: number): void {
    this.lettering.mesh.visible = this.leaders.visible = false;
    if (!overview || this.#labels.length === 0) return;
    const half = Math.tan((camera.fov * Math.PI) / 360);
    const right = (2 * freeRight - 1) * camera.aspect * half - CAP;
    const seen = this.#labels.flatMap((label) => this.#seen(label, camera, right) ?? []);
    const rows = rowsOf(seen, {
      right, top: HIGHEST * half, bottom: LOWEST * half, row: ROW, aside: ASIDE,
    });
    this.lettering.set(
      rows.map((row) => {
        const { line, far } = seen[row.label]!;
        const origin = inRoom(camera, row.x, row.y, far).toArray();
        return { ...line, frame: { ...line.frame, origin } };
      }),
    );
    this.#lead(rows.filter(({ led }) => led), seen, camera);
  }

  /** Without what follows the name, where that would not end left of `right`. */
  #seen({ line, at: from, rank }: Label, camera: THREE.Camera, right: number): Seen | null {
    const at = from.clone().applyMatrix4(camera.matrixWorldInverse);
    if (at.z > -0.1) return null;
    const [x, y, far] = [at.x / -at.z, at.y / -at.z, -at.z];
    const short = { ...line, spans: line.spans.slice(0, NAMED) };
    const width = ({ spans }: Line): number => (this.lettering.width(spans, CAP) * at.length()) / far;
    const fits = x + ASIDE + width(line) <= right;
    return { line: fits ? line : short, x, y, wide: width(fits ? line : short), far, rank };
  }

  #lead(rows: readonly Row[], seen: readonly Seen[], camera: THREE.PerspectiveCamera): void {
    const points = rows.flatMap((row) => {
      const { x, y, far } = seen[row.label]!;
      return [inRoom(camera, x, y, far), inRoom(camera, row.x - GAP, row.y, far)];
    });
    this.leaders.geometry.dispose();
    this.leaders.geometry = unmeasured(new THREE.BufferGeometry().setFromPoints(points));
    this.leaders.visible = points.length > 0;
  }
}

/** Where in the room the camera sees these tangents, so far along its axis. */
function inRoom(camera: THREE.Camera, x: number, y: number, far: number): THREE.Vector3 {
  return new THREE.Vector3(x * far, y * far, -far).applyMatrix4(camera.matrixWorld);
}

function makeLeaders(): THREE.LineSegments {
  const material = new THREE.LineBasicMaterial({
    color: COLOUR.second, transparent: true, opacity: 0.7, depthTest: false, depthWrite: false,
  });
  const leaders = new THREE.LineSegments(unmeasured(new THREE.BufferGeometry()), material);
  Object.assign(leaders, { frustumCulled: false, renderOrder: 31, visible: false });
  return leaders;
}

/**
 * Open blocks that are named: those beside closed ones, and in a long room, whose gates cannot be
 * read from so far, those that lie in no other.
 */
export function namedFrom(room: Pick<Room, "fields" | "end_m" | "way">): Field[] {
  const isLong = overviewScale(room) > 1;
  const within = (inner: Field, outer: Field): boolean =>
    inner !== outer && inner.near_m <= outer.near_m && inner.far_m >= outer.far_m;
  return room.fields.filter(
    (field) =>
      field.name !== "" &&
      (field.opened || (isLong && !room.fields.some((other) => within(field, other)))),
  );
}

/** With the size of its maps, as the gate before it has it. */
function openedLabel(field: Field, gates: readonly Gate[]): Label {
  const at: Vec3 = [2.6, 0.25, (field.near_m + field.far_m) / 2];
  if (field.opened) return label(at, "–", field.name, "", COLOUR.accent, 0);
  const gate = gates.filter(({ z_m }) => z_m >= at[2]).at(-1);
  return label(at, "–", field.name, gate?.title ?? "", COLOUR.text, 1);
}

function closedLabel(station: Station, overIt: boolean): Label {
  const [x, , z] = station.origin_m;
  const edge = Math.max(2.6, ...station.walls.map((wall) => wall.position_m[0] + 0.5));
  const count = station.repeats ? `× ${station.repeats}` : opsText(station.ops);
  const at: Vec3 = overIt ? [x, OVER_WALLS_M, z] : [edge, 0.4, z];
  return label(at, "+", station.title, count, COLOUR.text, station.repeats ? 1 : 2);
}

function gateLabel({ x_m, z_m, height_m, title, subtitle }: Gate): Label {
  return label([x_m, height_m, z_m], "", title, subtitle, COLOUR.text, 0);
}

function label(
  at: Vec3, sign: string, name: string, count: string, colour: string, rank: number,
): Label {
  const spans = [
    { text: sign && `${sign}  `, colour, weight: 600 },
    { text: name, colour, weight: 600 },
  ];
  if (count) spans.push({ text: `   ${count}`, colour: COLOUR.second, weight: 500 });
  const line: Line = {
    spans, frame: upright(at, 0), cap_m: CAP, align: "left", fog: FOG, farthest: 0,
    seen: "label",
  };
  return { line, at: new THREE.Vector3(...at), rank };
}
