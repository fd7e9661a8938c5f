// Lines of light on the floor: ribbons 1.2 m wide, of which most is spill.
#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"

in vec3 position;
in vec2 across;  // metres from the line's middle, width of the line
in vec3 paint;

out vec2 vAcross;
out vec3 vColour;
out float vLeft;

void main()
{
    vAcross = across;
    vColour = paint;
    vLeft = 1.0 - fog_share(length(position - cameraPosition), 0.0125 * uFogScale);
    gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}
