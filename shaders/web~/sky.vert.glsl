#include "view.glsl"

in vec3 position;
out vec3 vDirection;

void main()
{
    vDirection = position;
    vec4 at = projectionMatrix * mat4(mat3(viewMatrix)) * vec4(position, 1.0);
    gl_Position = at.xyww;
}
