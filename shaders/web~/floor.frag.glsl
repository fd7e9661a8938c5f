#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/floor.hlsl"

in vec2 vAt;
out vec4 colour;

void main()
{
    vec3 from_eye = vec3(vAt.x, 0.0, vAt.y) - cameraPosition;
    float joint = floor_joint(vAt, max(fwidth(vAt), vec2(0.0001)));
    colour = vec4(floor_seen(from_eye, joint, uFogScale) + dither(gl_FragCoord.xy + uCorner), 1.0);
}
