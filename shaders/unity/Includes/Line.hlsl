// Lines of light on the floor: ribbons of which most is spill.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"
#include "Packages/com.layerwalk.shaders/unity/Includes/Ground.hlsl"

struct Attributes
{
    float3 position : POSITION;
    float3 across : TEXCOORD0;  // metres from the middle, width, reach of the spill
    float3 paint : TEXCOORD1;
    UNITY_VERTEX_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float3 across : TEXCOORD0;
    float3 paint : TEXCOORD1;
    float3 from_eye : TEXCOORD2;  // lines are long: fog is by pixel
    UNITY_VERTEX_OUTPUT_STEREO
};

Varyings Vert(Attributes input)
{
    Varyings output = (Varyings)0;
    UNITY_SETUP_INSTANCE_ID(input);
    UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output);
    output.across = input.across;
    output.paint = input.paint;
    output.from_eye = input.position - eye();
    output.position = clip_of(input.position);
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    float share = fog_share(length(input.from_eye), LAYERWALK_FLOOR_FOG * _LayerwalkFog);
    float4 light = line_colour(input.paint, input.across, fwidth(input.across.x), 1.0 - share);
    return laid_over(floor_behind(input.from_eye), light.rgb, light.a);
}
