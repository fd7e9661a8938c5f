// Panels of tiles.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"
#include "Packages/com.layerwalk.shaders/unity/Includes/Tables.hlsl"
#include "Packages/com.layerwalk.shaders/library/canvas.hlsl"

struct Attributes
{
    float3 place : POSITION;  // 0 .. 1 from the left and the top, member
    LAYERWALK_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float2 cell : TEXCOORD0;
    float4 fog : TEXCOORD1;
    nointerpolation float4 grid : TEXCOORD2;
    nointerpolation float4 tile : TEXCOORD3;
    nointerpolation float4 scale : TEXCOORD4;
    nointerpolation float4 levels : TEXCOORD5;
    nointerpolation float4 old_scale : TEXCOORD6;
    nointerpolation float4 old_levels : TEXCOORD7;
    nointerpolation float3 look : TEXCOORD8;
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
    Canvas canvas = canvas_of(index, _LayerwalkTime);
    output.grid = canvas.grid;
    output.tile = canvas.tile;
    output.scale = canvas.scale;
    output.levels = canvas.levels;
    output.old_scale = canvas.old_scale;
    output.old_levels = canvas.old_levels;
    output.look = canvas.look;
    output.cell = input.place.xy * canvas.grid.xy;
    float3 at = canvas_point(index, input.place.xy);
    output.fog = fog_between(at - eye(), LAYERWALK_CANVAS_FOG * _LayerwalkFog);
    output.position = clip_of(at);
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    Canvas canvas;
    canvas.grid = input.grid;
    canvas.tile = input.tile;
    canvas.scale = input.scale;
    canvas.levels = input.levels;
    canvas.old_scale = input.old_scale;
    canvas.old_levels = input.old_levels;
    canvas.look = input.look;
    Moment moment;
    moment.now = _LayerwalkTime;
    moment.sweep = _LayerwalkSweep;
    moment.per_channel = _LayerwalkPerChannel;
    moment.stale = _LayerwalkStale;
    float2 footprint = abs(ddx(input.cell)) + abs(ddy(input.cell));
    float3 light = canvas_colour(canvas, moment, input.cell, footprint, input.position.xy);
    return opaque(light * input.fog.a + input.fog.rgb);
}
