/** Live input: which source is played into the network, and how, as the shared document says. */

import type { Connection } from "../connection/socket";
import type { Live, LiveSource } from "../generated/protocol";
import type { Store } from "./store";

/** The one input frame of a network so far. */
const INPUT = "input";

export class LiveInput {
  /** A change is on its way; what is wanted after it, the latest only. */
  private busy = false;
  private next: Live | null | undefined;
  /** The frame that was asked for last, while it is stepped through. */
  private asked: number | null = null;
  private told = "";

  constructor(
    private readonly store: Store,
    private readonly connection: () => Connection,
    private readonly say: (message: string, about: string) => void,
  ) {
    store.on("live", () => this.tell());
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
    const same = this.state?.source === id;
    this.write(same ? { playing: true } : { source: id, playing: true, rate_hz: 0 });
  }

  toggle(): void {
    const { source, state } = this;
    if (!this.available || !source) return;
    if (!state) this.play(source.id);
    else this.write({ playing: !state.playing, position: state.playing ? this.stop() : null });
  }

  /** One frame on or back, which pauses; what has no end only goes on. */
  step(by: 1 | -1): void {
    const { source, state } = this;
    if (!this.available || !source) return;
    const { frames } = source;
    if (by < 0 && frames === 0) return;
    const at = this.asked ?? this.shown ?? state?.position ?? (by > 0 ? -1 : 0);
    const to = frames > 0 ? (at + by + frames) % frames : at + by;
    this.asked = to;
    this.write({ playing: false, position: to });
  }

  /** Goes to a frame, and plays on from there if it plays. */
  seek(position: number): void {
    this.asked = this.state?.playing ? null : position;
    this.write({ position, playing: this.state?.playing ?? false });
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
    return this.source?.frames ? this.shown : null;
  }

  private write(fields: Partial<Live>): void {
    const { source } = this;
    if (!source) return;
    const now = this.next ?? this.state ?? { source: source.id, playing: false, rate_hz: 0 };
    const start = { loop: true, error: "", ...now };
    this.send({ ...start, position: null, ...fields });
  }

  /** One change at a time: of those that are wanted meanwhile, the last one counts. */
  private send(value: Live | null): void {
    if (value === null || value.playing) this.asked = null;
    this.next = value;
    if (!this.busy) void this.flush();
  }

  private async flush(): Promise<void> {
    this.busy = true;
    while (this.next !== undefined) {
      const value = this.next;
      this.next = undefined;
      const base = this.store.revision;
      try {
        await this.connection().ask({ type: "change", base, path: this.path, value });
      } catch (error) {
        this.say(error instanceof Error ? error.message : String(error), "live");
      }
    }
    this.busy = false;
  }

  private get path(): string[] {
    return ["live", this.store.network?.name ?? "main", INPUT];
  }

  /** Says why a source ended, once. */
  private tell(): void {
    const error = this.state?.error ?? "";
    if (error && error !== this.told) this.say(error, "live");
    this.told = error;
  }
}
