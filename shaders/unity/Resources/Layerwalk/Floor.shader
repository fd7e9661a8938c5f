// The floor. It lies behind all that lies on it, and hides nothing below it.
Shader "Layerwalk/Floor"
{
    SubShader
    {
        Tags
        {
            "RenderPipeline" = "UniversalPipeline"
            "RenderType" = "Opaque"
            "Queue" = "Geometry+101"
            "IgnoreProjector" = "True"
        }
        Pass
        {
            Name "Room"
            Tags { "LightMode" = "UniversalForwardOnly" }
            Cull Front
            ZWrite Off
            Offset 0, 16

            HLSLPROGRAM
            #pragma target 4.5
            #pragma vertex Vert
            #pragma fragment Frag
            #pragma multi_compile_instancing
            #include "Packages/com.layerwalk.shaders/unity/Includes/Floor.hlsl"
            ENDHLSL
        }
    }
    Fallback Off
}
