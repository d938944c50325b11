namespace ContainerHost.Targets.Completion;

/// <summary>For fish (complete(1) of its manual).</summary>
internal static class FishCompletion
{
    public static string Write(CompletionWords words) =>
        $"""
            function __containerhost_here
                test (path resolve -- (path dirname -- (commandline -opc)[1])) = (path resolve -- {Quote(words.Root)})
            end
            function __containerhost_targets
                __containerhost_here; and not string match -q -- '-*' (commandline -opc)[2..]
            end
            function __containerhost_hosts
                for state in {Quote(words.HostsDirectory)}/*/host.json
                    path basename -- (path dirname -- $state)
                end
            end
            complete -c build.sh -n __containerhost_targets -f -a {Quote(string.Join(' ', words.Targets))}
            {string.Concat(words.Parameters.Select(Line))}
            """;

    private static string Line(CompletedParameter parameter)
    {
        var values =
            parameter.IsHost ? "-x -a '(__containerhost_hosts)'"
            : parameter.IsSwitch ? "-f"
            : parameter.Values.Count > 0 ? $"-x -a {Quote(string.Join(' ', parameter.Values))}"
            : "-r -F";
        return $"complete -c build.sh -n __containerhost_here -l {parameter.Dashed[2..]} {values} -d {Quote(parameter.Description)}\n";
    }

    // Between single quotes a backslash escapes itself and the quote alone (fish's manual, "Quotes").
    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
