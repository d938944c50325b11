namespace Nuke.Common.ValueInjection;

/// <summary>Turns what somebody gave into the type a parameter has.</summary>
internal static class ValueReader
{
    public static object Read(ParameterMember parameter, RawValue raw) =>
        raw.Texts switch
        {
            _ when parameter.IsCollection => raw.Texts.ToArray(),
            [] when parameter.IsSwitch => true,
            [var text] => Scalar(parameter, text, raw.Source),
            _ => throw new InputException($"{raw.Source} takes one value."),
        };

    private static object Scalar(ParameterMember parameter, string text, string source)
    {
        if (parameter.ElementType == typeof(string))
            return text;
        if ((parameter.IsSwitch ? Boolean(text) : Choice(parameter.ElementType, text)) is { } value)
            return value;
        var shown = parameter.IsSecret ? "The value" : $"'{text}'";
        throw new InputException($"{shown} of {source} is no {parameter.ValueName}.");
    }

    private static object? Boolean(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };

    // By name only: a number would pass for a choice nobody offers.
    private static object? Choice(Type type, string text) =>
        Enum.GetNames(type).FirstOrDefault(name => KebabCase.Same(name, text)) is { } name
            ? Enum.Parse(type, name)
            : null;
}
