namespace ContainerHost.Specification.Yaml;

/// <summary>A kind of file that is written in YAML, as far as its reader must know it.</summary>
/// <param name="Option">How the file is given.</param>
/// <param name="Noun">What it is called, with its article.</param>
/// <param name="Root">What it is, in words.</param>
/// <param name="InsteadOfAnchors">What else there is for what anchors are for, in half a sentence; empty for nothing.</param>
internal sealed record YamlFormat(string Option, string Noun, string Root, string InsteadOfAnchors = "")
{
    public static YamlFormat Lab { get; } =
        new(
            "--lab",
            "a lab file",
            "a map with 'version', 'name' and 'hosts'",
            "; 'defaults' holds what hosts have in common"
        );

    public static YamlFormat Host { get; } =
        new("--spec", "a host's file", "a map of parameters, such as 'memory: 4GiB'");
}
