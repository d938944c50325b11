namespace ContainerHost.Processes;

/// <summary>
/// Makes commands root's in namespaces of their own, without any right over this machine (user_namespaces(7)): an ordinary user is root
/// there, and the other users are the user's subordinate ids (subuid(5)). Mounts are seen there alone, and with the first process all end.
/// </summary>
internal static class Unshared
{
    private static readonly string[] UserMap = ["--user", "--map-root-user", "--map-auto"];

    public static Command Of(Command command) => Of(command, Environment.IsPrivilegedProcess);

    /// <summary>Root needs no users of its own there, and may have no subordinate ids.</summary>
    public static Command Of(Command command, bool isRoot) =>
        command with
        {
            Program = "unshare",
            Arguments =
            [
                .. isRoot ? [] : UserMap,
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--",
                command.Program,
                .. command.Arguments,
            ],
        };
}
