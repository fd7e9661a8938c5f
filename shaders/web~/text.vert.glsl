#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"

uniform float uOverview;

const float LABEL = 3.0;

in vec2 position;  // 0 .. 1 from the left and the top
in vec3 origin;    // top left corner; of a label the point it belongs to
in vec3 alongX;    // whole width; of a label its width and left edge at 1 m
in vec3 alongY;    // whole height, downwards; of a label its height and top edge at 1 m
in vec4 region;    // left, top, right, bottom in the atlas, 0 .. 1
in vec3 paint;
in vec4 manner;    // page, fog per metre, farthest distance (0: any), when it is seen

out vec3 vUv;
out vec3 vColour;
out float vAlpha;

// A label faces the eye and keeps its size on the screen.
vec3 label_point()
{
    vec3 right = vec3(viewMatrix[0][0], viewMatrix[1][0], viewMatrix[2][0]);
    vec3 up = vec3(viewMatrix[0][1], viewMatrix[1][1], viewMatrix[2][1]);
    float d = length(origin - cameraPosition);
    vec2 at = vec2(alongX.y + alongX.x * position.x, alongY.y - alongY.x * position.y);
    return origin + (right * at.x + up * at.y) * d;
}

void main()
{
    bool label = manner.w > LABEL - 0.5;
    vec3 world = label ? label_point() : origin + alongX * position.x + alongY * position.y;
    vec3 middle = label ? origin : origin + 0.5 * (alongX + alongY);
    float d = length(middle - cameraPosition);
    float alpha = 1.0 - fog_share(label ? d : length(world - cameraPosition), manner.y * uFogScale);
    if (manner.z > 0.0) alpha *= clamp((manner.z - d) / (0.2 * manner.z), 0.0, 1.0);
    bool only_inside = abs(manner.w - 1.0) < 0.5;
    bool only_overview = manner.w > 1.5;
    if ((only_inside && uOverview > 0.5) || (only_overview && uOverview < 0.5)) alpha = 0.0;
    vUv = vec3(mix(region.xy, region.zw, position), manner.x);
    vColour = paint;
    vAlpha = alpha;
    vec4 at = projectionMatrix * viewMatrix * vec4(world, 1.0);
    gl_Position = alpha > 0.004 ? at : vec4(2.0, 2.0, 2.0, 1.0);
}
