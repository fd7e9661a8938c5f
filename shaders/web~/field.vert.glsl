// The floor of a block, a little lighter than around it.
#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/floor.hlsl"

in vec2 position;    // 0 .. 1
in vec4 extent;      // x, z of a corner, width, depth
in float strength;

out vec3 vColour;

void main()
{
    vec3 world = vec3(extent.x + extent.z * position.x, 0.003, extent.y + extent.w * position.y);
    float d = length(world - cameraPosition);
    vColour = field_colour(strength, 1.0 - fog_share(d, LAYERWALK_FLOOR_FOG * uFogScale));
    gl_Position = projectionMatrix * (viewMatrix * vec4(world, 1.0));
}
