/** Photographs that hands took off the shelf: gripped at a lower corner, turned to the eyes. */
import * as THREE from "three";
import type { Transform } from "../generated/protocol";
import { aboutY } from "../hands/grabs";
import { box, type Solid, Solids, unitBox } from "../scene/boxes";
import { COLOUR } from "../scene/palette";
import { type Hung, Pictures, type Pixels } from "../scene/pictures";
import { type Frame, minus, pointOf, upright, type Vec3 } from "../scene/placement";
import type { Uniforms } from "../scene/shaders";
import type { Uploader } from "../scene/textures";
import { THING_EDGE_M } from "../scene/things";
import { type Side, SIDES } from "./controls";
import type { RigidPose } from "./poses";

const EDGE_M = 0.4;
const PAGE_EDGE = 512;
/** So far it is turned inward from facing the eyes. */
const INWARD_RAD = (24 * Math.PI) / 180;
/** From the hand to the nearest corner, inwards and down. */
const GRIP_M = 0.03;
const FRAME_M = 0.006;

interface Carried {
  picture: string;
  size: [width: number, height: number];
  frame: Frame | null;
}

export class Carrying {
  readonly group = new THREE.Group();
  private readonly pictures: Pictures;
  private readonly frames: Solids;
  private readonly carried: Partial<Record<Side, Carried>> = {};

  constructor(uploader: Uploader, shared: Uniforms) {
    this.pictures = new Pictures(uploader, shared, PAGE_EDGE, PAGE_EDGE);
    this.pictures.mirrors(false);
    this.frames = new Solids(unitBox(), shared, 4);
    this.group.add(this.pictures.group, this.frames.mesh);
  }

  /** Id of the picture in a hand, null for none. */
  in(side: Side): string | null {
    return this.carried[side]?.picture ?? null;
  }

  take(side: Side, picture: string, pixels: Pixels): void {
    const longer = Math.max(pixels.width, pixels.height);
    const size: [number, number] = [
      (EDGE_M * pixels.width) / longer, (EDGE_M * pixels.height) / longer,
    ];
    this.pictures.put(SIDES.indexOf(side), pixels);
    this.carried[side] = { picture, size, frame: null };
  }

  /** Where the middle of the picture in a hand is, which is there and is seen from `eyes`. */
  move(side: Side, hand: RigidPose, eyes: Vec3): Vec3 {
    const carried = this.carried[side];
    if (!carried) return hand.position;
    const to = minus(eyes, hand.position);
    const inward = side === "right" ? -INWARD_RAD : INWARD_RAD;
    const frame = upright(hand.position, Math.atan2(to[0], to[2]) - inward);
    const [width, height] = carried.size;
    const aside = (width / 2 - GRIP_M) * (side === "right" ? -1 : 1);
    const middle = pointOf(frame, aside, height / 2 - GRIP_M, 0);
    carried.frame = { ...frame, origin: middle };
    return middle;
  }

  /** Where the picture in a hand is, as a thing of the room; null before it was moved. */
  placeOf(side: Side): Transform | null {
    const frame = this.carried[side]?.frame;
    if (!frame) return null;
    const yaw = Math.atan2(frame.z[0], frame.z[2]);
    return { position_m: [...frame.origin], rotation: aboutY(yaw), scale: EDGE_M / THING_EDGE_M };
  }

  /** Id of the picture that the hand let go of. */
  drop(side: Side): string | null {
    const picture = this.in(side);
    delete this.carried[side];
    return picture;
  }

  draw(): void {
    const hung: Hung[] = [];
    const solids: Solid[] = [];
    SIDES.forEach((side, page) => {
      const { frame, size } = this.carried[side] ?? {};
      if (!frame || !size) return;
      hung.push({ frame, centre: [0, 0, 0.002], size, page, reflected: 0 });
      const [w, h] = [size[0] + 2 * FRAME_M, size[1] + 2 * FRAME_M];
      solids.push(box({ ...frame, origin: pointOf(frame, 0, 0, -0.004) }, [w, h, 0.008], COLOUR.accent, 0));
    });
    if (hung.length === 0 && !this.pictures.group.visible) return;
    this.pictures.hang(hung);
    this.frames.set(solids);
  }
}
