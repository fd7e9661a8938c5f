// Lines of light on the floor: ribbons 1.8 m wide, of which most is spill.
#include "view.glsl"

in vec3 position;
in vec3 across;  // metres from the line's middle, width of the line, reach of its spill
in vec3 paint;

out vec3 vAcross;
out vec3 vColour;
out vec3 vFromEye;

void main()
{
    vAcross = across;
    vColour = paint;
    vFromEye = position - cameraPosition;
    gl_Position = projectionMatrix * (viewMatrix * vec4(position, 1.0));
}
