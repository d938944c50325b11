namespace ContainerHost.Processes;

/// <summary>Makes commands root's by <c>sudo -n</c>, which never asks, and which clears the environment: variables are its arguments.</summary>
internal static class Sudo
{
    public static Command Of(Command command) =>
        command with
        {
            Program = "sudo",
            Arguments =
            [
                "-n",
                .. command.Environment.Count > 0 ? ["env"] : Array.Empty<string>(),
                .. command.Environment.Where(one => one.Value is null).SelectMany(one => (string[])["-u", one.Key]),
                .. command.Environment.Where(one => one.Value is not null).Select(one => $"{one.Key}={one.Value}"),
                command.Program,
                .. command.Arguments,
            ],
        };
}
