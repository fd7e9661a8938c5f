#include "view.glsl"
#include "prelude.glsl"
#include "library/air.hlsl"
#include "library/text.hlsl"

uniform float uOverview;

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

void main()
{
    bool label = is_label(manner.w);
    vec3 world = origin + alongX * position.x + alongY * position.y;
    vec3 middle = origin + 0.5 * (alongX + alongY);
    if (label)
    {
        vec3 right = vec3(viewMatrix[0][0], viewMatrix[1][0], viewMatrix[2][0]);
        vec3 up = vec3(viewMatrix[0][1], viewMatrix[1][1], viewMatrix[2][1]);
        vec2 at = vec2(alongX.y + alongX.x * position.x, alongY.y - alongY.x * position.y);
        world = label_point(origin, at, right, up, cameraPosition);
        middle = origin;
    }
    vUv = vec3(mix(region.xy, region.zw, position), manner.x);
    vColour = paint;
    vAlpha = text_share(
        length(middle - cameraPosition), length(world - cameraPosition), manner.z,
        manner.y * uFogScale, manner.w, uOverview);
    vec4 at = projectionMatrix * (viewMatrix * vec4(world, 1.0));
    gl_Position = vAlpha > 0.004 ? at : vec4(2.0, 2.0, 2.0, 1.0);
}
