using ContainerHost.Errors;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Verification.Checks;

/// <summary>Which of a host's checks are run: those that <c>--checks</c> names, by default all, and of a clone the quick ones.</summary>
internal sealed class CheckSelection
{
    private const string All = "All";
    private const string Quick = "Quick";

    // Whose it is, that it has a runtime, and that this runs containers of both kinds.
    private static readonly string[] QuickOnes =
    [
        "login",
        "address",
        "identity",
        "runtime",
        "image",
        "process-isolation",
        "vm-isolation",
    ];

    // These run the image that "image" builds.
    private static readonly string[] OfTheImage =
    [
        "process-isolation",
        "vm-isolation",
        "shared-folder",
        "container-world",
        "life-cycle",
        "reboot",
    ];

    private readonly HashSet<string>? _ids;

    private CheckSelection(HashSet<string>? ids) => _ids = ids;

    public static CheckSelection Everything { get; } = new(null);

    /// <summary>Reads a list of ids of checks that the host has, and groups, separated by commas, whatever their case; null is the default.</summary>
    /// <exception cref="InvalidInputException">A word is neither a group nor the id of a check that the host has; every such word is told.</exception>
    public static CheckSelection Read(string? text, IReadOnlyCollection<string> has, bool isClone)
    {
        var words = (text ?? (isClone ? Quick : All)).Split(',', StringSplitOptions.TrimEntries);
        string[] allowed = [All, Quick, .. has];
        var problems = words
            .Where(word => !allowed.Contains(word, StringComparer.OrdinalIgnoreCase))
            .Select(word => Problem.OfChoice("checks", word, allowed))
            .ToList();
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        if (words.Contains(All, StringComparer.OrdinalIgnoreCase))
            return Everything;
        // What users check of their own they want to know of every host.
        string[] quickly = [.. QuickOnes, .. has.Except(OwnCheck.Taken)];
        var ids = words
            .SelectMany(word => word.Equals(Quick, StringComparison.OrdinalIgnoreCase) ? quickly : [word])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (ids.Overlaps(OfTheImage))
            ids.Add("image");
        return new CheckSelection(ids);
    }

    public bool Has(Check check) => _ids?.Contains(check.Id) != false;
}
