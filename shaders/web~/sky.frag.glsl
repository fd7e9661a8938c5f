#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"

in vec3 vDirection;
out vec4 colour;

void main() { colour = vec4(sky_colour(normalize(vDirection)) + dither(gl_FragCoord.xy + uCorner), 1.0); }
