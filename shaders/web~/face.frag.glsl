#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"

in vec3 vColour;
out vec4 colour;

void main() { colour = vec4(vColour + dither(gl_FragCoord.xy + uCorner), 1.0); }
