using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Hosts;

/// <summary>Errors that more than one operation on hosts needs.</summary>
internal static class HostErrors
{
    public static ContainerHostException NotCreated(HostName name) =>
        new(
            "work on the host",
            "there is no such host, or its machine was never finished",
            $"'./build.sh CreateVm --name {name}' makes it; './build.sh Status' lists those that are there.",
            name.Value
        );

    public static ContainerHostException Off(HostName name) =>
        new("reach the host", "it is off", $"'./build.sh Start --name {name}' starts it.", name.Value);
}
