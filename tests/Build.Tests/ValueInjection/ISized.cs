using Nuke.Common;

namespace Build.Tests.ValueInjection;

internal interface ISized : INukeBuild
{
    [Parameter("How big")]
    string DiskSize => TryGetValue(() => DiskSize) ?? "20GiB";

    [Parameter("How many", Name = "Count")]
    int Number => TryGetValue<int?>(() => Number) ?? 2;
}
