#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/floor.hlsl"

in vec3 vAcross;
in vec3 vColour;
in vec3 vFromEye;  // lines are long: fog is by pixel
out vec4 colour;

void main()
{
    float x = abs(vAcross.x);
    float left = 1.0 - fog_share(length(vFromEye), 0.0125 * uFogScale);
    float line = line_coverage(x, vAcross.y, fwidth(vAcross.x));
    vec3 spill = vColour * vec3(1.05, 0.95, 0.83) * line_spill(x, vAcross.z) * (1.0 - line);
    colour = vec4((vColour * 0.95 * line + spill) * left, line * left * 0.9);
}
