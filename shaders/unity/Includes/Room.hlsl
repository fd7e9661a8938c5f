// What every shader of the room includes: globals, the way from the room to the screen, instances.
// Buffers and meshes hold the room's right-handed metres; the engine's z points the other way.
#ifndef LAYERWALK_ROOM
#define LAYERWALK_ROOM

#include "Packages/com.unity.render-pipelines.universal/ShaderLibrary/Core.hlsl"
#include "Packages/com.layerwalk.shaders/library/light.hlsl"
#include "Packages/com.layerwalk.shaders/library/air.hlsl"

float _LayerwalkTime;
float _LayerwalkFog;
float _LayerwalkOverview;
float _LayerwalkStale;
float _LayerwalkPerChannel;
float _LayerwalkSweep;

// Outside of every view: triangles there are not drawn.
#define LAYERWALK_NOWHERE float4(2.0, 2.0, 2.0, 1.0)

// The number of an instance. RenderMeshPrimitives is given n instances; in single-pass instanced
// stereo the engine draws 2 n of them, and SV_InstanceID counts those: one bit of it is the eye.
// UNITY_SETUP_INSTANCE_ID takes them apart, into unity_StereoEyeIndex and unity_InstanceID, so
// that only the latter may be used, and SV_InstanceID itself never. But where a variant instances
// nothing (one eye, or multiview, whose eye is no instance), URP's macros declare no instance ID
// at all, though RenderMeshPrimitives still draws n instances: there SV_InstanceID is ours.
#if UNITY_ANY_INSTANCING_ENABLED
#define LAYERWALK_INPUT_INSTANCE_ID UNITY_VERTEX_INPUT_INSTANCE_ID
#define LAYERWALK_INSTANCE_ID(input) unity_InstanceID
#else
#define LAYERWALK_INPUT_INSTANCE_ID uint instanceID : SV_InstanceID;
#define LAYERWALK_INSTANCE_ID(input) input.instanceID
#endif

float3 eye()
{
    float3 position = GetCameraPositionWS();
    return float3(position.xy, -position.z);
}

float4 clip_of(float3 room)
{
    return TransformWorldToHClip(float3(room.xy, -room.z));
}

// What a shader returns for a colour that covers what is behind it.
float4 opaque(float3 srgb)
{
#ifdef UNITY_COLORSPACE_GAMMA
    return float4(srgb, 1.0);
#else
    return float4(linear_of(srgb), 1.0);
#endif
}

// And for light that is laid over what is there, about `under` (blend one, one minus alpha).
float4 laid_over(float3 under, float3 light, float alpha)
{
#ifdef UNITY_COLORSPACE_GAMMA
    return float4(light, alpha);
#else
    return linear_over(under, light, alpha);
#endif
}

#endif
