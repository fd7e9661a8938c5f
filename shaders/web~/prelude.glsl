// Lets GLSL ES 3.00 read shaders/library, which is written in the words HLSL and GLSL share.
#define float2 vec2
#define float3 vec3
#define float4 vec4
#define int2 ivec2
#define int3 ivec3
#define lerp mix
#define frac fract
#define saturate(x) clamp(x, 0.0, 1.0)
