// What the floor shows of walls.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"
#include "Packages/com.layerwalk.shaders/unity/Includes/Tables.hlsl"
#include "Packages/com.layerwalk.shaders/unity/Includes/Ground.hlsl"
#include "Packages/com.layerwalk.shaders/library/reflection.hlsl"

struct Attributes
{
    float3 place : POSITION;  // 0 .. 1 from the left and the top, member
    LAYERWALK_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float3 at : TEXCOORD0;        // metres from the foot's middle, what fog leaves
    float3 from_eye : TEXCOORD1;
    nointerpolation float4 grid : TEXCOORD2;
    nointerpolation float4 rect : TEXCOORD3;
    nointerpolation float4 field : TEXCOORD4;
    nointerpolation float3 mean : TEXCOORD5;
    nointerpolation float3 panels : TEXCOORD6;  // first, how many, first entry
    UNITY_VERTEX_OUTPUT_STEREO
};

Varyings Vert(Attributes input)
{
    Varyings output = (Varyings)0;
    UNITY_SETUP_INSTANCE_ID(input);
    UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output);
    int index = row_of(LAYERWALK_INSTANCE_ID(input), input.place.z);
    output.position = LAYERWALK_NOWHERE;
    if (index < 0) { return output; }
    Mirrored wanted = mirrored_of(index, _LayerwalkTime);
    output.grid = wanted.grid;
    output.rect = wanted.rect;
    output.field = wanted.field;
    output.mean = wanted.mean;
    output.panels = float3(wanted.panels, wanted.first);
    float3 at = mirrored_point(index, input.place.xy);
    output.from_eye = at - eye();
    float left = mirrored_left(length(output.from_eye), _LayerwalkFog);
    output.at = float3(mirrored_at(index, input.place.xy), left);
    output.position = clip_of(at);
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    Mirrored wanted;
    wanted.grid = input.grid;
    wanted.rect = input.rect;
    wanted.field = input.field;
    wanted.mean = input.mean;
    wanted.panels = input.panels.xy;
    wanted.first = input.panels.z;
    float3 light = mirrored_colour(wanted, input.at.xy, input.at.z);
    return laid_over(floor_behind(input.from_eye), light, 0.0);
}
