namespace Sample;

internal enum Colour
{
    Red,
    DarkGreen,
    Blue,
}
