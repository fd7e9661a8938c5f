// Solid things of one colour each, instanced: boxes, rings, discs.
#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"

in vec3 position;
in vec3 centre;
in vec3 alongX;
in vec3 alongY;
in vec3 alongZ;
in vec4 paint;  // rgb, w fog per metre

out vec3 vColour;

void main()
{
    vec3 world = centre + alongX * position.x + alongY * position.y + alongZ * position.z;
    vec4 fog = fog_between(world - cameraPosition, paint.a * uFogScale);
    vColour = paint.rgb * fog.a + fog.rgb;
    gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
