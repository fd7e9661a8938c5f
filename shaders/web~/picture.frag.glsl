#include "view.glsl"
#include "prelude.glsl"
#include "library/glow.hlsl"

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
    vec3 light = textureLod(uPictures, vUv, LAYERWALK_BLURRED).rgb;
    colour = vec4(light * mirrored_picture(vPlace) * vStrength * vFog.a, 1.0);
}
