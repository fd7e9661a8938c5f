// What the tiles of a wall throw on the wall around them, and on the floor before it.
#ifndef LAYERWALK_GLOW
#define LAYERWALK_GLOW

#define LAYERWALK_PICTURE_FOG 0.0095
#define LAYERWALK_BLURRED 5.2  // level of detail of a mirrored picture

// Metres from a point to a rectangle (corner, size); 0 inside.
float distance_to_field(float2 at, float2 corner, float2 size)
{
    float2 outside = max(max(corner - at, at - corner - size), float2(0.0, 0.0));
    return length(outside);
}

// Share of the mean tile colour that reaches the wall at distance_m from the tiles.
float glow_share(float distance_m)
{
    float d2 = distance_m * distance_m;
    return 0.62 / (1.0 + 48.0 * d2) + 0.12 / (1.0 + 3.0 * d2);
}

// The same in the floor's reflection, which is softer.
float reflected_glow_share(float distance_m)
{
    float d2 = distance_m * distance_m;
    return 0.5 / (1.0 + 55.0 * d2) + 0.12 / (1.0 + 3.0 * d2);
}

// Strength of the reflection of what stands height_m above the floor.
float reflection_strength(float height_m)
{
    float k = max(1.0 - 0.43 * height_m, 0.0);
    return 0.55 * k * k;
}

// Brightness of an unlit wall: 62 % of its colour at the foot, 124 % at the top.
float wall_shade(float height_share)
{
    return 0.62 + 0.62 * height_share;
}

// Part of a mirrored picture's light that is seen; it ends softly on all sides.
// place: 0 .. 1 from the left and the top of what is mirrored.
float mirrored_picture(float2 place)
{
    float2 edge = saturate(min(place, 1.0 - place) * 9.0);
    return place.y * edge.x * edge.y;
}

#endif
