using System.Reflection;
using ContainerHost.Specification;
using ContainerHost.Targets.Input;

namespace ContainerHost.Targets.Hosting;

/// <summary>Gathers what was typed for the parameters of hosts, whichever components of the build declare them, over what the file of <c>--spec</c> says.</summary>
internal static class TypedRequest
{
    public static HostRequest Of(IDescribeHosts build, ParameterOrigins origins)
    {
        var known = BuildParameter.Of(build.GetType()).ToLookup(parameter => parameter.Member);
        var request = string.IsNullOrEmpty(build.SpecFile) ? new HostRequest() : HostFile.Read(build.SpecFile);
        foreach (
            var member in build
                .GetType()
                .GetInterfaces()
                .SelectMany(component => component.GetProperties())
                .Where(member => member.IsDefined(typeof(HostParameterAttribute)))
        )
        {
            var text = Text(member.GetValue(build));
            var parameter = known[member].FirstOrDefault();
            // A build that gives the value itself has no such parameter any more.
            var origin = parameter is null ? "the build itself" : origins.Of(parameter, text);
            // A switch that is said to be false is false whatever the file says.
            if (text is not null || (parameter?.IsSwitch == true && origin is not null))
                request = request.With(NameOf(member), text, origin ?? "parameter");
        }
        return request;
    }

    private static string NameOf(PropertyInfo member) => member.GetCustomAttribute<HostParameterAttribute>()!.Name!;

    private static string? Text(object? value) =>
        value switch
        {
            null or false => null,
            true => "true",
            _ => (string)value,
        };
}
