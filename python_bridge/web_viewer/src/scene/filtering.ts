/** Panels of which only the first tiles are shown: these are larger, where there is room. */
import type { ShownPanel } from "./walls";

/** The first `kept` cells of a station's panels, shared among them: none is left empty beside others. */
export function spread(panels: readonly ShownPanel[], kept: number): ShownPanel[] {
  const total = panels.reduce((sum, { count }) => sum + count, 0);
  if (kept >= total) return [...panels];
  const start = Math.min(...panels.map(({ first }) => first));
  let before = 0;
  return panels.map((panel) => {
    const [first, end] = [before, before + panel.count].map((at) => Math.ceil((kept * at) / total));
    before += panel.count;
    return { ...filtered(panel, end! - first!), first: start + first! };
  });
}

/** So many tiles, as large as the panel's rectangle lets them be. */
export function filtered(panel: ShownPanel, count: number): ShownPanel {
  if (count >= panel.count || count === 0) return { ...panel, count: Math.min(count, panel.count) };
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
