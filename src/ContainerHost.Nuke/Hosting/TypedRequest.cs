using System.Reflection;
using ContainerHost.Specification;

namespace ContainerHost.Targets.Hosting;

/// <summary>Gathers what was typed for the parameters of hosts, whichever components of the build declare them.</summary>
internal static class TypedRequest
{
    public static HostRequest Of(INukeBuild build) =>
        build
            .GetType()
            .GetInterfaces()
            .SelectMany(component => component.GetProperties())
            .Where(member => member.IsDefined(typeof(HostParameterAttribute)))
            .Aggregate(
                new HostRequest(),
                (request, member) => request.With(NameOf(member), Text(member.GetValue(build)))
            );

    private static string NameOf(PropertyInfo member) => member.GetCustomAttribute<HostParameterAttribute>()!.Name!;

    private static string? Text(object? value) =>
        value switch
        {
            null or false => null,
            true => "true",
            _ => (string)value,
        };
}
