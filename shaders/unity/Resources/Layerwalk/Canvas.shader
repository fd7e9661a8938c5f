// Panels of tiles. They win over the faces they lie on.
Shader "Layerwalk/Canvas"
{
    Properties
    {
        [NoScaleOffset] _LayerwalkPages ("Pages", 2DArray) = "" {}
    }
    SubShader
    {
        Tags
        {
            "RenderPipeline" = "UniversalPipeline"
            "RenderType" = "Opaque"
            "Queue" = "Geometry+10"
            "IgnoreProjector" = "True"
        }
        Pass
        {
            Name "Room"
            Tags { "LightMode" = "UniversalForwardOnly" }
            Cull Front
            Offset -1, -4

            HLSLPROGRAM
            #pragma target 4.5
            #pragma vertex Vert
            #pragma fragment Frag
            #pragma multi_compile_instancing
            #pragma multi_compile _ LAYERWALK_FADING
            #include "Packages/com.layerwalk.shaders/unity/Includes/Canvas.hlsl"
            ENDHLSL
        }
    }
    Fallback Off
}
