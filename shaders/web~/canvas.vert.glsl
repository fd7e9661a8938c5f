#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "tables.glsl"

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
flat out vec3 vLook;  // gap, chosen cell or -1, row of the layer

void main()
{
    float panelIndex = number();
    if (panelIndex < 0.0) { gl_Position = NOWHERE; return; }
    vec4 centre = panel(panelIndex, PANEL_CENTRE);
    vec4 right = panel(panelIndex, PANEL_X);
    vec4 up = panel(panelIndex, PANEL_Y);
    vGrid = panel(panelIndex, PANEL_GRID);
    vScale = layer(centre.w, LAYER_SCALE);
    vTile = layer(centre.w, LAYER_TILE);
    vLevels = layer(centre.w, LAYER_LEVELS);
    vec4 before = layer(centre.w, LAYER_BEFORE);
    // More detail comes into focus, and its scale of colours with it.
    vec3 grown = mix(before.xyz, vec3(vScale.xy, vLevels.x), faded(before.w));
    vScale.xy = grown.xy;
    vLevels.x = grown.z;
    vOldScale = layer(centre.w, LAYER_OLD_SCALE);
    vOldLevels = layer(centre.w, LAYER_OLD_LEVELS);
    vLook = vec3(right.w, up.w, centre.w);
    vCell = position * vGrid.xy;
    vec3 world = centre.xyz + right.xyz * (position.x - 0.5) + up.xyz * (0.5 - position.y);
    vFog = fog_between(world - cameraPosition, 0.0095 * uFogScale);
    gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
