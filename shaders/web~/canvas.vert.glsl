#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/cells.hlsl"
#include "library/codes.hlsl"
#include "tables.glsl"
#include "tiles.glsl"
#include "library/canvas.hlsl"

in vec2 position;  // 0 .. 1 from the left and the top
#include "numbered.glsl"

out vec2 vCell;
out vec4 vFog;
flat out vec4 vGrid;
flat out vec4 vTile;
flat out vec4 vScale;
flat out vec4 vLevels;
flat out vec4 vOldScale;
flat out vec4 vOldLevels;
flat out vec3 vLook;

void main()
{
    float index = number();
    if (index < 0.0) { gl_Position = NOWHERE; return; }
    Canvas canvas = canvas_of(index, uTime);
    vGrid = canvas.grid;
    vTile = canvas.tile;
    vScale = canvas.scale;
    vLevels = canvas.levels;
    vOldScale = canvas.old_scale;
    vOldLevels = canvas.old_levels;
    vLook = canvas.look;
    vCell = position * vGrid.xy;
    vec3 world = canvas_point(index, position);
    vFog = fog_between(world - cameraPosition, LAYERWALK_CANVAS_FOG * uFogScale);
    gl_Position = projectionMatrix * (viewMatrix * vec4(world, 1.0));
}
