/** A flight from stop to stop as frames of a video, the same ones every time. */

/** Where a frame is: at stop `from`, and how much of the way to the next one lies behind it. */
export interface Moment {
  from: number;
  share: number;
}

/** A stop lasts so many times as long as a flight between two. */
const REST = 0.4;

/** The frames of a flight along so many stops: the first is at the first stop, the last at the last. */
export function momentsOf(stops: number, seconds: number, fps: number): Moment[] {
  const frames = Math.max(1, Math.round(seconds * fps));
  const whole = stops * REST + (stops - 1);
  return Array.from({ length: frames }, (_, frame) => {
    const at = frames > 1 ? (frame / (frames - 1)) * whole : 0;
    const from = Math.min(stops - 1, Math.floor(at / (1 + REST)));
    const past = at - from * (1 + REST) - REST;
    return { from, share: from < stops - 1 ? eased(Math.min(1, Math.max(0, past))) : 0 };
  });
}

function eased(share: number): number {
  return share * share * (3 - 2 * share);
}
