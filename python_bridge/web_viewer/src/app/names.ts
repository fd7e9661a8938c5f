/** Names as people write them: finding what was meant, and saying what is near. */

/** How many letters must be changed, added or left out to turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The name with the fewest changes to `name`, "" if there are no names. */
export function nearestName(name: string, names: readonly string[]): string {
  let best = "";
  let least = Infinity;
  for (const candidate of names) {
    const changes = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (changes < least) [best, least] = [candidate, changes];
  }
  return best;
}

/** A kind in few letters: Conv2d -> conv, BatchNorm2d -> norm, ReLU6 -> relu6. */
export function shortKind(kind: string): string {
  const plain = kind.replace(/[123]d$/, "").toLowerCase();
  if (/norm$/.test(plain)) return "norm";
  return plain.replace(/^adaptive/, "").replace(/^linear$/, "linear");
}

/** 96 × 112 × 112, without a leading batch of 1. */
export function shapeText(sizes: readonly number[]): string {
  const shown = sizes.length > 1 && sizes[0] === 1 ? sizes.slice(1) : sizes;
  return shown.join(" × ") || "scalar";
}

/** A number in at most about six characters. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const digits = size !== 0 && (size >= 1e5 || size < 1e-3) ? value.toExponential(1) : fixed(value);
  return digits.replace("-", "−");
}

function fixed(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  return value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3);
}

/** 4.7 million, 12,608, ... */
export function countText(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} million`;
  return value.toLocaleString("en");
}

/** 78 %, 7.1 %, 0.29 %. */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(percent >= 99.95 ? 0 : percent >= 1 ? 1 : 2)} %`;
}
