using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.ValueInjection;

/// <summary>Reads members and expressions without compiling anything.</summary>
internal static class MemberOf
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public static MemberInfo Expression(LambdaExpression expression)
    {
        var body = expression.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert
            ? convert.Operand
            : expression.Body;
        return body is MemberExpression { Member: var member }
            ? member
            : throw new BuildDefinitionException($"'{expression.Body}' must name a parameter of the build.");
    }

    public static Type Type(MemberInfo member) =>
        member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    public static object? Get(MemberInfo member, object? instance) =>
        member is PropertyInfo property
            ? property.GetValue(instance, BindingFlags.DoNotWrapExceptions, null, null, null)
            : ((FieldInfo)member).GetValue(instance);

    public static void Set(MemberInfo member, object instance, object? value)
    {
        if (member is PropertyInfo { CanWrite: true } property)
            property.SetValue(instance, value);
        else if (BackingField(member) is { } field)
            field.SetValue(instance, value);
    }

    /// <summary>The name without the interface that an explicit implementation puts before it.</summary>
    public static string ShortName(MemberInfo member) => member.Name[(member.Name.LastIndexOf('.') + 1)..];

    // A property without a setter keeps its value in a field that the compiler names after it.
    private static FieldInfo? BackingField(MemberInfo member) =>
        member as FieldInfo ?? member.DeclaringType!.GetField($"<{member.Name}>k__BackingField", AnyInstance);
}
