using ContainerHost.Errors;
using YamlDotNet.Core;

namespace ContainerHost.Labs;

/// <summary>What is wrong with a lab file, each with its place as compilers write it: <c>lab.yaml:3:5: ...</c>.</summary>
internal sealed class LabProblems(string file)
{
    private readonly List<(long Line, long Column, string Text)> _all = [];

    public bool Any => _all.Count > 0;

    public void Add(Mark at, string text) => _all.Add((at.Line, at.Column, text));

    /// <exception cref="InvalidInputException">There is any, in the order of their places.</exception>
    public void Throw()
    {
        if (Any)
            throw new InvalidInputException([
                .. _all.OrderBy(one => one.Line)
                    .ThenBy(one => one.Column)
                    .Select(one => $"{file}:{one.Line}:{one.Column}: {one.Text}")
                    .Distinct(),
            ]);
    }
}
