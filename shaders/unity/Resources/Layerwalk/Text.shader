// Letters.
Shader "Layerwalk/Text"
{
    Properties
    {
        [NoScaleOffset] _LayerwalkGlyphs ("Glyphs", 2D) = "black" {}
        _LayerwalkGlyphRange ("Texels from 0 to 1", Float) = 16
        _LayerwalkDepthTest ("Depth test (CompareFunction)", Float) = 4
    }
    SubShader
    {
        Tags
        {
            "RenderPipeline" = "UniversalPipeline"
            "RenderType" = "Transparent"
            "Queue" = "Transparent+10"
            "IgnoreProjector" = "True"
        }
        Pass
        {
            Name "Room"
            Tags { "LightMode" = "UniversalForwardOnly" }
            Blend One OneMinusSrcAlpha
            ZWrite Off
            Cull Off
            ZTest [_LayerwalkDepthTest]

            HLSLPROGRAM
            #pragma target 4.5
            #pragma vertex Vert
            #pragma fragment Frag
            #pragma multi_compile_instancing
            #include "Packages/com.layerwalk.shaders/unity/Includes/Text.hlsl"
            ENDHLSL
        }
    }
    Fallback Off
}
