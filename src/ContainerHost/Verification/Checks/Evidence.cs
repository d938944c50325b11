using ContainerHost.Runtimes;

namespace ContainerHost.Verification.Checks;

/// <summary>Turns what was seen into verdicts.</summary>
internal static class Evidence
{
    /// <summary>Fails the check with the problem and what was seen, unless the condition holds.</summary>
    public static void Require(bool condition, string problem, string seen)
    {
        if (!condition)
            throw new CheckFailedException(problem, seen);
    }

    /// <summary>Fails the check unless the container has that of its own.</summary>
    public static void RequireOwn(bool condition, string what, string seen) =>
        Require(condition, $"The container does not have {what} of its own.", seen);

    /// <summary>The container's output, or a failure when it did not end well.</summary>
    public static string OutputOf(ContainerResult result)
    {
        var seen = $"exit code {result.ExitCode}\n{result.Output}\n{result.Error}\n{result.Console}".Trim();
        Require(result.ExitCode == 0, "The container's command failed.", seen);
        return result.Output;
    }

    /// <summary>The value of a line <c>key=value</c> in a container's output; empty without one.</summary>
    public static string Value(string output, string key) =>
        output
            .Split('\n')
            .Where(line => line.StartsWith($"{key}=", StringComparison.Ordinal))
            .Select(line => line[(key.Length + 1)..].Trim())
            .FirstOrDefault("");
}
