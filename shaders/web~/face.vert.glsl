// A wall's face: rings of vertices around the field of tiles, lit by its mean colour.
#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/glow.hlsl"
#include "tables.glsl"

in vec4 ring;    // corner of the field (0 or 1 in x, y), direction away from it
in vec2 away;    // metres away along that direction; kind: 0 face, 1 outer edge, 2 inside the field
#include "numbered.glsl"

out vec3 vColour;

const float EDGE = 0.012;
const vec3 WALL = vec3(0.090, 0.110, 0.161);
const vec3 WALL_EDGE = vec3(0.157, 0.176, 0.231);

void main()
{
    float wallIndex = number();
    if (wallIndex < 0.0) { gl_Position = NOWHERE; return; }
    vec4 origin = wall(wallIndex, WALL_ORIGIN);
    vec4 right = wall(wallIndex, WALL_X);
    vec4 up = wall(wallIndex, WALL_Y);
    vec4 field = wall(wallIndex, WALL_FIELD);
    vec4 now = wall(wallIndex, WALL_MEAN);
    vec3 mean = mix(wall(wallIndex, WALL_BEFORE).rgb, now.rgb, faded(now.w));
    vec2 size = vec2(origin.w, right.w);
    vec2 corner = field.xy + vec2(0.5 * size.x, 0.0);
    vec2 inner = vec2(EDGE);
    vec2 at = corner + ring.xy * field.zw + ring.zw * away.x;
    vec2 shown = clamp(at, inner, size - inner);
    float shade = wall_shade(shown.y / size.y);
    float d = distance_to_field(shown, corner, field.zw);
    vColour = WALL * shade + mean * glow_share(d);
    if (away.y > 0.5)
    {
        shown = ring.xy * size + ring.zw * away.x;
        vColour = WALL_EDGE * (0.7 + 0.5 * ring.y) + mean * 0.25;
    }
    if (away.y > 1.5)
    {
        float several = step(1.5, wall(wallIndex, WALL_BEFORE).w);
        shown = corner + ring.xy * field.zw * several;
        vColour = WALL * 0.5;
    }
    vec3 world = origin.xyz + right.xyz * (shown.x - 0.5 * size.x) + up.xyz * shown.y;
    vec3 from_eye = world - cameraPosition;
    float d_eye = length(from_eye);
    vColour = mix(vColour, haze_colour(from_eye.z / d_eye), fog_share(d_eye, 0.0125 * uFogScale));
    gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}
