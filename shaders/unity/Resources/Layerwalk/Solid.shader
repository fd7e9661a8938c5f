// Boxes, frames, gates, rings, discs, tubes.
Shader "Layerwalk/Solid"
{
    SubShader
    {
        Tags
        {
            "RenderPipeline" = "UniversalPipeline"
            "RenderType" = "Opaque"
            "Queue" = "Geometry"
            "IgnoreProjector" = "True"
        }
        Pass
        {
            Name "Room"
            Tags { "LightMode" = "UniversalForwardOnly" }
            Cull Front

            HLSLPROGRAM
            #pragma target 4.5
            #pragma vertex Vert
            #pragma fragment Frag
            #pragma multi_compile_instancing
            #include "Packages/com.layerwalk.shaders/unity/Includes/Solid.hlsl"
            ENDHLSL
        }
    }
    Fallback Off
}
