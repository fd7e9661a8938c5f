// Buffers that describe walls, panels, layers and tiles, and which rows a draw is of.
#ifndef LAYERWALK_UNITY_TABLES
#define LAYERWALK_UNITY_TABLES

StructuredBuffer<float4> _LayerwalkWalls;
StructuredBuffer<float4> _LayerwalkPanels;
StructuredBuffer<float4> _LayerwalkLayers;
StructuredBuffer<float2> _LayerwalkRanges;
StructuredBuffer<uint> _LayerwalkTileColours;
StructuredBuffer<int> _LayerwalkNumbers;
TEXTURE2D(_LayerwalkPalette);
TEXTURE2D_ARRAY(_LayerwalkPages);
SAMPLER(sampler_LayerwalkPages);

#define LAYERWALK_TOGETHER 8  // rows of an instance (docs/decisions/0007)

// Row of a copy of the shape in an instance, -1 for none.
int row_of(uint instance, float member)
{
    return _LayerwalkNumbers[instance * LAYERWALK_TOGETHER + uint(member + 0.5)];
}

float4 wall(float index, int what)
{
    return _LayerwalkWalls[int(index) * 8 + what];
}

float4 panel(float index, int what)
{
    return _LayerwalkPanels[int(index) * 8 + what];
}

float4 layer(float index, int what)
{
    return _LayerwalkLayers[int(index) * 32 + what];
}

float page_code(float3 at)
{
    return SAMPLE_TEXTURE2D_ARRAY_LOD(
        _LayerwalkPages, sampler_LayerwalkPages, at.xy, at.z, 0.0).r * 255.0;
}

float page_texel(int2 at, int page)
{
    return LOAD_TEXTURE2D_ARRAY(_LayerwalkPages, at, page).r * 255.0;
}

float2 tile_range(float entry)
{
    return _LayerwalkRanges[int(entry)];
}

float3 tile_mean(float entry)
{
    uint rgba = _LayerwalkTileColours[int(entry)];
    return float3(rgba & 255u, (rgba >> 8) & 255u, (rgba >> 16) & 255u) / 255.0;
}

float3 scale_colour(int2 at)
{
    return LOAD_TEXTURE2D(_LayerwalkPalette, at).rgb;
}

#include "Packages/com.layerwalk.shaders/library/glow.hlsl"
#include "Packages/com.layerwalk.shaders/library/cells.hlsl"
#include "Packages/com.layerwalk.shaders/library/codes.hlsl"
#include "Packages/com.layerwalk.shaders/library/tables.hlsl"

#endif
