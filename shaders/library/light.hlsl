// From the sRGB values in which the room's colours are mixed to linear light, where an engine blends
// and filters what shaders return. What is blended there has to be corrected for what is under it.
#ifndef LAYERWALK_LIGHT
#define LAYERWALK_LIGHT

float3 linear_of(float3 srgb)
{
    float3 c = max(srgb, float3(0.0, 0.0, 0.0));
    float3 low = c / 12.92;
    float3 high = pow((c + 0.055) / 1.055, float3(2.4, 2.4, 2.4));
    return lerp(low, high, step(float3(0.04045, 0.04045, 0.04045), c));
}

// What to blend (one, one minus alpha) in linear light, so that the same is seen as if `light`
// had been blended in sRGB over `under`. Exact over that colour, and nearly so over others.
float4 linear_over(float3 under, float3 light, float alpha)
{
    float3 wanted = linear_of(light + under * (1.0 - alpha));
    float3 there = linear_of(under) * (1.0 - alpha);
    return float4(max(wanted - there, float3(0.0, 0.0, 0.0)), alpha);
}

// Likely colour behind letters: light ones stand before walls, dark ones on light plates.
float3 behind_letters(float3 paint)
{
    float light = dot(paint, float3(0.3, 0.59, 0.11));
    return light > 0.3 ? float3(0.09, 0.11, 0.16) : float3(0.85, 0.80, 0.70);
}

#endif
