// The floor behind what is laid over it, for shaders that blend.
#ifndef LAYERWALK_GROUND
#define LAYERWALK_GROUND

#include "Packages/com.layerwalk.shaders/library/floor.hlsl"

// from_eye: to a point on the floor, or to one that stands mirrored below it.
float3 floor_behind(float3 from_eye)
{
    float3 here = eye();
    float3 to_floor = floor_before(from_eye, here.y);
    float2 at = here.xz + to_floor.xz;
    float joint = floor_joint(at, max(fwidth(at), 0.0001));
    return floor_seen(to_floor, joint, _LayerwalkFog);
}

#endif
