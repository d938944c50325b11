using ContainerHost.Errors;
using YamlDotNet.Core;

namespace ContainerHost.Specification.Yaml;

/// <summary>What is wrong with a file, each with its place as compilers write it: <c>host.yaml:3:5: ...</c>.</summary>
internal sealed class YamlProblems(string file)
{
    private readonly List<(FilePlace At, string Text)> _all = [];

    /// <summary>The file, as problems name it.</summary>
    public string File => file;

    public bool Any => _all.Count > 0;

    public void Add(Mark at, string text) => Add(Place(at), text);

    public void Add(FilePlace at, string text) => _all.Add((at, text));

    /// <summary>The same place with its file; an empty file has but one.</summary>
    public FilePlace Place(Mark at) => new(file, Math.Max(at.Line, 1), Math.Max(at.Column, 1));

    /// <exception cref="InvalidInputException">There is any, in the order of their places.</exception>
    public void Throw()
    {
        if (Any)
            throw new InvalidInputException([
                .. _all.OrderBy(one => one.At.Line)
                    .ThenBy(one => one.At.Column)
                    .Select(one => $"{one.At}: {one.Text}")
                    .Distinct(),
            ]);
    }
}
