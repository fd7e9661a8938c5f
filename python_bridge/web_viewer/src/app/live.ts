/** Live input: which source is played into the network, and how, as the shared document says. */

import type { Connection } from "../connection/socket";
import type { Live, LiveSource, Reply } from "../generated/protocol";
import type { Store } from "./store";

/** The one input frame of a network so far. */
const INPUT = "input";

export class LiveInput {
  /** What is wanted after the change that is on its way, the latest only. */
  private next: Live | null | undefined;
  /** That change, until the document is at the revision it leads to (Infinity: not known yet). */
  private sent: { value: Live | null; revision: number } | null = null;
  /** The frame that was asked for last, while it is stepped through. */
  private asked: number | null = null;
  /** The reason that was told last; null while nothing is known of a network. */
  private told: string | null = null;

  constructor(
    private readonly store: Store,
    private readonly connection: () => Connection,
    private readonly say: (message: string, about: string) => void,
  ) {
    store.on("live", () => this.followed());
    store.on(["live", "network"], () => this.tell());
  }

  /** Whether there is anything to play into this network. */
  get available(): boolean {
    return this.store.live.length > 0 && this.store.takesImages;
  }

  /** What the document says; null while no source is chosen. */
  get state(): Live | null {
    return (this.store.at(this.path) as Live | undefined) ?? null;
  }

  /** The source that is chosen, or would be by playing. */
  get source(): LiveSource | null {
    const { live } = this.store;
    return live.find(({ id }) => id === this.state?.source) ?? live[0] ?? null;
  }

  /** What the document will say once all that was asked for here has come through. */
  private get coming(): Live | null {
    if (this.next !== undefined) return this.next;
    return this.changing ? this.sent!.value : this.state;
  }

  /** The source that is chosen then, or would be by playing. */
  private get aim(): LiveSource | null {
    return this.store.live.find(({ id }) => id === this.coming?.source) ?? this.source;
  }

  private get changing(): boolean {
    return this.sent !== null && this.store.revision < this.sent.revision;
  }

  /** Whether it came to the end of its frames, and does not begin anew by itself. */
  get ended(): boolean {
    const { source, state } = this;
    if (!source || !state || state.playing || state.error) return false;
    return source.frames > 0 && !state.loop && (state.position ?? -1) >= source.frames - 1;
  }

  /** Whether it is of use on the page: what has ended goes once a still image is placed. */
  get onShow(): boolean {
    return this.available && !(this.ended && this.store.run?.live === "");
  }

  /** Position of the frame that is on show, null if something else is. */
  get shown(): number | null {
    const { run } = this.store;
    return run && run.live !== "" && run.live === this.state?.source ? run.position : null;
  }

  /** Seconds since the frame that is on show was captured, null while nothing plays. */
  get ageS(): number | null {
    const { run } = this.store;
    if (!run || this.shown === null || !this.state?.playing) return null;
    return Math.max(0, (performance.now() - run.capturedMs) / 1000);
  }

  /** Plays a source from its beginning; the one that is chosen goes on. */
  play(id: string): void {
    const same = this.coming?.source === id;
    const anew = { source: id, playing: true, rate_hz: 0, position: null };
    this.write(same ? { playing: true } : anew);
  }

  toggle(): void {
    const { aim, coming } = this;
    if (!this.available || !aim) return;
    if (!coming) this.play(aim.id);
    else this.write({ playing: !coming.playing, position: coming.playing ? this.stop() : null });
  }

  /** One frame on or back, which pauses; what has no end only goes on. */
  step(by: 1 | -1): void {
    const { aim, coming } = this;
    if (!this.available || !aim) return;
    const { frames } = aim;
    if (by < 0 && frames === 0) return;
    const at = this.asked ?? this.shown ?? coming?.position ?? (by > 0 ? -1 : 0);
    const to = frames > 0 ? (at + by + frames) % frames : at + by;
    this.asked = to;
    this.write({ playing: false, position: to });
  }

  /** Goes to a frame, and plays on from there if it plays. */
  seek(position: number): void {
    const playing = this.coming?.playing ?? false;
    this.asked = playing ? null : position;
    this.write({ position, playing });
  }

  setLoop(loop: boolean): void {
    this.write({ loop });
  }

  setRate(rate_hz: number): void {
    this.write({ rate_hz });
  }

  /** No source is chosen any more, and cameras are let go. */
  end(): void {
    this.send(null);
  }

  /** Where to stop: frames without an end cannot be shown once more. */
  private stop(): number | null {
    const { run } = this.store;
    return this.aim?.frames && run?.live === this.aim.id ? run.position : null;
  }

  private write(fields: Partial<Live>): void {
    const { aim } = this;
    if (!aim) return;
    const now = this.coming ?? { source: aim.id, playing: false, rate_hz: 0 };
    const start = { loop: true, error: "", ...now };
    // A frame that was asked for counts until it has been said.
    this.send({ ...start, position: this.next?.position ?? null, ...fields });
  }

  /** One change at a time: of those that are wanted meanwhile, the last one counts. */
  private send(value: Live | null): void {
    if (value === null || value.playing) this.asked = null;
    this.next = value;
    if (this.sent?.revision !== Infinity) void this.flush();
  }

  private async flush(): Promise<void> {
    while (this.next !== undefined) {
      const value = this.next;
      this.next = undefined;
      const sent = { value, revision: Infinity };
      this.sent = sent;
      const base = this.store.revision;
      try {
        const change = { type: "change", base, path: this.path, value } as const;
        const { message } = await this.connection().ask(change);
        sent.revision = (message as Reply).revision ?? 0;
      } catch (error) {
        this.sent = null;
        this.say(error instanceof Error ? error.message : String(error), "live");
      }
    }
  }

  private get path(): string[] {
    return ["live", this.store.network?.name ?? "main", INPUT];
  }

  /** A frame that someone else asked for is where steps go on from. */
  private followed(): void {
    const settled = this.next === undefined && !this.changing;
    if (settled && this.state?.position !== this.asked) this.asked = null;
  }

  /** Says why a source ended, once, and not to those who come later. */
  private tell(): void {
    const known = this.store.network !== null;
    if (!known) this.sent = null; // another session counts its revisions anew
    const error = this.state?.error ?? "";
    if (known && this.told !== null && error && error !== this.told) this.say(error, "live");
    this.told = known ? error : null;
  }
}
