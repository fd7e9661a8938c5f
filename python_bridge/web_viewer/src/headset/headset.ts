/** The headset: enters and leaves, and does all that happens in a frame while it is worn. */
import type { App } from "../app/app";
import { setWorn } from "../app/screen";
import type { SearchIndex } from "../app/search";
import { EYE_M, type Pose, type Worn } from "../app/visitor";
import { minus, type Vec3 } from "../scene/placement";
import { type FloorArea, floorOf } from "./arc";
import { type Comfort, loadComfort, ownStorage, saveComfort } from "./comfort";
import { Controls, type HandState, rigid } from "./controls";
import { Locomotion } from "./locomotion";
import { apart, forwardOf, pitchOf, type RigidPose, yawOf } from "./poses";
import { Presence } from "./presence";
import { Thrift } from "./thrift";
import { beginSession, isWearable, type Space, watchHeadsets } from "./worn";

/** Degrees up and down; about what headsets show. */
const FOV = 104;
/** Without word from the headset. */
const USUAL_HZ = 72;
/** What is asked for follows the eyes in such steps. */
const STEP_M = 0.15;
const STEP_RAD = 0.1;
const SCALE_KEY = "layerwalk.headset-scale";

const AT_EYE_HEIGHT: RigidPose = { position: [0, EYE_M, 0], rotation: [0, 0, 0, 1] };

export class Headset implements Worn {
  comfort: Comfort;
  readonly controls = new Controls();
  readonly locomotion = new Locomotion();
  /** Hands, panels and what is carried. */
  readonly presence: Presence;
  thrift = new Thrift(1 / USUAL_HZ);
  private readonly listeners: (() => void)[] = [];
  private readonly storage = ownStorage();
  private session: XRSession | null = null;
  private asking = false;
  private space: Space = "local-floor";
  private scale = 1;
  /** In the tracked space. */
  private head: RigidPose = AT_EYE_HEIGHT;
  /** Where the wearer begins, until it is known where the head is. */
  private entered: Pose | null = null;
  /** Metres that eyes are lifted by: seated, or with no floor to measure from. */
  private lift = 0;
  private floorY = 0;
  private told: RigidPose | null = null;
  private area: FloorArea | null = null;
  private teleport: Vec3 | null = null;
  /** Where the visitor was put last by the headset: what differs, keys did. */
  private seenAt: { position: Vec3; yaw: number } | null = null;

  constructor(
    private readonly app: App,
    index: SearchIndex,
    /** One can be worn here, as far as is known. */
    public available: boolean,
  ) {
    this.comfort = loadComfort(this.storage);
    this.presence = new Presence(app, index, this);
    app.store.on(["room", "place"], () => (this.area = null));
    watchHeadsets(() => {
      void isWearable().then((there) => {
        this.available = there;
        this.changed();
      });
    });
  }

  /** To be told when one can be worn, or no more, and when it is put on or off. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  get worn(): boolean {
    return this.session !== null && this.app.world.stereo.presenting;
  }

  get moving(): boolean {
    return this.locomotion.moving;
  }

  toggle(): void {
    if (this.worn) this.leave();
    else if (this.available) void this.enter();
  }

  async enter(): Promise<void> {
    if (this.session || this.asking) return;
    this.asking = true;
    try {
      const { session, space } = await beginSession();
      await this.begin(session, space).catch(async (error: unknown) => {
        await session.end().catch(() => undefined); // it may be over already
        throw error;
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.app.hud.notices.toast(`The headset could not be entered: ${reason}`, "headset");
    } finally {
      this.asking = false;
    }
  }

  leave(): void {
    void this.session?.end();
  }

  setComfort(changes: Partial<Comfort>): void {
    this.comfort = { ...this.comfort, ...changes };
    saveComfort(this.comfort, this.storage);
    if (changes.seated !== undefined) this.setHeight(changes.seated);
    this.presence.rewrite();
  }

  /** Eyes are as high as those of somebody who stands. */
  resetHeight(): void {
    this.setHeight(true);
  }

  /** The visitor was put there: the tracked space goes along. */
  stand({ position: [x, y, z], yaw }: Pose): void {
    this.floorY = this.app.store.overview ? y - EYE_M : 0;
    const feet: Vec3 = [x, 0, z];
    const { space } = this.locomotion;
    const teleported = this.teleport && apart(this.teleport, feet) < 1e-6;
    this.teleport = null;
    this.seenAt = null;
    this.locomotion.space = teleported
      ? space.standing(this.head.position, feet)
      : space.facing(this.head, feet, yaw);
    this.presence.panels.recall();
  }

  /** One frame of a session, after the visitor moved by keys and jumps. */
  frame(seconds: number, now = performance.now()): void {
    const { manager } = this.app.world.stereo;
    const frame = manager.getFrame() as XRFrame | null;
    const space = manager.getReferenceSpace();
    const pose = frame && space && frame.getViewerPose(space);
    if (!frame || !space || !pose) return;
    this.head = rigid(pose.transform);
    this.controls.update(frame, space);
    this.arrive();
    this.keys();
    this.move(seconds);
    this.look();
    this.presence.frame(now, {
      eyes: this.inRoom.inRoom(this.head),
      space: this.inRoom,
      controls: this.controls,
      comfort: this.comfort,
      locomotion: this.locomotion,
    });
    this.budget(seconds);
  }

  private async begin(session: XRSession, space: Space): Promise<void> {
    const { world, visitor } = this.app;
    this.session = session;
    this.space = space;
    session.addEventListener("end", () => this.ended());
    this.controls.begin(session);
    this.entered = visitor.destination;
    this.scale = Number(this.storage?.getItem(SCALE_KEY)) || 1;
    await world.stereo.present(world.camera, session, space, this.scale);
    if (this.session !== session) {
      world.stereo.dismiss(world.camera);
      throw new Error("it was taken off again");
    }
    this.thrift = new Thrift(1 / (session.frameRate ?? USUAL_HZ));
    world.stereo.foveation = this.thrift.spared.foveation;
    this.told = null;
    this.presence.show(true);
    this.presence.welcome(this.comfort);
    visitor.worn = this;
    setWorn(true);
    this.changed();
  }

  /** The session is over, whoever ended it; the visitor stands at a desk where they stood. */
  private ended(): void {
    const { world, visitor, streaming, navigator } = this.app;
    this.controls.end();
    this.locomotion.stop();
    this.presence.end();
    this.session = null;
    visitor.worn = null;
    setWorn(false);
    world.stereo.dismiss(world.camera);
    world.spare(new Thrift(1).spared);
    this.keepScale();
    const { position, yaw } = visitor.destination;
    const height = this.app.store.overview ? position[1] : EYE_M;
    visitor.place({ position: [position[0], height, position[2]], yaw, pitch: 0 });
    visitor.forgetApplied();
    navigator.lookAtSelection();
    streaming.changed();
    this.changed();
  }

  private keepScale(): void {
    try {
      this.storage?.setItem(SCALE_KEY, String(this.thrift.scaleAfter(this.scale)));
    } catch {
      // The next session asks for all pixels again.
    }
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** In the first frame that knows the head, the wearer stands where they stood at the desk. */
  private arrive(): void {
    if (!this.entered) return;
    const pose = this.entered;
    this.entered = null;
    this.setHeight(this.comfort.seated);
    this.stand(pose);
    this.app.visitor.see(this.eyes());
  }

  /** Eyes are as high as those of somebody who stands, or where the floor has them. */
  private setHeight(standing: boolean): void {
    const floor = this.space === "local-floor";
    this.lift = standing || !floor ? EYE_M - this.head.position[1] : 0;
  }

  /** Keys move the visitor, whom the headset sees elsewhere: the space moves by as much. */
  private keys(): void {
    const { visitor } = this.app;
    const seen = this.seenAt;
    if (!seen) return;
    const by = minus(visitor.position, seen.position);
    const { locomotion } = this;
    const turned = visitor.yaw - seen.yaw;
    if (by[0] !== 0 || by[2] !== 0) locomotion.space = locomotion.space.moved([by[0], 0, by[2]]);
    if (turned !== 0) locomotion.space = locomotion.space.turned(this.head.position, turned);
  }

  private move(seconds: number): void {
    const { app, controls, comfort, locomotion } = this;
    const main = controls.of(comfort.hand);
    const other = controls.of(comfort.hand === "right" ? "left" : "right");
    const pressed = this.presence.grasp.aiming;
    const aiming = pressed ? controls.of(pressed) : main;
    const ground = app.store.room && {
      floor: (this.area ??= floorOf(app.store.room, app.world.walls)),
      walls: app.world.walls,
    };
    const aim = aiming.tracked && this.isFree(aiming) ? this.lifted(aiming.ray) : null;
    const end = locomotion.step(
      { walk: other.stick, turn: main.stick, aim, pressed: pressed !== null },
      this.head, ground, comfort, seconds,
    );
    if (locomotion.moving || end) app.navigator.walked();
    if (end) this.teleportTo(end);
  }

  /** Its hand has neither a wall nor a photograph. */
  private isFree({ side }: HandState): boolean {
    return this.presence.carrying.in(side) === null && !this.app.holding.isIn(side === "left" ? 0 : 1);
  }

  private teleportTo(end: Vec3): void {
    const { visitor, navigator, store } = this.app;
    if (store.overview) navigator.toggleOverview();
    this.teleport = [end[0], 0, end[2]];
    const { yaw, pitch } = visitor.pose;
    visitor.goTo({ position: [end[0], EYE_M, end[2]], yaw, pitch });
  }

  /** Tracked places are above the floor that the wearer stands on, and lifted. */
  private lifted({ position: [x, y, z], rotation }: RigidPose): RigidPose {
    return { position: [x, y + this.lift + this.floorY, z], rotation };
  }

  private eyes(): Required<Pose> {
    const { position, rotation } = this.inRoom.inRoom(this.head);
    return { position, yaw: yawOf(rotation), pitch: pitchOf(rotation), fov: FOV };
  }

  /** The tracked space with its floor where eyes have it. */
  private get inRoom() {
    return this.locomotion.space.moved([0, this.lift + this.floorY, 0]);
  }

  private look(): void {
    const { world, visitor, streaming } = this.app;
    const { origin, yaw } = this.inRoom;
    world.stereo.place(origin, yaw);
    const eyes = this.eyes();
    visitor.see(eyes);
    this.seenAt = { position: [...eyes.position], yaw: eyes.yaw };
    const now = this.inRoom.inRoom(this.head);
    if (this.told && apart(this.told.position, now.position) < STEP_M && !turnedBy(this.told, now)) {
      return;
    }
    this.told = now;
    streaming.changed();
  }

  private budget(seconds: number): void {
    if (!this.thrift.frame(seconds)) return;
    const { spared } = this.thrift;
    this.app.world.stereo.foveation = spared.foveation;
    this.app.world.spare(spared);
    this.app.streaming.changed();
  }
}

function turnedBy(a: RigidPose, b: RigidPose): boolean {
  return apart(forwardOf(a), forwardOf(b)) > STEP_RAD;
}
