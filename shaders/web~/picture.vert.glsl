// Photographs: upright, or mirrored below the floor.
#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/glow.hlsl"

uniform float uMirror;

in vec2 position;  // 0 .. 1 from the left and the top
in vec3 centre;
in vec3 alongX;
in vec3 alongY;
in vec4 region;    // width and height used of its page, page, strength of its reflection

out vec3 vUv;
out vec4 vFog;
out vec2 vPlace;
out float vStrength;

void main()
{
    vec3 world = centre + alongX * (position.x - 0.5) + alongY * (0.5 - position.y);
    if (uMirror > 0.5) world.y = -world.y;
    vUv = vec3(position * region.xy, region.z);
    vPlace = position;
    vStrength = region.w;
    vFog = fog_between(world - cameraPosition, LAYERWALK_PICTURE_FOG * uFogScale);
    gl_Position = projectionMatrix * (viewMatrix * vec4(world, 1.0));
}
