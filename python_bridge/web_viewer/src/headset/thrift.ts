/**
 * The frame budget: what is left out while frames come late, least missed first, and what comes
 * back when there is room. A frame that comes late is seen by the whole body, what is left out here
 * hardly at all.
 */

import type { Sparing } from "../scene/types";

export interface Spared extends Sparing {
  /** Of the edge of sight: 0 full detail, 1 least. */
  foveation: number;
}

/** From all that there is to the least. */
export const STEPS: readonly Spared[] = [
  { foveation: 0.3, reflections: true, tubeSides: 5, detail: 1 },
  { foveation: 1, reflections: true, tubeSides: 5, detail: 1 },
  { foveation: 1, reflections: false, tubeSides: 5, detail: 1 },
  { foveation: 1, reflections: false, tubeSides: 3, detail: 1 },
  { foveation: 1, reflections: false, tubeSides: 3, detail: 0.5 },
];

/** A frame is late that takes so many times as long as it may. */
const LATE = 1.5;
/** Frames that are looked at together, about a second. */
const WINDOW = 72;
const MOST_LATE = 0.1;
const FEW_LATE = 0.01;
/** So many good windows bring one step back; twice as many each time that was too early. */
const PATIENCE = 6;
const MOST_PATIENCE = 96;
/** A frame that took longer says nothing: the page slept, or the headset was put down. */
const LONGEST_S = 1;
/** The next session's share of the pixels that the headset wants, each way. */
const LESS_SCALE = 0.8;
const LEAST_SCALE = 0.6;

export class Thrift {
  private level = 0;
  private frames = 0;
  private late = 0;
  private good = 0;
  private patience = PATIENCE;
  /** Something came back in the window before this one. */
  private tried = false;

  /** `frameS`: how long a frame may take, in seconds. */
  constructor(readonly frameS: number) {}

  get step(): number {
    return this.level;
  }

  get spared(): Spared {
    return STEPS[this.level]!;
  }

  /** A frame came so long after the one before; true if something else is to be drawn now. */
  frame(seconds: number): boolean {
    if (seconds <= 0 || seconds > LONGEST_S) return false;
    this.frames++;
    if (seconds > LATE * this.frameS) this.late++;
    if (this.frames < WINDOW) return false;
    const share = this.late / this.frames;
    this.frames = this.late = 0;
    return this.judge(share);
  }

  private judge(share: number): boolean {
    const before = this.level;
    if (share > MOST_LATE) {
      if (this.tried) this.patience = Math.min(MOST_PATIENCE, 2 * this.patience);
      this.level = Math.min(STEPS.length - 1, this.level + 1);
      this.good = 0;
    } else if (share > FEW_LATE || this.level === 0) this.good = 0;
    else this.good++;
    this.tried = false;
    if (this.good >= this.patience) {
      this.level--;
      this.good = 0;
      this.tried = true;
    }
    return this.level !== before;
  }

  /** For the next session, whose pixels are as many as this one's allowed: 1 is what it wants. */
  scaleAfter(scale: number): number {
    if (this.level === STEPS.length - 1) return Math.max(LEAST_SCALE, scale * LESS_SCALE);
    return this.level === 0 ? Math.min(1, scale / LESS_SCALE) : scale;
  }
}
