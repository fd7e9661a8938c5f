/** Panels of which only the first tiles are shown: these are larger, where there is room. */
import type { ShownPanel } from "./walls";

/** Tiles that are no further than `kept`, as large as the panel's rectangle lets them be. */
export function filtered(panel: ShownPanel, kept: number): ShownPanel {
  const count = Math.min(panel.count, Math.max(0, kept - panel.first));
  if (count === panel.count || count === 0) return { ...panel, count };
  const [across, down] = panel.pitch_m;
  const [width, height] = [panel.columns * across, panel.rows * down];
  let best = { columns: panel.columns, rows: panel.rows, scale: 1 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const scale = Math.min(width / (columns * across), height / (rows * down));
    if (scale > best.scale) best = { columns, rows, scale };
  }
  const { columns, rows, scale } = best;
  return { ...panel, columns, rows, count, pitch_m: [scale * across, scale * down] };
}
