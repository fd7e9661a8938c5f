#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/cells.hlsl"
#include "library/glow.hlsl"
#include "tables.glsl"

uniform sampler2D uTileColours;

in vec2 vAt;
in float vLeft;
flat in vec4 vGrid;
flat in vec4 vRect;
flat in float vFirst;
flat in vec4 vField;
flat in vec3 vMean;
flat in vec2 vPanels;
out vec4 colour;

vec3 tile(float first, float k, float count)
{
    return k < count ? texelFetch(uTileColours, entry(first + k), 0).rgb : vec3(0.03);
}

// One colour a tile, softened over half of each.
vec3 mirrored(vec4 grid, vec4 rect)
{
    vec2 at = vec2(vAt.x - rect.x, rect.y + rect.w - vAt.y) / rect.zw * grid.xy - 0.5;
    at = clamp(at, vec2(0.0), grid.xy - 1.0);
    vec2 cell = min(floor(at), max(grid.xy - 2.0, vec2(0.0)));
    vec2 f = smoothstep(0.1, 0.9, at - cell);
    float first = vFirst + grid.w;
    float k = cell_index(cell, grid.x);
    vec2 next = min(vec2(1.0), grid.xy - 1.0 - cell) * vec2(1.0, grid.x);
    vec3 upper = mix(tile(first, k, grid.z), tile(first, k + next.x, grid.z), f.x);
    vec3 lower = mix(tile(first, k + next.y, grid.z), tile(first, k + next.x + next.y, grid.z), f.x);
    return mix(upper, lower, f.y);
}

bool inside(vec4 rect)
{
    return distance_to_field(vAt, rect.xy, rect.zw) <= 0.0;
}

void main()
{
    float strength = reflection_strength(max(vAt.y, 0.0)) * vLeft;
    vec3 light = vMean * reflected_glow_share(distance_to_field(vAt, vField.xy, vField.zw));
    if (vFirst >= 0.0 && inside(vRect)) { light = mirrored(vGrid, vRect); }
    for (float i = 1.0; i < vPanels.y; i += 1.0)
    {
        vec4 rect = panel(vPanels.x + i, PANEL_RECT);
        if (vFirst >= 0.0 && inside(rect))
        {
            light = mirrored(panel(vPanels.x + i, PANEL_GRID), rect);
        }
    }
    colour = vec4(light * strength, 1.0);
}
