// The floor: its colour seen from the eye, its joints, and lines of light on it.
#ifndef LAYERWALK_FLOOR
#define LAYERWALK_FLOOR

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

#endif
