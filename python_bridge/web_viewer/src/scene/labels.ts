/** From above: names of blocks right of the aisle, at one size on the screen; + closed, – open. */
import * as THREE from "three";
import type { Field, Room, Station } from "../generated/protocol";
import { COLOUR } from "./palette";
import { upright, type Vec3 } from "./placement";
import type { Uniforms } from "./shaders";
import { Lettering, type Line } from "./text";
import type { Uploader } from "./textures";
import { opsText } from "./words";

/** Height of capitals as a share of the distance. */
const CAP = 0.0088;
/** Rows this far apart (share of the distance) do not touch. */
const ROW = 2.3 * CAP;
const FARTHEST_M = 500;
const FOG = 0.006;

interface Label {
  line: Line;
  at: THREE.Vector3;
  /** Lower ones are written first, and later ones only where there is room. */
  rank: number;
}

export class Labels {
  readonly lettering: Lettering;
  #labels: Label[] = [];

  constructor(uploader: Uploader, shared: Uniforms) {
    this.lettering = new Lettering(uploader, shared, { height: 512, order: 32, over: true });
  }

  set(room: Room): void {
    this.lettering.atlas.clear();
    this.#labels = [
      ...room.fields.filter((field) => field.opened && field.name !== "").map(openedLabel),
      ...room.stations.filter((station) => station.closed !== "").map(closedLabel),
    ].sort((a, b) => a.rank - b.rank);
  }

  /**
   * Writes the labels that have room as the camera sees them; none when not from above. They end
   * left of `freeRight`, a share of the canvas's width.
   */
  update(camera: THREE.PerspectiveCamera, overview: boolean, freeRight: number): void {
    if (!overview || this.#labels.length === 0) {
      this.lettering.mesh.visible = false;
      return;
    }
    const taken: { left: number; right: number; y: number }[] = [];
    const halfWidth = camera.aspect * Math.tan((camera.fov * Math.PI) / 360);
    const edge = (2 * freeRight - 1) * halfWidth - CAP;
    const written: Line[] = [];
    for (const label of this.#labels) {
      const at = label.at.clone().applyMatrix4(camera.matrixWorldInverse);
      if (at.z > -0.1) continue;
      const stretch = at.length() / -at.z;
      const y = at.y / -at.z;
      const wide = this.lettering.width(label.line.spans, CAP) * stretch;
      const left = Math.min(at.x / -at.z, edge - wide);
      const right = left + wide;
      const free = taken.every(
        (one) => Math.abs(one.y - y) > ROW || one.left > right || one.right < left,
      );
      if (!free) continue;
      taken.push({ left, right, y });
      written.push({ ...label.line, shift_m: (left - at.x / -at.z) / stretch });
    }
    this.lettering.set(written);
  }
}

function openedLabel(field: Field): Label {
  const at: Vec3 = [2.6, 0.25, (field.near_m + field.far_m) / 2];
  return label(at, "–", field.name, "", COLOUR.accent, 0);
}

function closedLabel(station: Station): Label {
  const edge = Math.max(2.6, ...station.walls.map((wall) => wall.position_m[0] + 0.5));
  const count = station.repeats ? `× ${station.repeats}` : opsText(station.ops);
  const at: Vec3 = [edge, 0.4, station.origin_m[2]];
  return label(at, "+", station.title, count, COLOUR.text, station.repeats ? 1 : 2);
}

function label(
  at: Vec3, sign: string, name: string, count: string, colour: string, rank: number,
): Label {
  const spans = [
    { text: `${sign}  `, colour, weight: 600 },
    { text: name, colour, weight: 600 },
  ];
  if (count) spans.push({ text: `   ${count}`, colour: COLOUR.second, weight: 500 });
  const line: Line = {
    spans, frame: upright(at, 0), cap_m: CAP, align: "left", fog: FOG, farthest: FARTHEST_M,
    seen: "label",
  };
  return { line, at: new THREE.Vector3(...at), rank };
}
