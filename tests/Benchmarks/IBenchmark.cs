namespace Benchmarks;

/// <summary>Something that is aimed at, measured against its yardstick.</summary>
internal interface IBenchmark
{
    string Id { get; }

    IAsyncEnumerable<Row> RunAsync(CancellationToken cancellationToken);
}
