namespace ContainerHost.Specification.Yaml;

/// <summary>A place in a file, both counted from 1, written as compilers write it: <c>host.yaml:3:5</c>.</summary>
internal sealed record FilePlace(string File, long Line, long Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
