/** How tiles are packed into pages: the arithmetic of python_bridge/layerwalk/page.py. */
import type { Axis, PageLevel } from "../generated/protocol";

export const PAGE_EDGE = 1024;
export const LAST_CODE = 252;

/** A lifted tile's slab is so much larger than the tile. */
export const PITCH = 1.085;

/** The part of a cell's edge that stays free, of a room with this gap between its tiles. */
export const freePart = (tileGap: number): number => tileGap / (1 + tileGap);

export interface TileShape {
  tiles: number;
  height: number;
  width: number;
}

export function tileShape(axes: readonly Axis[]): TileShape {
  const size = (role: Axis["role"]) => axes.find((axis) => axis.role === role)?.size ?? 1;
  return { tiles: size("tile"), height: size("row"), width: size("column") };
}

/** How many levels a tile of this size has; the last one is 1 x 1. */
export function levelCount({ height, width }: TileShape): number {
  return Math.ceil(Math.log2(Math.max(height, width))) + 1;
}

/** The coarsest level that still shows what a tile of this size is about, as page.py has it. */
export function firstLightLevel(shape: TileShape): number {
  const edges = [shape.height, shape.width];
  let level = 2;
  while (edges.some((edge) => Math.ceil(edge / 2 ** level) < Math.min(edge, Math.max(4, edge / 4)))) {
    level--;
  }
  return Math.min(level, levelCount(shape) - 1);
}

/** Bytes of the ranges of all tiles: an offset and a step of each. */
export function rangeBytes({ tiles }: TileShape): number {
  return 8 * tiles;
}

/** Bytes of the ranges and of these levels of a layer, `finest` and all coarser ones. */
export function bytesFrom(shape: TileShape, finest: number): number {
  return packLevels(shape)
    .filter(({ level }) => level >= finest)
    .reduce((sum, level) => sum + imageHeight(shape.tiles, level) * level.width, rangeBytes(shape));
}

/** Rows of pixels of the whole packed image of a level. */
export function imageHeight(tiles: number, level: PageLevel): number {
  return Math.ceil(tiles / level.columns) * level.tile_height;
}

/** Index into a level's packed image of pixel (row, column) of a tile. */
export function pixelIndex(level: PageLevel, tile: number, row: number, column: number): number {
  const tileRow = Math.floor(tile / level.columns);
  const tileColumn = tile % level.columns;
  return (
    (tileRow * level.tile_height + row) * level.width + tileColumn * level.tile_width + column
  );
}

/** How all levels of a layer are packed, as page.py does it, as far as they fit into pages. */
export function packLevels({ tiles, height, width }: TileShape): PageLevel[] {
  const levels: PageLevel[] = [];
  for (let level = 0; ; level++) {
    const tileHeight = Math.ceil(height / 2 ** level);
    const tileWidth = Math.ceil(width / 2 ** level);
    if (tileHeight <= PAGE_EDGE && tileWidth <= PAGE_EDGE) {
      const columns = Math.min(tiles, Math.floor(PAGE_EDGE / tileWidth));
      const rowsPerPage = Math.floor(PAGE_EDGE / tileHeight);
      levels.push({
        level,
        tile_height: tileHeight,
        tile_width: tileWidth,
        columns,
        width: columns * tileWidth,
        rows_per_page: rowsPerPage,
        pages: Math.ceil(Math.ceil(tiles / columns) / rowsPerPage),
      });
    }
    if (tileHeight === 1 && tileWidth === 1) return levels;
  }
}
