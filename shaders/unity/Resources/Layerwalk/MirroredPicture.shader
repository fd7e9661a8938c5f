// What the floor shows of pictures.
Shader "Layerwalk/MirroredPicture"
{
    Properties
    {
        [NoScaleOffset] _LayerwalkPictures ("Pictures", 2DArray) = "" {}
    }
    SubShader
    {
        Tags
        {
            "RenderPipeline" = "UniversalPipeline"
            "RenderType" = "Transparent"
            "Queue" = "Transparent"
            "IgnoreProjector" = "True"
        }
        Pass
        {
            Name "Room"
            Tags { "LightMode" = "UniversalForwardOnly" }
            Blend One OneMinusSrcAlpha
            ZWrite Off
            Cull Off

            HLSLPROGRAM
            #pragma target 4.5
            #pragma vertex Vert
            #pragma fragment Frag
            #pragma multi_compile_instancing
            #define MIRRORED
            #include "Packages/com.layerwalk.shaders/unity/Includes/Picture.hlsl"
            ENDHLSL
        }
    }
    Fallback Off
}
