namespace Build.Tests.ValueInjection;

internal enum Flavour
{
    Vanilla,
    DarkChocolate,
}
