// The floor, which goes with the eye.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"
#include "Packages/com.layerwalk.shaders/library/floor.hlsl"

struct Attributes
{
    float3 position : POSITION;  // from the point below the eye
    UNITY_VERTEX_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float2 at : TEXCOORD0;
    float3 from_eye : TEXCOORD1;
    UNITY_VERTEX_OUTPUT_STEREO
};

Varyings Vert(Attributes input)
{
    Varyings output = (Varyings)0;
    UNITY_SETUP_INSTANCE_ID(input);
    UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output);
    float3 here = eye();
    output.at = input.position.xz + here.xz;
    float3 at = float3(output.at.x, 0.0, output.at.y);
    output.from_eye = at - here;
    output.position = clip_of(at);
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    float joint = floor_joint(input.at, max(fwidth(input.at), 0.0001));
    float3 colour = floor_seen(input.from_eye, joint, _LayerwalkFog);
    return opaque(colour + dither(input.position.xy));
}
