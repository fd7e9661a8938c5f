// What every shader of the viewer knows. Linear colours do not occur: all is sRGB, as designed.
precision highp float;
precision highp int;
precision highp sampler2DArray;

uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform vec3 cameraPosition;
uniform float uTime;      // seconds since the viewer started
uniform float uFogScale;  // 1, and 0.3 in the overview
uniform vec2 uCorner;     // of a picture in tiles: where this one begins, in pixels
