#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/cells.hlsl"
#include "library/glow.hlsl"
#include "tables.glsl"
#include "tiles.glsl"
#include "library/reflection.hlsl"

in vec2 vAt;
in float vLeft;
flat in vec4 vGrid;
flat in vec4 vRect;
flat in vec4 vField;
flat in vec3 vMean;
flat in float vFirst;
flat in vec2 vPanels;
out vec4 colour;

void main()
{
    Mirrored wanted = Mirrored(vGrid, vRect, vField, vMean, vFirst, vPanels);
    colour = vec4(mirrored_colour(wanted, vAt, vLeft), 1.0);
}
