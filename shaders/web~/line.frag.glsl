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
    float left = 1.0 - fog_share(length(vFromEye), LAYERWALK_FLOOR_FOG * uFogScale);
    colour = line_colour(vColour, vAcross, fwidth(vAcross.x), left);
}
