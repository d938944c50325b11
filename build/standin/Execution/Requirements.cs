using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Checks what scheduled targets require, before anything runs.</summary>
internal static partial class Requirements
{
    public static IReadOnlyList<string> Problems(IEnumerable<ExecutableTarget> scheduled, ParameterValues values) =>
        [
            .. scheduled
                .SelectMany(target => target.Requirements.Select(requirement => Problem(target, requirement, values)))
                .OfType<string>(),
        ];

    private static string? Problem(ExecutableTarget target, LambdaExpression requirement, ParameterValues values)
    {
        var value = Value(requirement.Body);
        if (requirement.ReturnType == typeof(bool))
            return value is true ? null : $"Target '{target.Name}' requires {Readable(requirement.Body)}.";
        if (value is string text ? !string.IsNullOrWhiteSpace(text) : value is not null)
            return null;
        var member = MemberOf.Expression(requirement);
        var parameter = values.Parameters.FirstOrDefault(parameter => parameter.Name == MemberOf.ShortName(member));
        return parameter is null
            ? $"Target '{target.Name}' requires '{member.Name}'."
            : $"Target '{target.Name}' requires '--{parameter.DashedName}' (or the environment variable "
                + $"NUKE_{parameter.DashedName.Replace('-', '_').ToUpperInvariant()}).";
    }

    // Interpreted: compiling costs more than any requirement.
    private static object? Value(Expression body) =>
        Expression
            .Lambda<Func<object?>>(Expression.Convert(body, typeof(object)))
            .Compile(preferInterpretation: true)();

    private static string Readable(Expression body) => CapturedValue().Replace(body.ToString(), "");

    [GeneratedRegex(@"value\([^)]*\)\.")]
    private static partial Regex CapturedValue();
}
