using System.ComponentModel;
using System.Globalization;
using Nuke.Common.IO;

namespace Nuke.Common.ValueInjection;

/// <summary>Turns what somebody gave into the type a parameter has.</summary>
internal static class ValueReader
{
    public static object Read(ParameterMember parameter, RawValue raw)
    {
        var texts = Split(parameter, raw.Texts);
        if (parameter.IsCollection)
            return List(parameter, [.. texts.Select(text => Scalar(parameter, text, raw))]);
        return texts switch
        {
            [] when parameter.IsSwitch => true,
            [] => throw new InputException($"{raw.Source} needs a value."),
            [var text] => Scalar(parameter, text, raw),
            _ when parameter.IsSecret => throw new InputException($"{raw.Source} takes one value."),
            _ => throw new InputException(
                $"{raw.Source} takes {(parameter.IsSwitch ? "no value" : "one value")}, not '{string.Join(' ', texts)}'."
                    + " Targets stand before the first parameter."
            ),
        };
    }

    public static List<string> Split(ParameterMember parameter, IEnumerable<string> texts) =>
        parameter is { IsCollection: true, Separator.Length: > 0 }
            ? [.. texts.SelectMany(text => text.Split(parameter.Separator)).Where(text => text.Length > 0)]
            : [.. texts];

    private static object Scalar(ParameterMember parameter, string text, RawValue raw)
    {
        var type = parameter.ElementType;
        try
        {
            if (type == typeof(string))
                return text;
            if (type == typeof(bool))
                return Boolean(text);
            if (type == typeof(AbsolutePath))
                return AbsolutePath.Create(raw.BaseDirectory) / text;
            if (type.IsEnum)
                return Choice(type, text);
            if (typeof(IConvertible).IsAssignableFrom(type))
                return Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text)!;
        }
        catch (Exception error) when (error is not InputException)
        {
            var shown = parameter.IsSecret ? "The value" : $"'{text}'";
            var hint = Hint(parameter, text);
            throw new InputException($"{shown} of {raw.Source} is no {ValueNames.Of(type)}.{hint}");
        }
    }

    private static string Hint(ParameterMember parameter, string text)
    {
        if (parameter.IsSwitch)
            return " Targets stand before the first parameter.";
        return parameter.ElementType.IsEnum
            ? $" It is one of {string.Join(", ", Enum.GetNames(parameter.ElementType))}."
                + NearestName.Hint(text, Enum.GetNames(parameter.ElementType))
            : "";
    }

    private static bool Boolean(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw new FormatException(),
        };

    // By name only: a number would pass for a choice nobody offers.
    private static object Choice(Type type, string text)
    {
        var name = Enum.GetNames(type).FirstOrDefault(name => KebabCase.Same(name, text));
        return Enum.Parse(type, name ?? throw new FormatException());
    }

    private static object List(ParameterMember parameter, object[] values)
    {
        var list = Array.CreateInstance(parameter.ElementType, values.Length);
        values.CopyTo(list, 0);
        if (parameter.Type.IsInstanceOfType(list))
            return list;
        return Activator.CreateInstance(parameter.Type, list)!;
    }
}
