using ContainerHost.Specification.Yaml;

namespace ContainerHost.Specification;

/// <summary>Where what is asked for a parameter comes from: in words, and its place where that is a file.</summary>
internal sealed record ParameterOrigin(string Words, FilePlace? Place = null)
{
    /// <summary>The words for what was typed for this run.</summary>
    public const string CommandLine = "command line";

    public static ParameterOrigin In(FilePlace place) =>
        new($"{Path.GetFileName(place.File)} line {place.Line}", place);
}
