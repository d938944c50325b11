using System.Globalization;

namespace ContainerHost.Files;

/// <summary>Why a file cannot be made or written: whose it is, or which link leads nowhere.</summary>
internal static class FileOwner
{
    /// <summary>One sentence on the nearest part of the path that explains it, or null when none does.</summary>
    public static string? Explain(string path, Exception refusal)
    {
        for (var part = Path.GetFullPath(path); part is not null; part = Path.GetDirectoryName(part))
        {
            // Path.Exists says that a link is there, wherever it leads.
            if (
                new FileInfo(part) is { LinkTarget: { } target } link
                && !Path.Exists(link.ResolveLinkTarget(returnFinalTarget: true)?.FullName)
            )
                return $"{part} is a link to {target}, which is not there";
            if (Path.Exists(part))
                return refusal is UnauthorizedAccessException && Of(part) is { } owner && owner != Environment.UserName
                    ? $"{part} belongs to {owner}, and {Environment.UserName} may not write there"
                    : null;
        }
        return null;
    }

    /// <summary>The owner's name, or number where it has none here; null where the system does not tell.</summary>
    public static string? Of(string path)
    {
        if (FileStatus.OwnerOf(path) is not { } id)
            return null;
        var number = id.ToString(CultureInfo.InvariantCulture);
        return File.ReadLines("/etc/passwd")
                .Select(line => line.Split(':'))
                // Lines of NIS, such as "+", have no number.
                .FirstOrDefault(user => user is [_, _, var one, ..] && one == number)
                ?[0]
            ?? $"user {number}";
    }
}
