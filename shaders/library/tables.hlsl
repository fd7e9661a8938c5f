// Elements of the records that describe walls, panels and layers. The programs that include this
// say how to get at one: float4 wall(float index, int what), panel(…), layer(…).
// The web viewer's scene/walls.ts and scene/layertables.ts write them in this order.
#ifndef LAYERWALK_TABLES
#define LAYERWALK_TABLES

#define WALL_ORIGIN 0  // xyz middle of the foot, w width
#define WALL_X 1       // xyz unit of x times scale, w height
#define WALL_Y 2       // xyz unit of y times scale, w first panel
#define WALL_FIELD 3   // left, bottom, width, height of the tiles, from the foot's middle
#define WALL_MEAN 4    // rgb mean colour of the tiles, w when it began to show, in seconds
#define WALL_BEFORE 5  // rgb mean colour before, w number of panels

#define PANEL_CENTRE 0  // xyz, w row of its layer
#define PANEL_X 1       // xyz from left to right edge, w gap
#define PANEL_Y 2       // xyz from bottom to top edge, w chosen cell, or -1
#define PANEL_GRID 3    // columns, rows, tiles, first tile
#define PANEL_RECT 4    // left, bottom, width, height on its wall

#define LAYER_SCALE 0       // low, high, signed, when it began to show
#define LAYER_TILE 1        // width, height in pixels, tiles, first entry of its ranges
#define LAYER_LEVELS 2      // finest, coarsest level that is there, has specials, has pages
#define LAYER_OLD_SCALE 3   // low, high, signed of what it fades from, is there such
#define LAYER_OLD_LEVELS 4  // finest, coarsest, has specials, first entry
#define LAYER_BEFORE 5      // low, high, finest level before more detail came, when it came
#define LAYER_LEVEL_0 8     // x, y, page of the first page, columns; one element a level
#define LAYER_OLD_LEVEL_0 20

// What all that is drawn of tiles depends on.
struct Moment
{
    float now;          // seconds, on the clock of the records
    float sweep;        // seconds since the room stood, for tiles that are still empty
    float per_channel;  // 1: colours by each channel's own range
    float stale;        // share of grey
};

// How far something that began to show at `start` has faded in, 0 .. 1. Whoever asks takes what
// comes after for 1: a lerp of 1 still has a trace of what was before, in the last bit.
float faded(float now, float start)
{
    float t = saturate((now - start) / 0.3);
    return t * t * (3.0 - 2.0 * t);
}

// Mean colour of a wall's tiles.
float3 wall_light(float index, float now)
{
    float4 mean = wall(index, WALL_MEAN);
    float share = faded(now, mean.w);
    float3 light = mean.rgb;
    if (share < 1.0) { light = lerp(wall(index, WALL_BEFORE).rgb, light, share); }
    return light;
}

#endif
