using ContainerHost.Errors;

namespace ContainerHost.Hosts;

/// <summary>A log of a host, as plain text: what it is of, and its end.</summary>
public sealed record HostLog(string Name, string Text)
{
    internal const string Serial = "serial";
    internal const string Provisioning = "provision";

    /// <summary>
    /// What <c>--log</c> takes; the first is the one that is followed by default. Linux guests have no events, and Windows guests neither cloud-init
    /// nor runtime.
    /// </summary>
    public static IReadOnlyList<string> Choices { get; } = [Serial, "cloud-init", "runtime", Provisioning, "events"];

    /// <summary>Checks what was chosen before anything is touched.</summary>
    /// <exception cref="InvalidInputException">There is no such log.</exception>
    internal static string RequireChoice(string log) =>
        Choices.FirstOrDefault(known => known.Equals(log, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidInputException([$"--log '{log}' is not known. Allowed: {string.Join(", ", Choices)}."]);
}
