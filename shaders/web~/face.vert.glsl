#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/glow.hlsl"
#include "tables.glsl"
#include "library/face.hlsl"

in vec4 ring;    // corner of the field (0 or 1 in x, y), direction away from it
in vec2 away;    // metres away along that direction; kind: 0 face, 1 outer edge, 2 inside the field
#include "numbered.glsl"

out vec3 vColour;

void main()
{
    float index = number();
    if (index < 0.0) { gl_Position = NOWHERE; return; }
    FacePoint found = face_point(index, ring, away, uTime);
    vec4 fog = fog_between(found.position - cameraPosition, LAYERWALK_WALL_FOG * uFogScale);
    vColour = found.colour * fog.a + fog.rgb;
    gl_Position = projectionMatrix * (viewMatrix * vec4(found.position, 1.0));
}
