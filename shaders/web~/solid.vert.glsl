// Solid things of one colour each: boxes, rings, discs, tubes.
#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"

in vec3 position;
in vec4 paint;  // rgb, w fog per metre

out vec3 vColour;

void main()
{
    vec4 fog = fog_between(position - cameraPosition, paint.a * uFogScale);
    vColour = paint.rgb * fog.a + fog.rgb;
    gl_Position = projectionMatrix * (viewMatrix * vec4(position, 1.0));
}
