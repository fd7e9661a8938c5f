#include "view.glsl"

in vec2 position;
out vec2 vAt;

void main()
{
    vAt = position + cameraPosition.xz;
    gl_Position = projectionMatrix * (viewMatrix * vec4(vAt.x, 0.0, vAt.y, 1.0));
}
