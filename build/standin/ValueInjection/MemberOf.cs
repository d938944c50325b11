using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>Reads members and expressions without compiling anything.</summary>
internal static class MemberOf
{
    public static MemberInfo Expression(LambdaExpression expression)
    {
        var body = expression.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert
            ? convert.Operand
            : expression.Body;
        return body is MemberExpression { Member: var member }
            ? member
            : throw new BuildDefinitionException($"'{expression.Body}' must name a member of the build.");
    }

    public static object? Get(PropertyInfo property, object instance) =>
        property.GetValue(instance, BindingFlags.DoNotWrapExceptions, null, null, null);
}
