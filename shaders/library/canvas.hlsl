// A panel of tiles: where its corners stand, and the colour of a screen pixel of it.
// Needs, from the program that includes this, what tables.hlsl needs, and
//   float page_code(float3 at)          code at u, v (0 .. 1) and page, filtered
//   float page_texel(int2 at, int page) code of a pixel
//   float2 tile_range(float entry)      offset, scale
//   float3 tile_mean(float entry)       mean colour
//   float3 scale_colour(int2 at)        colour scales: place 0 .. 255; 0 sequential, 1 diverging
#ifndef LAYERWALK_CANVAS
#define LAYERWALK_CANVAS

#define LAYERWALK_GAP_COLOUR float3(0.0451, 0.0549, 0.0804)
#define LAYERWALK_EMPTY float3(0.047, 0.059, 0.086)
#define LAYERWALK_ACCENT float3(1.0, 0.886, 0.690)
#define LAYERWALK_ERROR float3(1.0, 0.604, 0.525)
#define LAYERWALK_DIMMED 0.6
#define LAYERWALK_CANVAS_FOG 0.0095
#define LAYERWALK_FILTER_STEPS 256.0

// What all pixels of a panel share.
struct Canvas
{
    float4 grid;        // columns, rows, tiles, first tile
    float4 tile;        // as LAYER_TILE
    float4 scale;       // as LAYER_SCALE, while more detail comes into focus
    float4 levels;      // as LAYER_LEVELS, likewise
    float4 old_scale;
    float4 old_levels;
    float3 look;        // gap, chosen cell or -1, row of the layer
};

// The activation a layer shows, or the one it fades from.
struct Shown
{
    float3 scale;   // low, high, signed
    float3 levels;  // finest, coarsest, has specials
    float entries;  // first of its ranges and tile colours
    int level_0;
};

Canvas canvas_of(float index, float now)
{
    Canvas canvas;
    float row = panel(index, PANEL_CENTRE).w;
    canvas.grid = panel(index, PANEL_GRID);
    canvas.tile = layer(row, LAYER_TILE);
    canvas.scale = layer(row, LAYER_SCALE);
    canvas.levels = layer(row, LAYER_LEVELS);
    // More detail comes into focus, and its scale of colours with it.
    float4 before = layer(row, LAYER_BEFORE);
    float3 after = float3(canvas.scale.xy, canvas.levels.x);
    float share = faded(now, before.w);
    float3 grown = after;
    if (share < 1.0) { grown = lerp(before.xyz, after, share); }
    canvas.scale.xy = grown.xy;
    canvas.levels.x = grown.z;
    canvas.old_scale = layer(row, LAYER_OLD_SCALE);
    canvas.old_levels = layer(row, LAYER_OLD_LEVELS);
    canvas.look = float3(panel(index, PANEL_X).w, panel(index, PANEL_Y).w, row);
    return canvas;
}

// place: 0 .. 1 from the panel's left and top.
float3 canvas_point(float index, float2 place)
{
    return panel(index, PANEL_CENTRE).xyz + panel(index, PANEL_X).xyz * (place.x - 0.5)
        + panel(index, PANEL_Y).xyz * (0.5 - place.y);
}

Shown shown_now(Canvas canvas)
{
    Shown shown;
    shown.scale = canvas.scale.xyz;
    shown.levels = canvas.levels.xyz;
    shown.entries = canvas.tile.w;
    shown.level_0 = LAYER_LEVEL_0;
    return shown;
}

Shown shown_before(Canvas canvas)
{
    Shown shown;
    shown.scale = canvas.old_scale.xyz;
    shown.levels = canvas.old_levels.xyz;
    shown.entries = canvas.old_levels.w;
    shown.level_0 = LAYER_OLD_LEVEL_0;
    return shown;
}

// Corner (x, y) and page of tile `index` at a level, whose tiles have `size` pixels.
float3 tile_place(Canvas canvas, Shown shown, float index, float level, float2 size)
{
    float4 base = layer(canvas.look.z, shown.level_0 + int(level));
    return base.xyz + tile_corner(index, size, base.w);
}

// Code of tile `index` at a place in it, at one level. footprint: a screen pixel's size in tiles.
float code_at(
    Canvas canvas, Shown shown, float index, float2 place, float2 footprint, float level)
{
    float2 size = level_size(canvas.tile.xy, level);
    float3 corner = tile_place(canvas, shown, index, level, size);
    float2 at = square_pixels(place * size, footprint * size);
    at = clamp(at, float2(0.5, 0.5), size - 0.5);
    // In steps as fine as filtering is, its sum with any corner is exact: a tile looks the same to
    // the last bit wherever its page lies.
    at = floor(at * LAYERWALK_FILTER_STEPS + 0.5) / LAYERWALK_FILTER_STEPS;
    return page_code(float3((corner.xy + at) / LAYERWALK_PAGE_EDGE, corner.z));
}

// The code of the very pixel, unfiltered.
float exact_code(Canvas canvas, Shown shown, float index, float2 place, float level)
{
    float2 size = level_size(canvas.tile.xy, level);
    float3 corner = tile_place(canvas, shown, index, level, size);
    float2 at = corner.xy + floor(clamp(place * size, float2(0.0, 0.0), size - 1.0));
    return floor(page_texel(int2(at), int(corner.z)) + 0.5);
}

// What is not a number.
float3 hatching(float2 pixel)
{
    float stripe = step(0.5, frac((pixel.x + pixel.y) / 8.0));
    return lerp(LAYERWALK_EMPTY, LAYERWALK_ERROR, stripe);
}

// Between two levels, except near either: there one look-up is enough.
float2 levels_at(Canvas canvas, Shown shown, float2 footprint)
{
    float level = level_of_detail(footprint * canvas.tile.xy);
    level = clamp(level, shown.levels.x, shown.levels.y);
    float lower = floor(level);
    float blend = saturate((level - lower - 0.35) / 0.3);
    return blend >= 1.0 ? float2(lower + 1.0, 0.0) : float2(lower, blend);
}

float3 pixel_colour(
    Canvas canvas, Shown shown, Moment moment, float index, float2 place, float2 footprint,
    float2 pixel)
{
    bool is_signed = shown.scale.z > 0.5;
    float2 level = levels_at(canvas, shown, footprint);
    float code = code_at(canvas, shown, index, place, footprint, level.x);
    if (level.y > 0.0)
    {
        float coarser = code_at(canvas, shown, index, place, footprint, level.x + 1.0);
        code = lerp(code, coarser, level.y);
    }
    float2 range = tile_range(shown.entries + index);
    // A tile of one value has no range of its own.
    bool own_range = moment.per_channel > 0.5 && canvas.tile.x * canvas.tile.y > 1.5;
    float2 extent = shown.scale.xy;
    if (own_range) { extent = tile_extent(range); }
    float value = dequantized(min(code, LAYERWALK_LAST_CODE), range);
    float at = place_on_scale(value, extent, is_signed);
    if (shown.levels.z > 0.5)
    {
        float exact = exact_code(canvas, shown, index, place, level.x);
        if (exact > LAYERWALK_LAST_CODE + 0.5) { at = place_of_special(exact); }
    }
    float3 colour = hatching(pixel);
    if (at >= 0.0) { colour = scale_colour(int2(int(at * 255.0 + 0.5), is_signed ? 1 : 0)); }
    return colour;
}

// Far away, where a tile is about a screen pixel, its mean colour.
float3 tile_colour(
    Canvas canvas, Shown shown, Moment moment, float index, float2 place, float2 footprint,
    float2 pixel)
{
    float far = saturate(max(footprint.x, footprint.y) * 4.0 - 1.2);
    float3 colour = float3(0.0, 0.0, 0.0);
    if (far < 1.0)
    {
        colour = pixel_colour(canvas, shown, moment, index, place, footprint, pixel);
    }
    if (far > 0.0) { colour = lerp(colour, tile_mean(shown.entries + index), far); }
    return colour;
}

float3 empty_colour(Canvas canvas, float2 at, float sweep)
{
    float along = (sweep - 0.2) / 1.6 - 0.5 * at.x / canvas.grid.x - 0.25 * at.y / canvas.grid.y;
    return LAYERWALK_EMPTY + 0.04 * max(0.0, 1.0 - abs(along - 0.1) * 8.0);
}

float3 faded_colour(
    Canvas canvas, Moment moment, float index, float2 place, float2 footprint, float2 pixel)
{
    Shown shown = shown_now(canvas);
    float3 colour = tile_colour(canvas, shown, moment, index, place, footprint, pixel);
#ifdef LAYERWALK_FADING
    float3 before = LAYERWALK_EMPTY;
    float share = faded(moment.now, canvas.scale.w);
    if (share < 1.0 && canvas.old_scale.w > 0.5)
    {
        Shown old = shown_before(canvas);
        before = tile_colour(canvas, old, moment, index, place, footprint, pixel);
    }
    colour = lerp(before, colour, share);
#endif
    return colour;
}

// Where a tile is chosen: the accent's frame around it, the others dimmed. rgb, and coverage.
float4 with_choice(Canvas canvas, float4 tile, float index, float2 f, float2 footprint)
{
    if (canvas.look.y < 0.0) { return tile; }
    float chosen = step(abs(index - canvas.look.y), 0.5);
    // Equally thick on all sides, also around a tile that is much wider than tall.
    float2 edge = min(f, 1.0 - f) / footprint;
    // A pixel at least: around a small tile it would be seen on some sides only.
    float thick = max(1.0, canvas.look.x * 0.5 / max(footprint.x, footprint.y));
    float frame = step(min(edge.x, edge.y), thick) * chosen;
    float3 dimmed = tile.rgb * lerp(LAYERWALK_DIMMED, 1.0, chosen);
    return float4(lerp(dimmed, LAYERWALK_ACCENT, frame), max(tile.a, frame));
}

// Colour at a place in cells from the panel's left and top. footprint: a screen pixel's size in
// cells; pixel: where on the screen.
float3 canvas_colour(Canvas canvas, Moment moment, float2 at, float2 footprint, float2 pixel)
{
    // Where a pixel has several samples, its middle may lie a little outside the panel: without
    // this it would be coloured as a tile of whichever layer comes before in the tables.
    float2 cell = clamp(floor(at), float2(0.0, 0.0), canvas.grid.xy - 1.0);
    float2 f = at - cell;
    float k = cell_index(cell, canvas.grid.x);
    float gap = canvas.look.x;
    float covered = tile_coverage(f, footprint, gap) * step(k, canvas.grid.z - 0.5);
    float3 colour = LAYERWALK_GAP_COLOUR;
    if (covered > 0.0 && canvas.levels.w > 0.5)
    {
        float2 place = place_in_tile(f, gap);
        float2 in_tiles = footprint / (1.0 - gap);
        colour = faded_colour(canvas, moment, canvas.grid.w + k, place, in_tiles, pixel);
    }
    if (canvas.levels.w < 0.5) { colour = empty_colour(canvas, at, moment.sweep); }
    float4 tile = with_choice(canvas, float4(colour, covered), k, f, footprint);
    float grey = dot(tile.rgb, float3(0.3, 0.59, 0.11));
    colour = lerp(tile.rgb, grey * float3(0.62, 0.68, 0.80) + 0.02, moment.stale);
    return lerp(LAYERWALK_GAP_COLOUR, colour, tile.a);
}

#endif
