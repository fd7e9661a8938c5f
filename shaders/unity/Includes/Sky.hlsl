// The sky: a dome around the eye, behind everything.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"

struct Attributes
{
    float3 direction : POSITION;
    UNITY_VERTEX_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float3 direction : TEXCOORD0;
    UNITY_VERTEX_OUTPUT_STEREO
};

Varyings Vert(Attributes input)
{
    Varyings output = (Varyings)0;
    UNITY_SETUP_INSTANCE_ID(input);
    UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output);
    output.direction = input.direction;
    output.position = clip_of(eye() + input.direction);
    // Onto the far plane, which is at 0 where depth is reversed.
#if UNITY_REVERSED_Z
    output.position.z = 0.0;
#else
    output.position.z = output.position.w;
#endif
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    return opaque(sky_colour(normalize(input.direction)) + dither(input.position.xy));
}
