using Nuke.Common.IO;

namespace Nuke.Common.ValueInjection;

/// <summary>What types of parameters are called in help and errors.</summary>
internal static class ValueNames
{
    public static string Of(Type type) =>
        Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum || type == typeof(Host) => "choice",
            TypeCode.String => "text",
            TypeCode.Boolean => "boolean",
            >= TypeCode.SByte and <= TypeCode.UInt64 => "whole number",
            >= TypeCode.Single and <= TypeCode.Decimal => "number",
            _ when type == typeof(AbsolutePath) => "path",
            _ when type == typeof(TimeSpan) => "time span",
            _ => type.Name,
        };
}
