/** Numbers as labels and panels write them: one formula for all. */

/** A number in at most about six characters. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const digits = size !== 0 && (size >= 1e5 || size < 1e-3) ? value.toExponential(1) : fixed(value);
  return digits.replaceAll("-", "−");
}

/** 78.4 %, 7.1 %, 0.29 %. */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(percent >= 99.95 ? 0 : percent >= 1 ? 1 : 2)} %`;
}

function fixed(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  return value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3);
}
