/** Round numbers along an axis. */

const STEPS = [1, 2, 5, 10] as const;

/** Round numbers between two ends, both included, as many as there can be but no more than `most`. */
export function ticksBetween(low: number, high: number, most: number): number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return [];
  const power = 10 ** Math.floor(Math.log10((high - low) / most));
  for (const factor of STEPS) {
    const ticks = multiples(factor * power, low, high);
    if (ticks.length <= most) return ticks;
  }
  return multiples(20 * power, low, high);
}

function multiples(step: number, low: number, high: number): number[] {
  const slack = 1e-9 * step;
  const [first, last] = [Math.ceil((low - slack) / step), Math.floor((high + slack) / step)];
  // + 0: no minus zero. Rounded, as 3 * 0.1 is no 0.3.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)) + 0,
  );
}

/** Round counts up to `most`, whose places by square root are at least `apart` (of 1) from each other. */
export function countTicks(most: number, apart: number): number[] {
  const ticks: number[] = [];
  let above = Infinity;
  for (let power = 10 ** Math.floor(Math.log10(Math.max(1, most))); power >= 1; power /= 10) {
    for (const factor of [5, 2, 1]) {
      const count = factor * power;
      const place = Math.sqrt(count / most);
      if (count > most || place > above - apart || place < apart) continue;
      ticks.push(count);
      above = place;
    }
  }
  return ticks;
}
