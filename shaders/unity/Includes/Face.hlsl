// Walls: their faces, lit by the tiles.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"
#include "Packages/com.layerwalk.shaders/unity/Includes/Tables.hlsl"
#include "Packages/com.layerwalk.shaders/library/face.hlsl"

struct Attributes
{
    float3 away : POSITION;   // metres away from the field, kind, member
    float4 ring : TEXCOORD0;  // corner of the field, direction away from it
    LAYERWALK_INPUT_INSTANCE_ID
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
    int index = row_of(LAYERWALK_INSTANCE_ID(input), input.away.z);
    output.position = LAYERWALK_NOWHERE;
    if (index < 0) { return output; }
    FacePoint found = face_point(index, input.ring, input.away.xy, _LayerwalkTime);
    float4 fog = fog_between(found.position - eye(), LAYERWALK_WALL_FOG * _LayerwalkFog);
    output.colour = found.colour * fog.a + fog.rgb;
    output.position = clip_of(found.position);
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    return opaque(input.colour + dither(input.position.xy));
}
