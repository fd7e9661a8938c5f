precision highp float;  // half floats cannot tell the pixels of a wide atlas apart
precision mediump sampler2DArray;

uniform sampler2DArray uGlyphs;

in vec3 vUv;
in vec3 vColour;
in float vAlpha;
out vec4 colour;

void main()
{
    float alpha = texture(uGlyphs, vUv).r * vAlpha;
    colour = vec4(vColour * alpha, alpha);
}
