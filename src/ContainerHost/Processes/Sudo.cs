namespace ContainerHost.Processes;

/// <summary>Makes commands root's by <c>sudo -n</c>, which never asks, and which clears the environment.</summary>
internal static class Sudo
{
    public static Command Of(Command command) =>
        command with
        {
            Program = "sudo",
            Arguments = ["-n", command.Program, .. command.Arguments],
        };
}
