// Stands in for URP's Core.hlsl where there is no Unity: what the room's shaders use of it, with
// the same names and meanings, in variants that Unity chooses between by keyword:
//   none                  one eye, or each eye on its own
//   INSTANCING_ON         instances, one eye
//   STEREO_INSTANCING_ON  both eyes in one draw, twice as many instances, the lowest bit is the eye
//   STEREO_MULTIVIEW_ON   both eyes in one draw, the graphics API repeats it for each
// INSTANCING_ON may be set with either of the last two.
// SHIM_SIDE_BY_SIDE: an eye is a half of the target instead of a slice of an array of targets.
#ifndef SHIM_CORE
#define SHIM_CORE

#define UNITY_REVERSED_Z 1

#define TEXTURE2D(name) Texture2D<float4> name
#define TEXTURE2D_ARRAY(name) Texture2DArray<float4> name
#define SAMPLER(name) SamplerState name
#define SAMPLE_TEXTURE2D(name, by, uv) name.Sample(by, uv)
#define SAMPLE_TEXTURE2D_ARRAY(name, by, uv, slice) name.Sample(by, float3(uv, slice))
#define SAMPLE_TEXTURE2D_ARRAY_LOD(name, by, uv, slice, lod) \
    name.SampleLevel(by, float3(uv, slice), lod)
#define LOAD_TEXTURE2D(name, at) name.Load(int3(at, 0))
#define LOAD_TEXTURE2D_ARRAY(name, at, slice) name.Load(int4(at, slice, 0))
#define CBUFFER_START(name) cbuffer name {
#define CBUFFER_END }

#if defined(STEREO_INSTANCING_ON)
#define UNITY_STEREO_INSTANCING_ENABLED
#elif defined(STEREO_MULTIVIEW_ON)
#define UNITY_STEREO_MULTIVIEW_ENABLED
#endif
#if defined(INSTANCING_ON) || defined(STEREO_INSTANCING_ON)
#define UNITY_ANY_INSTANCING_ENABLED 1
#else
#define UNITY_ANY_INSTANCING_ENABLED 0
#endif

cbuffer ShimView
{
    float4x4 shim_world_to_clip[2];
    float4x4 shim_world_to_view[2];
    float4 shim_camera[2];
    int shim_view;  // the eye of a multiview draw, which the API counts
    int unity_BaseInstanceID;
};

static uint unity_StereoEyeIndex = 0;

#if UNITY_ANY_INSTANCING_ENABLED
static uint unity_InstanceID;
#define UNITY_VERTEX_INPUT_INSTANCE_ID uint instanceID : SV_InstanceID;
#define UNITY_SETUP_INSTANCE_ID(input) shim_setup(input.instanceID)
void shim_setup(uint instance)
{
#if defined(UNITY_STEREO_INSTANCING_ENABLED)
    unity_StereoEyeIndex = instance & 1u;
    instance = instance >> 1;
#elif defined(UNITY_STEREO_MULTIVIEW_ENABLED)
    unity_StereoEyeIndex = uint(shim_view);
#endif
    unity_InstanceID = instance + uint(unity_BaseInstanceID);
}
#else
#define UNITY_VERTEX_INPUT_INSTANCE_ID
#ifdef UNITY_STEREO_MULTIVIEW_ENABLED
#define UNITY_SETUP_INSTANCE_ID(input) unity_StereoEyeIndex = uint(shim_view)
#else
#define UNITY_SETUP_INSTANCE_ID(input)
#endif
#endif

#if defined(SHIM_SIDE_BY_SIDE)
float shim_middle;  // first column of the right eye
#define UNITY_VERTEX_OUTPUT_STEREO nointerpolation uint shim_eye : BLENDINDICES0;
#define UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output) output.shim_eye = unity_StereoEyeIndex
#define UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input) \
    unity_StereoEyeIndex = input.shim_eye; \
    if ((input.shim_eye == 1u) != (input.position.x > shim_middle)) { discard; }
#elif defined(UNITY_STEREO_INSTANCING_ENABLED)
#define UNITY_VERTEX_OUTPUT_STEREO uint shim_eye : SV_RenderTargetArrayIndex;
#define UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output) output.shim_eye = unity_StereoEyeIndex
#define UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input) unity_StereoEyeIndex = input.shim_eye
#elif defined(UNITY_STEREO_MULTIVIEW_ENABLED)
#define UNITY_VERTEX_OUTPUT_STEREO float shim_eye : BLENDWEIGHT0;
#define UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output) output.shim_eye = unity_StereoEyeIndex
#define UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input) \
    unity_StereoEyeIndex = uint(input.shim_eye)
#else
#define UNITY_VERTEX_OUTPUT_STEREO
#define UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output)
#define UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input)
#endif

#define UNITY_MATRIX_VP shim_world_to_clip[unity_StereoEyeIndex]
#define UNITY_MATRIX_V shim_world_to_view[unity_StereoEyeIndex]

float3 GetCameraPositionWS()
{
    return shim_camera[unity_StereoEyeIndex].xyz;
}

float4 TransformWorldToHClip(float3 position)
{
    return mul(UNITY_MATRIX_VP, float4(position, 1.0));
}

#endif
