using System.Runtime.CompilerServices;

namespace Benchmarks;

/// <summary>A warm <c>./build.sh --help</c> against <c>dotnet --version</c>.</summary>
internal sealed class HelpBenchmark : IBenchmark
{
    public string Id => "help";

    public async IAsyncEnumerable<Row> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Tool.BuildAsync(cancellationToken, "--help");
        var (ours, yardstick) = await Measure.InTurnAsync(
            7,
            () => Tool.BuildAsync(cancellationToken, "--help"),
            () => Tool.RunAsync(cancellationToken, "dotnet", "--version")
        );
        yield return Row.Difference("warm ./build.sh --help against dotnet --version", ours, yardstick, "within 0.5 s");
    }
}
