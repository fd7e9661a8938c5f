/** Input frames side by side: which of them the walls show, one more, one less. */

import type { Edits } from "../hands/edits";
import type { World } from "../scene/world";
import { NOTHING_YET, type Store } from "./store";

/** The frame that every network has, and those that can be added. */
export const INPUT = "input";
const MORE = ["input-2", "input-3", "input-4"] as const;

export class InputFrames {
  /** As far as has been looked after. */
  private shown = "";

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly edits: Edits,
    /** Places a picture of the shelf into the frame that is chosen. */
    private readonly place: (picture: string) => void,
    /** Other runs are wanted. */
    private readonly changed: () => void,
    private readonly say: (message: string, about: string) => void,
  ) {
    store.on(["document", "run", "frames"], () => this.follow());
  }

  /** Names of all frames, in order. */
  get all(): readonly string[] {
    return this.store.frames();
  }

  /** "frame 2 of 3"; "" where there is one only. */
  get title(): string {
    const { all } = this;
    return all.length < 2 ? "" : `frame ${all.indexOf(this.store.input) + 1} of ${all.length}`;
  }

  /** The walls show this frame's newest run from now on. */
  choose(input: string): void {
    const { store, world } = this;
    if (input === store.input || !this.all.includes(input)) return;
    Object.assign(store, {
      input, run: null, prediction: [], predictionRun: 0, predictionLive: "", unsaid: "",
    });
    world.forgetRun();
    world.setFailed(false);
    world.setPrediction([], NOTHING_YET);
    world.setWarning(store.network?.warning ?? "");
    if (this.isEmpty(input)) world.emptyBefore(-1);
    else world.setStale(true); // until its picture is here
    for (const topic of ["run", "prediction", "frames"] as const) store.changed(topic);
    this.changed();
    if (this.title) this.say(`Showing ${this.title}`, "frames");
  }

  /** The next one, the first behind the last. */
  next(): void {
    const { all } = this;
    if (all.length < 2) this.say("There is one input frame; Shift Y adds another", "frames");
    else this.choose(all[(all.indexOf(this.store.input) + 1) % all.length] ?? INPUT);
  }

  /** One more, with the picture that is shown, or the first of the shelf. */
  async add(): Promise<void> {
    const { store } = this;
    if (!store.takesImages) {
      this.say("This network takes no image: it runs on its example", "frames");
      return;
    }
    const name = MORE.find((one) => !this.all.includes(one));
    if (!name) {
      this.say("A network has at most 4 input frames; remove one first", "frames");
      return;
    }
    const picture = store.run?.picture || store.shelf[0]?.id;
    const path = this.edits.path("frames", name);
    if (!(await this.edits.write("adding an input frame", [{ path, value: true }]))) return;
    this.choose(name);
    if (picture) this.place(picture);
  }

  /** The one that is shown goes, or the last one while the first is. */
  async remove(): Promise<void> {
    const { all } = this;
    const name = this.store.input === INPUT ? all.at(-1) : this.store.input;
    if (name === undefined || name === INPUT) {
      this.say("The first input frame stays", "frames");
      return;
    }
    const path = this.edits.path("frames", name);
    await this.edits.write("removing an input frame", [{ path, value: null }]);
  }

  /** Frames came or went, or show something else. */
  private follow(): void {
    const { store } = this;
    const { all } = this;
    if (!all.includes(store.input)) this.choose(INPUT);
    for (const name of store.views.keys()) if (!all.includes(name)) store.views.delete(name);
    const views = all.map((name) => store.views.get(name)?.run ?? 0);
    const key = `${all.join()} ${store.input} ${views.join()}`;
    if (key === this.shown) return;
    const before = this.shown.split(" ")[0];
    this.shown = key;
    if (all.length > 1 || this.world.inputFrames.length > 0) {
      const places = all.map((id) => ({ id, pixels: store.views.get(id)?.pixels ?? null }));
      this.world.setFrames(all.length > 1 ? places : [], store.input);
    }
    if (before !== all.join()) {
      this.changed();
      store.changed("frames");
    }
  }

  private isEmpty(input: string): boolean {
    return this.store.at(["inputs", this.store.network?.name ?? "main", input]) === undefined;
  }
}
