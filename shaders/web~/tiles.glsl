// Textures that hold what tiles show.
uniform sampler2DArray uPages;
uniform highp sampler2D uRanges;   // offset, scale of each tile
uniform sampler2D uTileColours;    // mean colour of each tile
uniform sampler2D uPalette;        // row 0 sequential, row 1 diverging

float page_code(vec3 at) { return textureLod(uPages, at, 0.0).r * 255.0; }
float page_texel(ivec2 at, int page) { return texelFetch(uPages, ivec3(at, page), 0).r * 255.0; }
vec2 tile_range(float index) { return texelFetch(uRanges, entry(index), 0).rg; }
vec3 tile_mean(float index) { return texelFetch(uTileColours, entry(index), 0).rgb; }
vec3 scale_colour(ivec2 at) { return texelFetch(uPalette, at, 0).rgb; }
