// A wall's face: rings of vertices around the field of tiles, lit by its mean colour, an edge, and
// the inside of the field. Needs what tables.hlsl needs.
#ifndef LAYERWALK_FACE
#define LAYERWALK_FACE

#define LAYERWALK_WALL float3(0.090, 0.110, 0.161)
#define LAYERWALK_WALL_EDGE float3(0.157, 0.176, 0.231)
#define LAYERWALK_EDGE_M 0.012
#define LAYERWALK_WALL_FOG 0.0125

struct FacePoint
{
    float3 position;
    float3 colour;  // without fog
};

// ring: corner of the field (0 or 1 in x, y), direction away from it.
// away: metres away along that direction; kind: 0 face, 1 outer edge, 2 inside the field.
FacePoint face_point(float index, float4 ring, float2 away, float now)
{
    float4 origin = wall(index, WALL_ORIGIN);
    float4 right = wall(index, WALL_X);
    float4 field = wall(index, WALL_FIELD);
    float3 mean = wall_light(index, now);
    float2 size = float2(origin.w, right.w);
    float2 corner = field.xy + float2(0.5 * size.x, 0.0);
    float2 inner = float2(LAYERWALK_EDGE_M, LAYERWALK_EDGE_M);
    float2 at = clamp(corner + ring.xy * field.zw + ring.zw * away.x, inner, size - inner);
    FacePoint found;
    float light = glow_share(distance_to_field(at, corner, field.zw));
    found.colour = LAYERWALK_WALL * wall_shade(at.y / size.y) + mean * light;
    if (away.y > 0.5)
    {
        at = ring.xy * size + ring.zw * away.x;
        found.colour = LAYERWALK_WALL_EDGE * (0.7 + 0.5 * ring.y) + mean * 0.25;
    }
    if (away.y > 1.5)
    {
        float several = step(1.5, wall(index, WALL_BEFORE).w);
        at = corner + ring.xy * field.zw * several;
        found.colour = LAYERWALK_WALL * 0.5;
    }
    float3 up = wall(index, WALL_Y).xyz;
    found.position = origin.xyz + right.xyz * (at.x - 0.5 * size.x) + up * at.y;
    return found;
}

#endif
