// Data textures that hold the records of walls, panels and layers, side by side.
uniform highp sampler2D uWalls;
uniform highp sampler2D uPanels;
uniform highp sampler2D uLayers;

// Several records stand in a row of their table: 64 of 8 texels, 32 of 32.
ivec2 of_eight(float index, int what) { int i = int(index); return ivec2((i & 63) * 8 + what, i >> 6); }
ivec2 of_layer(float index, int what) { int i = int(index); return ivec2((i & 31) * 32 + what, i >> 5); }
vec4 wall(float index, int what) { return texelFetch(uWalls, of_eight(index, what), 0); }
vec4 panel(float index, int what) { return texelFetch(uPanels, of_eight(index, what), 0); }
vec4 layer(float index, int what) { return texelFetch(uLayers, of_layer(index, what), 0); }

// Tables of one entry a tile are 1024 wide.
ivec2 entry(float index) { int i = int(index); return ivec2(i & 1023, i >> 10); }

#include "library/tables.hlsl"
