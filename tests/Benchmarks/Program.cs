using Benchmarks;

// Whole processes are measured, seconds long, each side in turn in one run (docs/adr/0012). Arguments name what to run; all by default.
IBenchmark[] all =
[
    new HelpBenchmark(),
    new ColdBenchmark(),
    new DownloadBenchmark(),
    new BootBenchmark(),
    new VerifyBenchmark(),
    new CloneBenchmark(),
    new ForwardBenchmark(),
    new MountBenchmark(),
    new RivalsBenchmark(),
];
var wanted = args.Length == 0 ? all : [.. all.Where(one => args.Contains(one.Id))];
using var cancelled = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancelled.Cancel();
};
Console.WriteLine($"{"what", -62}{"ours", 12}{"yardstick", 12}{"compared", 12}  aim");
foreach (var benchmark in wanted)
{
    await foreach (var row in benchmark.RunAsync(cancelled.Token))
        Console.WriteLine($"{row.What, -62}{row.Ours, 12}{row.Yardstick, 12}{row.Compared, 12}  {row.Aim}");
}
