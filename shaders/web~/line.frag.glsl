#include "view.glsl"
#include "prelude.glsl"
#include "library/floor.hlsl"

in vec2 vAcross;
in vec3 vColour;
in float vLeft;
out vec4 colour;

void main()
{
    float x = abs(vAcross.x);
    float line = line_coverage(x, vAcross.y, fwidth(vAcross.x));
    vec3 spill = vColour * vec3(1.05, 0.95, 0.83) * line_spill(x) * (1.0 - line);
    colour = vec4((vColour * 0.95 * line + spill) * vLeft, line * vLeft * 0.9);
}
