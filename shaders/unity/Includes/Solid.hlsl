// Solid things of one colour each: boxes, frames, gates, rings, discs, tubes.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"

struct Attributes
{
    float3 position : POSITION;
    float4 paint : TEXCOORD0;  // rgb, fog per metre
    UNITY_VERTEX_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float3 colour : TEXCOORD0;
    UNITY_VERTEX_OUTPUT_STEREO
};

Varyings Vert(Attributes input)
{
    Varyings output = (Varyings)0;
    UNITY_SETUP_INSTANCE_ID(input);
    UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output);
    float4 fog = fog_between(input.position - eye(), input.paint.a * _LayerwalkFog);
    output.colour = input.paint.rgb * fog.a + fog.rgb;
    output.position = clip_of(input.position);
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    return opaque(input.colour);
}
