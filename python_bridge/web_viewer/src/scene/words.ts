/** Words that labels in the room and panels on the screen share. */
import type { Axis, Network } from "../generated/protocol";

/**
 * What a tile of a layer with these axes is called: "channel 3". A layer whose only tile is a
 * matrix has no axis to count by, and is called after its rows and columns: "token × feature".
 */
export function tileName(axes: readonly Axis[], tile: number): string {
  const counted = axes.find(({ role }) => role === "tile");
  if (counted) return `${counted.name} ${tile}`;
  const named = (role: Axis["role"]) => axes.filter((one) => one.role === role);
  const names = [...named("row"), ...named("column")].map(({ name }) => name);
  return names.join(" × ") || "value";
}

/** What stands below a tile: "Channel 3", for a class of the output "espresso (967)". */
export function tileTitle(
  network: Network | null, classes: readonly string[], layer: string, tile: number,
): string {
  const name = network?.outputs.includes(layer) ? classes[tile] : undefined;
  if (name !== undefined) return `${name} (${tile})`;
  return capital(tileName(network?.nodes.find((one) => one.name === layer)?.axes ?? [], tile));
}

/** What board and panel say while no run has finished. */
export const NOTHING_YET = "Nothing yet";

/** What stands above scores, or above the sentence that says why there are none. */
export function predictionTitle(scores: number, unsaid: string): string {
  return scores > 0 || unsaid === NOTHING_YET ? "The network sees" : "No prediction";
}

/** What is said beside scores of a network that has learned nothing; `weights` as published. */
export function doubtText(weights: string): string {
  return weights === "random" ? "Random weights: these scores mean nothing" : "";
}

/** "1 op", "12 ops". */
export function opsText(count: number): string {
  return `${count} ${count === 1 ? "op" : "ops"}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Lines of at most `most` letters, broken between words. */
export function broken(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
