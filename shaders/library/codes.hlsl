// Codes of quantized activations: 0 .. 252 are values, 253 -inf, 254 +inf, 255 not a number.
// The same numbers stand in python_bridge/layerwalk/page.py.
#ifndef LAYERWALK_CODES
#define LAYERWALK_CODES

#define LAYERWALK_LAST_CODE 252.0

// Value of a code; range is (offset, scale) of its tile.
float dequantized(float code, float2 range)
{
    return range.x + range.y * code;
}

// Smallest and largest value that the codes of a tile can say.
float2 tile_extent(float2 range)
{
    return float2(range.x, range.x + range.y * LAYERWALK_LAST_CODE);
}

// Place of a value on the colour scale, 0 .. 1. Signed extents are drawn around zero: 0 is 0.5,
// and both ends are the larger magnitude. Others go from zero, or from low where that is above.
float place_on_scale(float value, float2 extent, bool is_signed)
{
    float magnitude = max(abs(extent.x), abs(extent.y));
    float around_zero = magnitude > 0.0 ? 0.5 + 0.5 * value / magnitude : 0.5;
    float from_zero = extent.y > 0.0 ? value / extent.y : 0.0;
    return saturate(is_signed ? around_zero : from_zero);
}

// The same for a code that is not a number's: infinities take the ends of the scale.
// Returns -1 for what has no place (not a number).
float place_of_special(float code)
{
    if (code > 254.5)
    {
        return -1.0;
    }
    return code > 253.5 ? 1.0 : 0.0;
}

#endif
