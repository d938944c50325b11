using ContainerHost.Errors;
using ContainerHost.Specification.Yaml;

namespace ContainerHost.Specification;

/// <summary>The file of one host: its parameters by their names, in YAML of at most 1 MiB, as a lab file has them for its hosts.</summary>
public static class HostFile
{
    /// <summary>What a file asks for; paths in it are relative to its folder.</summary>
    /// <exception cref="InvalidInputException">Anything is wrong but the values; every problem, with its line and column.</exception>
    public static HostRequest Read(string path)
    {
        var problems = new YamlProblems(path);
        var root = new YamlFile(YamlFormat.Host, problems).Read();
        var request = root is null
            ? new HostRequest()
            : new FileParameters(Path.GetDirectoryName(Path.GetFullPath(path))!, problems).Read(
                FileParameters.Names,
                new YamlMap(root, problems, FileParameters.Names)
            );
        problems.Throw();
        return request;
    }
}
