// A wall's mirror image below the floor.
#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "tables.glsl"

const float HEIGHT = 2.3;

in vec2 position;  // 0 .. 1 from the left and the top
#include "numbered.glsl"

out vec2 vAt;  // metres from the foot's middle; y the height of what is mirrored
out float vLeft;
flat out vec4 vGrid;    // of the first panel
flat out vec4 vRect;
flat out float vFirst;  // first entry of the layer's tile colours, -1 without any
flat out vec4 vField;
flat out vec3 vMean;
flat out vec2 vPanels;

void main()
{
    float wallIndex = number();
    if (wallIndex < 0.0) { gl_Position = NOWHERE; return; }
    vec4 origin = wall(wallIndex, WALL_ORIGIN);
    vec4 right = wall(wallIndex, WALL_X);
    vec4 now = wall(wallIndex, WALL_MEAN);
    vec4 before = wall(wallIndex, WALL_BEFORE);
    vField = wall(wallIndex, WALL_FIELD);
    vMean = mix(before.rgb, now.rgb, faded(now.w));
    vPanels = vec2(wall(wallIndex, WALL_Y).w, before.w);
    vGrid = panel(vPanels.x, PANEL_GRID);
    vRect = panel(vPanels.x, PANEL_RECT);
    float row = panel(vPanels.x, PANEL_CENTRE).w;
    vFirst = layer(row, LAYER_LEVELS).w > 0.5 ? layer(row, LAYER_TILE).w : -1.0;
    float x = (position.x - 0.5) * origin.w;
    float height = HEIGHT * position.y;
    vAt = vec2(x, height - origin.y);
    vec3 world = vec3(origin.x, 0.0, origin.z) + right.xyz * x;
    world.y = -height;
    float left = 1.0 - fog_share(length(world - cameraPosition), 0.03 * uFogScale);
    vLeft = left * left;
    gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
