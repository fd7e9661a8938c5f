// A wall's mirror image below the floor. Needs what tables.hlsl needs, and float3 tile_mean(float).
#ifndef LAYERWALK_REFLECTION
#define LAYERWALK_REFLECTION

#define LAYERWALK_MIRRORED_M 2.3
#define LAYERWALK_MIRRORED_FOG 0.03

// What all pixels of a wall share.
struct Mirrored
{
    float4 grid;    // of the first panel
    float4 rect;
    float4 field;
    float3 mean;
    float first;    // first entry of the layer's tile colours, -1 without any
    float2 panels;  // first, how many
};

Mirrored mirrored_of(float index, float now)
{
    Mirrored wanted;
    wanted.field = wall(index, WALL_FIELD);
    wanted.mean = wall_light(index, now);
    wanted.panels = float2(wall(index, WALL_Y).w, wall(index, WALL_BEFORE).w);
    wanted.grid = panel(wanted.panels.x, PANEL_GRID);
    wanted.rect = panel(wanted.panels.x, PANEL_RECT);
    float row = panel(wanted.panels.x, PANEL_CENTRE).w;
    wanted.first = layer(row, LAYER_LEVELS).w > 0.5 ? layer(row, LAYER_TILE).w : -1.0;
    return wanted;
}

// Metres from the foot's middle of what is mirrored at a place (0 .. 1 from the left and the top).
float2 mirrored_at(float index, float2 place)
{
    float4 origin = wall(index, WALL_ORIGIN);
    return float2((place.x - 0.5) * origin.w, LAYERWALK_MIRRORED_M * place.y - origin.y);
}

// Where that is seen.
float3 mirrored_point(float index, float2 place)
{
    float4 origin = wall(index, WALL_ORIGIN);
    float3 at = float3(origin.x, 0.0, origin.z);
    at += wall(index, WALL_X).xyz * ((place.x - 0.5) * origin.w);
    return float3(at.x, -LAYERWALK_MIRRORED_M * place.y, at.z);
}

// Share of a reflection that fog leaves at distance_m.
float mirrored_left(float distance_m, float fog_scale)
{
    float left = 1.0 - fog_share(distance_m, LAYERWALK_MIRRORED_FOG * fog_scale);
    return left * left;
}

float3 mirrored_tile(float first, float k, float count)
{
    float3 colour = float3(0.03, 0.03, 0.03);
    if (k < count) { colour = tile_mean(first + k); }
    return colour;
}

// One colour a tile, softened over half of each.
float3 mirrored_tiles(float2 place, float first, float4 grid, float4 rect)
{
    float2 at = float2(place.x - rect.x, rect.y + rect.w - place.y) / rect.zw * grid.xy - 0.5;
    at = clamp(at, float2(0.0, 0.0), grid.xy - 1.0);
    float2 cell = min(floor(at), max(grid.xy - 2.0, float2(0.0, 0.0)));
    float2 f = smoothstep(0.1, 0.9, at - cell);
    float start = first + grid.w;
    float k = cell_index(cell, grid.x);
    float2 next = min(float2(1.0, 1.0), grid.xy - 1.0 - cell) * float2(1.0, grid.x);
    float3 upper = lerp(
        mirrored_tile(start, k, grid.z), mirrored_tile(start, k + next.x, grid.z), f.x);
    float3 lower = lerp(
        mirrored_tile(start, k + next.y, grid.z),
        mirrored_tile(start, k + next.x + next.y, grid.z), f.x);
    return lerp(upper, lower, f.y);
}

bool mirrored_inside(float2 place, float4 rect)
{
    return distance_to_field(place, rect.xy, rect.zw) <= 0.0;
}

// Light at a place in metres from the foot's middle; left: what fog leaves of it.
float3 mirrored_colour(Mirrored wanted, float2 place, float left)
{
    float strength = reflection_strength(max(place.y, 0.0)) * left;
    float away = distance_to_field(place, wanted.field.xy, wanted.field.zw);
    float3 light = wanted.mean * reflected_glow_share(away);
    if (wanted.first >= 0.0 && mirrored_inside(place, wanted.rect))
    {
        light = mirrored_tiles(place, wanted.first, wanted.grid, wanted.rect);
    }
    for (float i = 1.0; i < wanted.panels.y; i += 1.0)
    {
        float4 rect = panel(wanted.panels.x + i, PANEL_RECT);
        if (wanted.first >= 0.0 && mirrored_inside(place, rect))
        {
            float4 grid = panel(wanted.panels.x + i, PANEL_GRID);
            light = mirrored_tiles(place, wanted.first, grid, rect);
        }
    }
    return light * strength;
}

#endif
