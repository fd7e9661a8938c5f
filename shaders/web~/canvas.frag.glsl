#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/cells.hlsl"
#include "library/codes.hlsl"
#include "tables.glsl"

uniform sampler2DArray uPages;
uniform highp sampler2D uRanges;   // offset, scale of each tile
uniform sampler2D uTileColours;    // mean colour of each tile
uniform sampler2D uPalette;        // row 0 sequential, row 1 diverging
uniform float uPerChannel;
uniform float uStale;
uniform float uSweep;              // seconds since the room stood, for tiles that are still empty

in vec2 vCell;
in vec4 vFog;
flat in vec4 vGrid;
flat in vec4 vTile;
flat in vec4 vScale;
flat in vec4 vLevels;
flat in vec4 vOldScale;
flat in vec4 vOldLevels;
flat in vec3 vLook;
out vec4 colour;

const vec3 GAP_COLOUR = vec3(0.0451, 0.0549, 0.0804);
const vec3 EMPTY_COLOUR = vec3(0.047, 0.059, 0.086);
const vec3 ACCENT = vec3(1.0, 0.886, 0.690);
const vec3 ERROR = vec3(1.0, 0.604, 0.525);
const float DIMMED = 0.6;

// The activation a layer shows, or the one it fades from.
struct Shown
{
    vec3 scale;    // low, high, signed
    vec3 levels;   // finest, coarsest, has specials
    float entries; // first of its ranges and tile colours
    int level0;
};

// Corner (x, y) and page of tile `index` at a level, whose tiles have `size` pixels.
vec3 tile_place(Shown shown, float index, float level, vec2 size)
{
    vec4 base = layer(vLook.z, shown.level0 + int(level));
    return base.xyz + tile_corner(index, size, base.w);
}

// Code of tile `index` at a place in it, at one level. footprint: a screen pixel's size in tiles.
float code_at(Shown shown, float index, vec2 place, vec2 footprint, float level)
{
    vec2 size = level_size(vTile.xy, level);
    vec3 corner = tile_place(shown, index, level, size);
    vec2 at = clamp(square_pixels(place * size, footprint * size), vec2(0.5), size - 0.5);
    vec2 uv = (corner.xy + at) / LAYERWALK_PAGE_EDGE;
    return textureLod(uPages, vec3(uv, corner.z), 0.0).r * 255.0;
}

// The code of the very pixel, unfiltered.
float exact_code(Shown shown, float index, vec2 place, float level)
{
    vec2 size = level_size(vTile.xy, level);
    vec3 corner = tile_place(shown, index, level, size);
    vec2 at = floor(clamp(place * size, vec2(0.0), size - 1.0));
    return floor(texelFetch(uPages, ivec3(corner.xy + at, corner.z), 0).r * 255.0 + 0.5);
}

vec3 scale_colour(float place, bool is_signed)
{
    return texelFetch(uPalette, ivec2(int(place * 255.0 + 0.5), is_signed ? 1 : 0), 0).rgb;
}

// What is not a number.
vec3 hatching()
{
    float stripe = step(0.5, fract((gl_FragCoord.x + gl_FragCoord.y) / 8.0));
    return mix(EMPTY_COLOUR, ERROR, stripe);
}

vec3 pixel_colour(Shown shown, float index, vec2 place, vec2 footprint)
{
    bool is_signed = shown.scale.z > 0.5;
    float level = clamp(level_of_detail(footprint * vTile.xy), shown.levels.x, shown.levels.y);
    float lower = floor(level);
    float blend = clamp((level - lower - 0.35) / 0.3, 0.0, 1.0);
    if (blend >= 1.0) { lower += 1.0; blend = 0.0; }
    float code = code_at(shown, index, place, footprint, lower);
    if (blend > 0.0)
    {
        code = mix(code, code_at(shown, index, place, footprint, lower + 1.0), blend);
    }
    vec2 range = texelFetch(uRanges, entry(shown.entries + index), 0).rg;
    // A tile of one value has no range of its own.
    bool own_range = uPerChannel > 0.5 && vTile.x * vTile.y > 1.5;
    vec2 extent = own_range ? tile_extent(range) : shown.scale.xy;
    float value = dequantized(min(code, LAYERWALK_LAST_CODE), range);
    float at = place_on_scale(value, extent, is_signed);
    float exact = 0.0;
    if (shown.levels.z > 0.5)
    {
        exact = exact_code(shown, index, place, lower);
        if (exact > LAYERWALK_LAST_CODE + 0.5) at = place_of_special(exact, is_signed);
    }
    return at < 0.0 ? hatching() : scale_colour(at, is_signed);
}

// Far away, where a tile is about a screen pixel, its mean colour.
vec3 tile_colour(Shown shown, float index, vec2 place, vec2 footprint)
{
    float far = clamp(max(footprint.x, footprint.y) * 4.0 - 1.2, 0.0, 1.0);
    vec3 colour = vec3(0.0);
    if (far < 1.0) { colour = pixel_colour(shown, index, place, footprint); }
    if (far > 0.0)
    {
        vec3 mean = texelFetch(uTileColours, entry(shown.entries + index), 0).rgb;
        colour = mix(colour, mean, far);
    }
    return colour;
}

vec3 empty_colour()
{
    float along = (uSweep - 0.2) / 1.6 - 0.5 * vCell.x / vGrid.x - 0.25 * vCell.y / vGrid.y;
    float sweep = max(0.0, 1.0 - abs(along - 0.1) * 8.0);
    return EMPTY_COLOUR + 0.04 * sweep;
}

vec3 faded_colour(float index, vec2 place, vec2 footprint)
{
    Shown now = Shown(vScale.xyz, vLevels.xyz, vTile.w, LAYER_LEVEL_0);
    vec3 colour = tile_colour(now, index, place, footprint);
#ifdef FADING
    vec3 before = EMPTY_COLOUR;
    float share = faded(vScale.w);
    if (share < 1.0 && vOldScale.w > 0.5)
    {
        Shown old = Shown(vOldScale.xyz, vOldLevels.xyz, vOldLevels.w, LAYER_OLD_LEVEL_0);
        before = tile_colour(old, index, place, footprint);
    }
    colour = mix(before, colour, share);
#endif
    return colour;
}

void main()
{
    vec2 footprint = abs(dFdx(vCell)) + abs(dFdy(vCell));
    vec2 cell = min(floor(vCell), vGrid.xy - 1.0);
    vec2 f = vCell - cell;
    float k = cell_index(cell, vGrid.x);
    float gap = vLook.x;
    float covered = tile_coverage(f, footprint, gap) * step(k, vGrid.z - 0.5);
    vec3 tile = GAP_COLOUR;
    if (covered > 0.0 && vLevels.w > 0.5)
    {
        tile = faded_colour(vGrid.w + k, place_in_tile(f, gap), footprint / (1.0 - gap));
    }
    if (vLevels.w < 0.5) { tile = empty_colour(); }
    if (vLook.y >= 0.0)
    {
        float chosen = step(abs(k - vLook.y), 0.5);
        // Equally thick on all sides, also around a tile that is much wider than tall.
        vec2 edge = min(f, 1.0 - f) / footprint;
        // A pixel at least: around a small tile it would be seen on some sides only.
        float thick = max(1.0, gap * 0.5 / max(footprint.x, footprint.y));
        float frame = step(min(edge.x, edge.y), thick) * chosen;
        tile = mix(tile * mix(DIMMED, 1.0, chosen), ACCENT, frame);
        covered = max(covered, frame);
    }
    float grey = dot(tile, vec3(0.3, 0.59, 0.11));
    tile = mix(tile, grey * vec3(0.62, 0.68, 0.80) + 0.02, uStale);
    colour = vec4(mix(GAP_COLOUR, tile, covered) * vFog.a + vFog.rgb, 1.0);
}
