/** Writes into the shared document what this visitor does, so that it can be undone. */

import type { Connection } from "../connection/socket";
import type { Store } from "../app/store";
import { type Change, type Deed, History, sameValue, standing } from "./history";

export class Edits {
  private readonly history = new History();
  private pending = 0;
  private last: Promise<unknown> = Promise.resolve();
  private waiting: { revision: number; heard: () => void }[] = [];

  constructor(
    private readonly store: Store,
    private readonly connection: () => Connection,
    private readonly say: (message: string, about: string) => void,
  ) {
    store.on(["document", "connection"], () => this.hear());
  }

  /** What this visitor changed has not all come back yet. */
  get busy(): boolean {
    return this.pending > 0;
  }

  /** The document's path of something that belongs to the network shown. */
  path(kind: string, name: string): string[] {
    return [kind, this.store.network?.name ?? "main", name];
  }

  /**
   * Writes values (null removes) as one step; settles when the document here has them, with false
   * if the bridge refused any.
   */
  write(what: string, values: readonly { path: string[]; value: unknown }[]): Promise<boolean> {
    return this.inTurn(() => {
      const changes = values.map(({ path, value }) => ({
        path, before: this.store.at(path) ?? null, after: value,
      }));
      return this.record(what, changes.filter(isReal));
    });
  }

  /**
   * Writes all of them, whatever stands there by now; what they change as a whole is one step. A
   * hand that holds a station writes where it is many times, and what counts is where it was taken.
   */
  perform(what: string, changes: readonly Change[]): Promise<boolean> {
    return this.inTurn(() => this.record(what, changes));
  }

  /** What has been written for the visitor already is a step, too. */
  remember(what: string, changes: readonly Change[]): void {
    this.history.add({ what, changes });
  }

  undo(): Promise<void> {
    return this.inTurn(async () => {
      const deed = this.history.back();
      if (!deed) this.say("There is nothing to undo", "edits");
      else if (!(await this.repeat(deed, "Undone"))) this.history.again();
    });
  }

  redo(): Promise<void> {
    return this.inTurn(async () => {
      const deed = this.history.again();
      if (!deed) this.say("There is nothing to do again", "edits");
      else if (!(await this.repeat(deed, "Done again"))) this.history.back();
    });
  }

  /** Another session began: nothing of the former one can be undone in it. */
  forget(): void {
    this.history.clear();
  }

  /** One after the other: what a step starts from is known once the former one has come back. */
  private async inTurn<T>(act: () => Promise<T>): Promise<T> {
    this.pending += 1;
    const former = this.last;
    const turn = (async () => {
      await former;
      return act();
    })();
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.pending -= 1;
    }
  }

  private async record(what: string, changes: readonly Change[]): Promise<boolean> {
    const real = changes.filter(isReal);
    const sent = await this.send(changes);
    if (sent && real.length > 0) this.remember(what, real);
    return sent;
  }

  /** False if the bridge refused it: it can be tried again. */
  private async repeat(deed: Deed, done: string): Promise<boolean> {
    const still = standing(deed.changes, (path) => this.store.at(path));
    if (still.length === 0) {
      this.say(`Not ${done.toLowerCase()}: ${deed.what}, for another visitor changed it since`, "edits");
      return true;
    }
    const sent = await this.send(still);
    if (sent) this.say(`${done}: ${deed.what}`, "edits");
    return sent;
  }

  /**
   * Settles once the document here has the changes; false if the bridge refused any of them, which
   * has been told then.
   */
  private async send(changes: readonly Change[]): Promise<boolean> {
    const base = this.store.revision;
    const asked = changes.map(({ path, after: value }) =>
      this.connection().ask({ type: "change", base, path: [...path], value }),
    );
    const answers = await Promise.allSettled(asked);
    const refused = answers.find((answer) => answer.status === "rejected");
    if (refused) this.say(textOf(refused.reason), "edits");
    const revisions = answers.map((answer) =>
      answer.status === "fulfilled" && "revision" in answer.value.message
        ? (answer.value.message.revision ?? 0)
        : 0,
    );
    await this.until(Math.max(...revisions));
    return !refused;
  }

  /** The answer to a change comes before the event that tells of it. */
  private until(revision: number): Promise<void> {
    const { connection, revision: now } = this.store;
    if (connection !== "connected" || now >= revision) return Promise.resolve();
    return new Promise((heard) => this.waiting.push({ revision, heard }));
  }

  private hear(): void {
    const lost = this.store.connection !== "connected";
    const due = this.waiting.filter(({ revision }) => lost || this.store.revision >= revision);
    this.waiting = this.waiting.filter((one) => !due.includes(one));
    for (const { heard } of due) heard();
  }
}

const isReal = ({ before, after }: Change): boolean => !sameValue(before, after);

function textOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
