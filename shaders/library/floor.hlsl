// The floor: its colour seen from the eye, its joints, and lines of light on it.
#ifndef LAYERWALK_FLOOR
#define LAYERWALK_FLOOR

#define LAYERWALK_FLOOR_FOG 0.0125

// Grey-blue sheen that grows towards the horizon; grazing is 1 where one looks along the floor.
float3 floor_colour(float grazing)
{
    float g = grazing * grazing;
    return float3(0.050, 0.058, 0.088) + float3(0.055, 0.050, 0.068) * g * g;
}

// Joints every 3.2 m, 20 mm wide; footprint is a screen pixel's size in metres.
float floor_joint(float2 at, float2 footprint)
{
    float2 turned = float2(at.x * 0.3125 + 0.5, at.y * 0.3125);
    float2 j = abs(frac(turned) - 0.5) * 3.2;
    float2 share = min(float2(1.0, 1.0), 0.012 / footprint);
    float2 lines = clamp((0.01 - j) / footprint + 0.5, 0.0, 1.0) * share;
    return max(lines.x, lines.y);
}

// Coverage of a line of light width_m wide, distance_m from its middle.
float line_coverage(float distance_m, float width_m, float footprint)
{
    float inside = saturate((0.5 * width_m - distance_m) / footprint + 0.5);
    return inside * min(1.0, width_m / footprint + 0.3);
}

// Warm light that a line spills, up to reach_m to each side.
float line_spill(float distance_m, float reach_m)
{
    float e = max(1.0 - distance_m / reach_m, 0.0);
    return 0.1 * e / (1.0 + 14.0 * distance_m * distance_m);
}

// A line's own light and spill, to be laid over the floor: rgb, and what it covers.
// across: metres from its middle, width, reach of its spill; left: what fog leaves of it.
float4 line_colour(float3 paint, float3 across, float footprint, float left)
{
    float x = abs(across.x);
    float covered = line_coverage(x, across.y, footprint);
    float3 spill = paint * float3(1.05, 0.95, 0.83) * line_spill(x, across.z) * (1.0 - covered);
    return float4((paint * 0.95 * covered + spill) * left, covered * left * 0.9);
}

// The floor as it is seen, from the eye; joint: share of a pixel that lies in one.
float3 floor_seen(float3 from_eye, float joint, float fog_scale)
{
    float d = length(from_eye);
    float3 light = floor_colour(1.0 - abs(from_eye.y) / d) * (1.0 - 0.35 * joint);
    float4 fog = fog_between(from_eye, LAYERWALK_FLOOR_FOG * fog_scale);
    return light * fog.a + fog.rgb;
}

// From the eye to the floor in front of what stands mirrored below it.
float3 floor_before(float3 from_eye, float eye_height_m)
{
    return from_eye * (eye_height_m / max(-from_eye.y, 0.001));
}

// Light that the floor of a block adds.
float3 field_colour(float strength, float left)
{
    return float3(0.0157, 0.0188, 0.0267) * strength * left;
}

#endif
