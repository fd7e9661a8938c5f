// Rows of the data textures that describe walls, panels and layers.
// The viewer's scene/walls.ts and scene/layers.ts write them in the same order.
uniform highp sampler2D uWalls;
uniform highp sampler2D uPanels;
uniform highp sampler2D uLayers;

const int WALL_ORIGIN = 0;  // xyz middle of the foot, w width
const int WALL_X = 1;       // xyz unit of x times scale, w height
const int WALL_Y = 2;       // xyz unit of y times scale, w first panel
const int WALL_FIELD = 3;   // left, bottom, width, height of the tiles, from the foot's middle
const int WALL_MEAN = 4;    // rgb mean colour of the tiles, w when it began to show, in seconds
const int WALL_BEFORE = 5;  // rgb mean colour before, w number of panels

const int PANEL_CENTRE = 0;  // xyz, w row of its layer
const int PANEL_X = 1;       // xyz from left to right edge, w gap
const int PANEL_Y = 2;       // xyz from bottom to top edge, w chosen cell, or -1
const int PANEL_GRID = 3;    // columns, rows, tiles, first tile
const int PANEL_RECT = 4;    // left, bottom, width, height on its wall

const int LAYER_SCALE = 0;       // low, high, signed, when it began to show
const int LAYER_TILE = 1;        // width, height in pixels, tiles, first entry of its ranges
const int LAYER_LEVELS = 2;      // finest, coarsest level that is there, has specials, has pages
const int LAYER_OLD_SCALE = 3;   // low, high, signed of what it fades from, is there such
const int LAYER_OLD_LEVELS = 4;  // finest, coarsest, has specials, first entry
const int LAYER_BEFORE = 5;      // low, high, finest level before more detail came, when it came
const int LAYER_LEVEL_0 = 8;     // x, y, page of the first page, columns; one texel a level
const int LAYER_OLD_LEVEL_0 = 20;

// Several records stand in a row of their table: 64 of 8 texels, 32 of 32.
ivec2 of_eight(float index, int what) { int i = int(index); return ivec2((i & 63) * 8 + what, i >> 6); }
ivec2 of_layer(float index, int what) { int i = int(index); return ivec2((i & 31) * 32 + what, i >> 5); }
vec4 wall(float index, int what) { return texelFetch(uWalls, of_eight(index, what), 0); }
vec4 panel(float index, int what) { return texelFetch(uPanels, of_eight(index, what), 0); }
vec4 layer(float index, int what) { return texelFetch(uLayers, of_layer(index, what), 0); }

// Tables of one entry a tile are 1024 wide.
ivec2 entry(float index) { int i = int(index); return ivec2(i & 1023, i >> 10); }

float faded(float start) { float t = clamp((uTime - start) / 0.3, 0.0, 1.0); return t * t * (3.0 - 2.0 * t); }
