#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/cells.hlsl"
#include "library/glow.hlsl"
#include "tables.glsl"
#include "tiles.glsl"
#include "library/reflection.hlsl"

in vec2 position;  // 0 .. 1 from the left and the top
#include "numbered.glsl"

out vec2 vAt;  // metres from the foot's middle; y the height of what is mirrored
out float vLeft;
flat out vec4 vGrid;
flat out vec4 vRect;
flat out vec4 vField;
flat out vec3 vMean;
flat out float vFirst;
flat out vec2 vPanels;

void main()
{
    float index = number();
    if (index < 0.0) { gl_Position = NOWHERE; return; }
    Mirrored wanted = mirrored_of(index, uTime);
    vGrid = wanted.grid;
    vRect = wanted.rect;
    vField = wanted.field;
    vMean = wanted.mean;
    vFirst = wanted.first;
    vPanels = wanted.panels;
    vAt = mirrored_at(index, position);
    vec3 world = mirrored_point(index, position);
    vLeft = mirrored_left(length(world - cameraPosition), uFogScale);
    gl_Position = projectionMatrix * (viewMatrix * vec4(world, 1.0));
}
