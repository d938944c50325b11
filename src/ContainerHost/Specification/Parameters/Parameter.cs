namespace ContainerHost.Specification.Parameters;

/// <summary>
/// A parameter of a host, declared once as a row of <see cref="HostParameters"/>: what is typed, refused, kept, compared, fingerprinted and
/// documented follows from it.
/// </summary>
internal sealed record Parameter
{
    /// <summary>The name as it is typed after two hyphens, such as <c>disk-size</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for, in a sentence without its default.</summary>
    public required string Words { get; init; }

    /// <summary>What counts when it is not given, in words; null where that goes without saying.</summary>
    public string? Default { get; init; }

    /// <summary>What it may be, in words; empty where <see cref="Words"/> say it.</summary>
    public string Allowed { get; init; } = "";

    /// <summary>The values to choose from; null where others are allowed too.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    public Audience For { get; init; } = Audience.Any;
    public required Change Change { get; init; }

    /// <summary>True for a secret, which is neither kept nor shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True for one that is given without a value.</summary>
    public bool IsFlag { get; init; }

    /// <summary>The whole sentence for <c>--help</c>.</summary>
    public string Help => Default is null ? Words : $"{Words} - default is {Default}";

    /// <summary>What no value is called where two hosts are compared.</summary>
    public string None { get; init; } = "none";

    /// <summary>True for one that other hosts pass over instead of refusing it, since pipelines set it once for all.</summary>
    public bool IsIgnoredElsewhere { get; init; }

    /// <summary>True for a path or URL: names, passwords and queries of an address may be keys, and are not shown.</summary>
    public bool IsAddress { get; init; }

    /// <summary>True for a path of this machine, perhaps a URL instead: a file has it as the file sees it.</summary>
    public bool IsPath { get; init; }

    /// <summary>True for several, typed with commas between: a file has them as a list.</summary>
    public bool IsList { get; init; }

    /// <summary>The environment variable that it is taken from.</summary>
    public string Variable => $"NUKE_{Name.Replace('-', '_').ToUpperInvariant()}";

    /// <summary>Puts what was typed into a spec, and tells what is wrong with it; null for one that is read before all others.</summary>
    public Func<HostSpec, string, List<string>, HostSpec>? Read { get; init; }

    /// <summary>The value in a spec as text; null for none, and for what no spec keeps.</summary>
    public Func<HostSpec, string?> Value { get; init; } = _ => null;

    /// <summary>What of the value makes a difference to what was made; the value itself where null.</summary>
    public Func<HostSpec, string?>? Mark { get; init; }

    /// <summary>What is wrong with the value that a spec has, typed now or kept.</summary>
    public Func<HostSpec, IEnumerable<string>> Check { get; init; } = _ => [];
}
