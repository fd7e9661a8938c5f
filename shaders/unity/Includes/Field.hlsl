// The floors of blocks, a little lighter than around them.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"
#include "Packages/com.layerwalk.shaders/unity/Includes/Ground.hlsl"

struct Attributes
{
    float3 position : POSITION;
    float strength : TEXCOORD0;
    UNITY_VERTEX_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float3 light : TEXCOORD0;
    float3 from_eye : TEXCOORD1;
    UNITY_VERTEX_OUTPUT_STEREO
};

Varyings Vert(Attributes input)
{
    Varyings output = (Varyings)0;
    UNITY_SETUP_INSTANCE_ID(input);
    UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output);
    output.from_eye = input.position - eye();
    float share = fog_share(length(output.from_eye), LAYERWALK_FLOOR_FOG * _LayerwalkFog);
    output.light = field_colour(input.strength, 1.0 - share);
    output.position = clip_of(input.position);
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    return laid_over(floor_behind(input.from_eye), input.light, 0.0);
}
