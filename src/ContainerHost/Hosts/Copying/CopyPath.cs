using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Hosts.Copying;

/// <summary>What is copied, from where to where: one of both paths is a host's, as NAME:/PATH.</summary>
internal sealed record CopyPath(HostName Host, string GuestPath, string LocalPath, bool IntoHost)
{
    /// <summary>Reads what was typed; every problem at once.</summary>
    /// <exception cref="InvalidInputException">It is not one path here and one in a host.</exception>
    public static CopyPath Read(string? from, string? to, HostName? name)
    {
        var problems = new List<string>();
        if (string.IsNullOrEmpty(from))
            problems.Add("--from-path must say what is copied: a path here, or NAME:/PATH in a host.");
        if (string.IsNullOrEmpty(to))
            problems.Add("--to-path must say where it goes: a path here, or NAME:/PATH in a host.");
        var (source, target) = (Split(from), Split(to));
        if (problems.Count == 0 && source is null == target is null)
            problems.Add(
                "--from-path and --to-path: one of them must be in a host, as NAME:/PATH, and the other here."
            );
        if ((source ?? target) is { } guest)
        {
            if (name is not null && guest.Host != name)
                problems.Add($"--name '{name}' is not the host of '{guest.Host}:{guest.Path}'.");
            if (!guest.Path.StartsWith('/') || guest.Path.Any(char.IsControl))
                problems.Add($"'{guest.Host}:{guest.Path}' is not valid: a path in a host begins with a slash.");
            if (problems.Count == 0)
                return new CopyPath(guest.Host, guest.Path, source is null ? from! : to!, source is null);
        }
        throw new InvalidInputException(problems);
    }

    // A name that contains a slash is a path's beginning; a letter alone is a drive of Windows.
    private static (HostName Host, string Path)? Split(string? typed)
    {
        var colon = typed?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > (OperatingSystem.IsWindows() ? 1 : 0) && HostName.TryParse(typed![..colon], out var host)
            ? (host, typed[(colon + 1)..])
            : null;
    }
}
