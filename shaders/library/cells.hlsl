// A wall's field of tiles: which tile a point shows, and where in the packed pages its pixels
// stand. The same arithmetic is in python_bridge/layerwalk/page.py and in the viewer's picking.
#ifndef LAYERWALK_CELLS
#define LAYERWALK_CELLS

#define LAYERWALK_PAGE_EDGE 1024.0

// Part of a cell's edge that stays free: a tile covers 1 / 1.085 of its pitch.
#define LAYERWALK_GAP 0.0783410138

// Index of a cell, row by row from the top left.
float cell_index(float2 cell, float columns)
{
    return cell.y * columns + cell.x;
}

// How much of a screen pixel at f (place in its cell, 0 .. 1) the tile covers; footprint is the
// pixel's size in cells. Where a pixel sees several cells, their share of the area.
float tile_coverage(float2 f, float2 footprint, float gap)
{
    float2 inside = clamp((min(f, 1.0 - f) - 0.5 * gap) / footprint + 0.5, 0.0, 1.0);
    float share = (1.0 - gap) * (1.0 - gap);
    float several = saturate(max(footprint.x, footprint.y) * 1.4 - 0.4);
    return lerp(inside.x * inside.y, share, several);
}

// Place in the tile, 0 .. 1 from its left and top, of a place in its cell.
float2 place_in_tile(float2 f, float gap)
{
    return (f - 0.5 * gap) / (1.0 - gap);
}

// Edges of a tile of this size at a level of detail: halved `level` times, rounded up. The
// quarter keeps an exp2 that is a little too large from rounding up once more.
float2 level_size(float2 tile, float level)
{
    return ceil((tile - 0.25) * exp2(-level));
}

// Level of detail at which a screen pixel covers one tile pixel. If it covered more, a wall of
// fine detail would flicker with every step.
float level_of_detail(float2 footprint_pixels)
{
    return log2(max(max(footprint_pixels.x, footprint_pixels.y), 1.0));
}

// Moves a coordinate in pixels so that linear filtering leaves pixels square, with edges one
// screen pixel wide; where a screen pixel covers a whole one or more, leaves it alone.
float2 square_pixels(float2 at, float2 footprint)
{
    float2 edge = floor(at + 0.5);
    return edge + clamp((at - edge) / min(footprint, float2(1.0, 1.0)), -0.5, 0.5);
}

// Where tile `index` of a packed level stands: x, y in pixels of its page, z the page.
float3 tile_corner(float index, float2 size, float columns)
{
    float row = floor((index + 0.5) / columns);
    float column = index - row * columns;
    float rows_per_page = max(1.0, floor(LAYERWALK_PAGE_EDGE / size.y));
    float page = floor((row + 0.5) / rows_per_page);
    return float3(column * size.x, (row - page * rows_per_page) * size.y, page);
}

#endif
