// The air of the room: fog, the sky's light on it, and the dither that hides 8-bit steps.
// Colours are sRGB values as they stand in the art direction, mixed as such.
#ifndef LAYERWALK_AIR
#define LAYERWALK_AIR

// Share of fog between the eye and something `distance_m` away; `density` per metre.
float fog_share(float distance_m, float density)
{
    float x = distance_m * density;
    x = x * x;
    return x / (1.0 + x);
}

// How much of the afterglow, which stands low at the far end (-z), a direction sees.
float afterglow(float direction_z)
{
    float g = saturate(0.3 - 0.75 * direction_z);
    return g * g;
}

float3 haze_colour(float direction_z)
{
    return float3(0.110, 0.114, 0.192) + float3(0.100, 0.042, 0.038) * afterglow(direction_z);
}

// Colour of the sky in a direction (unit vector).
float3 sky_colour(float3 direction)
{
    float y = max(direction.y, 0.0);
    float g = saturate(0.3 - 0.75 * direction.z);
    float3 haze = haze_colour(direction.z);
    float3 low = haze + float3(0.085, 0.026, 0.004) * g * g;
    float3 middle = float3(0.082, 0.090, 0.178) + float3(0.060, 0.018, 0.035) * g;
    float3 zenith = float3(0.034, 0.048, 0.098);
    float a = saturate(y * 40.0);
    float b = saturate((y - 0.008) * 4.4);
    float c = saturate((y - 0.14) * 1.5);
    a = a * a * (3.0 - 2.0 * a);
    b = b * (2.0 - b);
    c = c * (2.0 - c);
    return lerp(lerp(lerp(haze, low, a), middle, b), zenith, c);
}

// -0.003 .. 0.003 at a pixel (interleaved gradient noise, Jimenez 2014).
float dither(float2 pixel)
{
    float noise = frac(52.9829189 * frac(dot(pixel, float2(0.06711056, 0.00583715))));
    return noise * 0.006 - 0.003;
}

// rgb: the fog's light, a: what is left of the light behind it.
float4 fog_between(float3 from_eye, float density)
{
    float d = length(from_eye);
    float share = fog_share(d, density);
    return float4(haze_colour(from_eye.z / max(d, 0.001)) * share, 1.0 - share);
}

#endif
