#include "view.glsl"

uniform sampler2DArray uPictures;
uniform float uMirror;

in vec3 vUv;
in vec4 vFog;
in vec2 vPlace;
in float vStrength;
out vec4 colour;

void main()
{
    if (uMirror < 0.5)
    {
        colour = vec4(texture(uPictures, vUv).rgb * vFog.a + vFog.rgb, 1.0);
        return;
    }
    vec2 edge = clamp(min(vPlace, 1.0 - vPlace) * 9.0, 0.0, 1.0);
    vec3 light = textureLod(uPictures, vUv, 5.2).rgb;
    colour = vec4(light * vPlace.y * edge.x * edge.y * vStrength * vFog.a, 1.0);
}
