// Text in the room: when it is seen, and how much of a screen pixel a letter covers.
#ifndef LAYERWALK_TEXT
#define LAYERWALK_TEXT

// When a line is seen. A label faces the eye and keeps its size on the screen.
#define SEEN_INSIDE 1.0
#define SEEN_OVERVIEW 2.0
#define SEEN_LABEL 3.0

bool is_label(float seen)
{
    return seen > SEEN_LABEL - 0.5;
}

// A label's point; at: metres to the right and up, at 1 m from the eye.
float3 label_point(float3 origin, float2 at, float3 right, float3 up, float3 eye)
{
    return origin + (right * at.x + up * at.y) * length(origin - eye);
}

// Share of a line that is seen: `middle_m` and `distance_m` are those of its middle and of the
// point in question; farthest 0: at any distance.
float text_share(
    float middle_m, float distance_m, float farthest_m, float fog, float seen, float overview)
{
    float share = 1.0 - fog_share(is_label(seen) ? middle_m : distance_m, fog);
    if (farthest_m > 0.0) { share *= saturate((farthest_m - middle_m) / (0.2 * farthest_m)); }
    bool only_inside = abs(seen - SEEN_INSIDE) < 0.5;
    bool only_overview = seen > SEEN_OVERVIEW - 0.5;
    bool hidden = (only_inside && overview > 0.5) || (only_overview && overview < 0.5);
    return hidden ? 0.0 : share;
}

// Coverage by a letter. code: 0 .. 1, 0.5 on its outline; range: texels from 0 to 1;
// footprint: a screen pixel's size in texels.
float letter_coverage(float code, float range, float footprint)
{
    return saturate((code - 0.5) * range / max(footprint, 0.0001) + 0.5);
}

#endif
