// Photographs, the shelf and the board; MIRRORED: what the floor shows of them.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"
#include "Packages/com.layerwalk.shaders/library/glow.hlsl"
#include "Packages/com.layerwalk.shaders/unity/Includes/Ground.hlsl"

TEXTURE2D_ARRAY(_LayerwalkPictures);
SAMPLER(sampler_LayerwalkPictures);

struct Attributes
{
    float3 position : POSITION;
    float4 picture : TEXCOORD0;  // u, v, slice, strength of its reflection
    float2 place : TEXCOORD1;    // 0 .. 1 from the left and the top
    UNITY_VERTEX_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float2 uv : TEXCOORD0;
    nointerpolation float2 slice : TEXCOORD1;  // and the strength: a slice is no mean of two
    float2 place : TEXCOORD2;
    float4 fog : TEXCOORD3;
    float3 from_eye : TEXCOORD4;
    UNITY_VERTEX_OUTPUT_STEREO
};

Varyings Vert(Attributes input)
{
    Varyings output = (Varyings)0;
    UNITY_SETUP_INSTANCE_ID(input);
    UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output);
    float3 at = input.position;
#ifdef MIRRORED
    at.y = -at.y;
#endif
    output.uv = input.picture.xy;
    output.slice = input.picture.zw;
    output.place = input.place;
    output.from_eye = at - eye();
    output.fog = fog_between(output.from_eye, LAYERWALK_PICTURE_FOG * _LayerwalkFog);
    output.position = clip_of(at);
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
#ifdef MIRRORED
    float3 light = SAMPLE_TEXTURE2D_ARRAY_LOD(
        _LayerwalkPictures, sampler_LayerwalkPictures, input.uv, input.slice.x,
        LAYERWALK_BLURRED).rgb;
    light *= mirrored_picture(input.place) * input.slice.y * input.fog.a;
    return laid_over(floor_behind(input.from_eye), light, 0.0);
#else
    float3 light = SAMPLE_TEXTURE2D_ARRAY(
        _LayerwalkPictures, sampler_LayerwalkPictures, input.uv, input.slice.x).rgb;
    return opaque(light * input.fog.a + input.fog.rgb);
#endif
}
