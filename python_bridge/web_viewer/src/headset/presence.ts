/** What a headset's wearer has about them in the room: hands, panels, what they carry, the dark. */
import * as THREE from "three";
import type { App } from "../app/app";
import type { SearchIndex } from "../app/search";
import { COLOUR } from "../scene/palette";
import { minus } from "../scene/placement";
import { Carrying } from "./carrying";
import type { Comfort } from "./comfort";
import { type Controls, type Side, SIDES } from "./controls";
import { Grasp, wristOf } from "./grasp";
import { HandsView } from "./handsview";
import type { Locomotion } from "./locomotion";
import { Menus, type Wearer } from "./menus";
import { plain } from "./panelview";
import { Panels } from "./panels";
import { apart, forwardOf, type RigidPose, turn, unit } from "./poses";
import type { TrackedSpace } from "./space";
import { Veil } from "./veil";

const NOTICE_MS = 6000;
const NOTICE_LETTERS = 52;
const WRITE_MS = 250;
const READ_MS = 120;
/** So long the wearer is told at first what hands do. */
const WELCOME_MS = 12000;
/** The wrist panel shows while the back of the hand faces the eyes, so near to where they look. */
const FACING = 0.45;
const LOOKED_AT = 0.75;

/** Where everything of the wearer is in this frame. */
export interface Stance {
  /** In the room. */
  eyes: RigidPose;
  space: TrackedSpace;
  controls: Controls;
  comfort: Comfort;
  locomotion: Locomotion;
}

export class Presence {
  readonly panels: Panels;
  readonly carrying: Carrying;
  readonly menus: Menus;
  readonly grasp: Grasp;
  private readonly root = new THREE.Group();
  private readonly hands: HandsView;
  private readonly veil = new Veil();
  private noted = { text: "", until: 0 };
  private noticed = "";
  private menuDirty = true;
  /** What the menus say may have changed: they are written anew a few times a second at most. */
  private stale = false;
  private wroteMs = 0;
  private readMs = 0;
  /** The wrist panel is looked at. */
  private reads = false;

  constructor(
    private readonly app: App,
    index: SearchIndex,
    wearer: Wearer,
  ) {
    const { world, store } = app;
    const made = world.furnish((uploader, shared) => {
      const panels = new Panels(uploader, shared);
      const carrying = new Carrying(uploader, shared);
      const hands = new HandsView(shared);
      this.root.add(panels.group, carrying.group, hands.mesh, this.veil.mesh);
      return { root: this.root, value: { panels, carrying, hands }, restore: () => panels.restore() };
    });
    this.panels = made.panels;
    this.carrying = made.carrying;
    this.hands = made.hands;
    this.show(false);
    this.menus = new Menus(app, index, wearer, () => this.rewrite());
    this.grasp = new Grasp(app, this.panels, this.carrying, this.hands);
    store.on(["room", "run", "prediction", "view", "live", "network", "shelf", "things", "frames", "selection"], () => {
      this.stale = true;
    });
  }

  show(on: boolean): void {
    this.root.visible = on;
  }

  /** Says what the sticks and buttons of each hand do. */
  welcome({ hand, walks }: Comfort): void {
    const other = hand === "right" ? "left" : "right";
    const text = [
      walks ? `The ${other} stick walks.` : "",
      `The ${hand} stick turns; forward, it aims where to jump.`,
      "Trigger: click. Grip: take a photograph or a wall.",
      `X or A: the menu, which is on your ${other} wrist, too.`,
    ].join(" ");
    this.noted = { text, until: performance.now() + WELCOME_MS };
  }

  /** Lets go of everything, and closes the menu. */
  end(): void {
    this.grasp.letGo();
    this.menus.show(null);
    this.show(false);
  }

  /** Something is told to the wearer for a while. */
  note(text: string): void {
    this.noted = { text, until: performance.now() + NOTICE_MS };
  }

  /** The menus say something else. */
  rewrite(): void {
    this.menuDirty = true;
  }

  /** Uses the hands, and draws everything where it is now. */
  frame(now: number, stance: Stance): void {
    const { eyes, space, controls, comfort, locomotion } = stance;
    const { grasp, hands } = this;
    const other: Side = comfort.hand === "right" ? "left" : "right";
    if (SIDES.some((side) => controls.of(side).menu.began)) this.recallMenu();
    this.write(now);
    this.place(stance, other);
    hands.begin(eyes.position);
    grasp.begin();
    for (const side of [comfort.hand, other]) {
      const aims = locomotion.aims && side === (grasp.aiming ?? comfort.hand);
      grasp.use(controls.of(side), space, eyes.position, !aims);
    }
    grasp.finish();
    this.read(now, eyes);
    if (locomotion.aims) hands.arc(locomotion.arc);
    hands.finish();
    this.panels.draw();
    this.carrying.draw();
    this.veil.draw(matrixOf(eyes), this.app.visitor.fade, locomotion.vignette.strength);
  }

  /** What is pointed to, in words, beside it. */
  private read(now: number, eyes: RigidPose): void {
    const { pointed } = this.grasp;
    if (pointed) this.panels.placeReadout(pointed.point, eyes.position);
    if (now - this.readMs < READ_MS) return;
    this.readMs = now;
    const lines = pointed ? this.app.hud.tooltip.lines(pointed) : [];
    if (lines.join("\n") === this.panels.readout.texts.join("\n")) return;
    this.panels.setReadout(lines.map((line, i) => plain(line, i === 0 ? COLOUR.text : COLOUR.second)));
  }

  private recallMenu(): void {
    this.panels.recall();
    this.menus.show(this.menus.page === null ? "menu" : null);
  }

  private write(now: number): void {
    const words = this.words(now);
    if (words !== this.noticed) {
      this.noticed = words;
      const lines = words === "" ? [] : broken(words, NOTICE_LETTERS);
      this.panels.setNotice(lines.map((line) => plain(line)));
    }
    if (!this.menuDirty && !(this.stale && now - this.wroteMs > WRITE_MS)) return;
    this.menuDirty = this.stale = false;
    this.wroteMs = now;
    this.panels.setMenu(this.menus.rows());
    this.panels.setWrist(this.menus.wrist());
  }

  /** What is wrong, else what was told last. */
  private words(now: number): string {
    const { connection, reason } = this.app.store;
    if (connection !== "connected") return reason || "Connection lost, reconnecting";
    return now < this.noted.until ? this.noted.text : "";
  }

  private place({ eyes, space, controls }: Stance, other: Side): void {
    const { panels, app } = this;
    panels.place(eyes, other === "left" ? -1 : 1, (way) => {
      const hit = app.world.meet({ origin: eyes.position, direction: way });
      return hit ? apart(hit.point, eyes.position) : Infinity;
    });
    const hand = controls.of(other);
    const grip = space.inRoom(hand.grip);
    const reads = hand.tracked && isRead(grip, other, eyes);
    panels.placeWrist(reads ? wristOf(grip) : null, eyes.position);
    if (reads && !this.reads) this.rewrite(); // where one is may have changed
    this.reads = reads;
  }
}

/** Whether somebody looks at the back of a hand, as at a watch. */
function isRead(grip: RigidPose, side: Side, eyes: RigidPose): boolean {
  const back = turn(grip.rotation, [side === "right" ? 1 : -1, 0, 0]);
  const to = unit(minus(eyes.position, grip.position));
  const facing = back[0] * to[0] + back[1] * to[1] + back[2] * to[2];
  const ahead = forwardOf(eyes);
  const looked = -(ahead[0] * to[0] + ahead[1] * to[1] + ahead[2] * to[2]);
  return facing > FACING && looked > LOOKED_AT;
}

function matrixOf({ position, rotation }: RigidPose): THREE.Matrix4 {
  return new THREE.Matrix4().compose(
    new THREE.Vector3(...position), new THREE.Quaternion(...rotation), new THREE.Vector3(1, 1, 1),
  );
}

/** Lines of at most so many letters, broken between words. */
function broken(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
