// Eight rows of a table are one instance: which of them this vertex belongs to.
in vec4 firstFour;
in vec4 lastFour;
in float member;  // 0 .. 7

const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);

// -1 for none
float number()
{
    vec4 four = member < 3.5 ? firstFour : lastFour;
    return four[int(member) & 3];
}
