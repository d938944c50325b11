using System.Text.RegularExpressions;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Tests.Specification;

/// <summary>Requests as they are typed: <c>--memory 2GiB --locked</c>, with quotes around what has blanks.</summary>
internal static partial class Typed
{
    public static HostRequest Request(string line) => new HostRequest().Also(line);

    /// <summary>The same request with more that is typed.</summary>
    public static HostRequest Also(this HostRequest request, string line)
    {
        var words = Words().Matches(line).Select(word => word.Value.Trim('\'')).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var row = HostParameters.Find(words[i]);
            request = request.With(row.Name, row.IsFlag ? "true" : words[++i]);
        }
        return request;
    }

    public static HostSpec Spec(string line) => Request(line).ToSpec();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();
}
