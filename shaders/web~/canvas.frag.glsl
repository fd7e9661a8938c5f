#ifdef FADING
#define LAYERWALK_FADING
#endif
#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/cells.hlsl"
#include "library/codes.hlsl"
#include "tables.glsl"
#include "tiles.glsl"
#include "library/canvas.hlsl"

uniform float uPerChannel;
uniform float uStale;
uniform float uSweep;

in vec2 vCell;
in vec4 vFog;
flat in vec4 vGrid;
flat in vec4 vTile;
flat in vec4 vScale;
flat in vec4 vLevels;
flat in vec4 vOldScale;
flat in vec4 vOldLevels;
flat in vec3 vLook;
out vec4 colour;

void main()
{
    Canvas canvas = Canvas(vGrid, vTile, vScale, vLevels, vOldScale, vOldLevels, vLook);
    Moment moment = Moment(uTime, uSweep, uPerChannel, uStale);
    vec2 footprint = abs(dFdx(vCell)) + abs(dFdy(vCell));
    vec3 light = canvas_colour(canvas, moment, vCell, footprint, gl_FragCoord.xy + uCorner);
    colour = vec4(light * vFog.a + vFog.rgb, 1.0);
}
