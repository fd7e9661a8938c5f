#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/floor.hlsl"

in vec2 vAt;
out vec4 colour;

void main()
{
    vec3 from_eye = vec3(vAt.x, 0.0, vAt.y) - cameraPosition;
    float d = length(from_eye);
    vec3 light = floor_colour(1.0 - abs(from_eye.y) / d);
    light *= 1.0 - 0.35 * floor_joint(vAt, max(fwidth(vAt), vec2(0.0001)));
    float share = fog_share(d, 0.0125 * uFogScale);
    colour = vec4(mix(light, haze_colour(from_eye.z / d), share) + dither(gl_FragCoord.xy), 1.0);
}
