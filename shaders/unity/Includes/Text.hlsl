// Letters from an atlas of signed distances.
#include "Packages/com.layerwalk.shaders/unity/Includes/Room.hlsl"
#include "Packages/com.layerwalk.shaders/library/text.hlsl"

TEXTURE2D(_LayerwalkGlyphs);
SAMPLER(sampler_LayerwalkGlyphs);

CBUFFER_START(UnityPerMaterial)
float4 _LayerwalkGlyphs_TexelSize;
float _LayerwalkGlyphRange;
float _LayerwalkDepthTest;
CBUFFER_END

struct Attributes
{
    float3 position : POSITION;  // of a label the point it belongs to
    float4 glyph : TEXCOORD0;    // u, v, 0, when it is seen
    float4 middle : TEXCOORD1;   // middle of its line (of a label right and up at 1 m), farthest
    float4 paint : TEXCOORD2;    // rgb, fog per metre
    UNITY_VERTEX_INPUT_INSTANCE_ID
};

struct Varyings
{
    float4 position : SV_POSITION;
    float2 uv : TEXCOORD0;
    float4 paint : TEXCOORD1;  // rgb, share that is seen
    UNITY_VERTEX_OUTPUT_STEREO
};

Varyings Vert(Attributes input)
{
    Varyings output = (Varyings)0;
    UNITY_SETUP_INSTANCE_ID(input);
    UNITY_INITIALIZE_VERTEX_OUTPUT_STEREO(output);
    float3 here = eye();
    float3 at = input.position;
    float3 middle = input.middle.xyz;
    float seen = input.glyph.w;
    if (is_label(seen))
    {
        float3 right = float3(UNITY_MATRIX_V[0].xy, -UNITY_MATRIX_V[0].z);
        float3 up = float3(UNITY_MATRIX_V[1].xy, -UNITY_MATRIX_V[1].z);
        at = label_point(input.position, input.middle.xy, right, up, here);
        middle = input.position;
    }
    float share = text_share(
        length(middle - here), length(at - here), input.middle.w, input.paint.a * _LayerwalkFog,
        seen, _LayerwalkOverview);
    output.uv = input.glyph.xy;
    output.paint = float4(input.paint.rgb, share);
    output.position = LAYERWALK_NOWHERE;
    if (share > 0.004) { output.position = clip_of(at); }
    return output;
}

float4 Frag(Varyings input) : SV_Target
{
    UNITY_SETUP_STEREO_EYE_INDEX_POST_VERTEX(input);
    float code = SAMPLE_TEXTURE2D(_LayerwalkGlyphs, sampler_LayerwalkGlyphs, input.uv).r;
    float2 texels = fwidth(input.uv) * _LayerwalkGlyphs_TexelSize.zw;
    float covered = letter_coverage(code, _LayerwalkGlyphRange, max(texels.x, texels.y));
    float alpha = covered * input.paint.a;
    return laid_over(behind_letters(input.paint.rgb), input.paint.rgb * alpha, alpha);
}
