using System.ComponentModel;

namespace Sample;

/// <summary>A component: targets and parameters that any build can have.</summary>
[Description("Greets")]
internal interface IGreet : INukeBuild
{
    [Parameter("Who is greeted")]
    string Person => TryGetValue(() => Person) ?? "world";

    [Parameter("How often")]
    int Times => TryGetValue<int?>(() => Times) ?? 1;

    Target Greet =>
        _ =>
            _.Description("Greets somebody")
                .Executes(async () =>
                {
                    await Task.Yield();
                    for (var i = 0; i < Times; i++)
                        Log.Information("Hello, {Person}!", Person);
                });
}
