namespace Sample;

/// <summary>A component: targets and parameters that any build can have.</summary>
internal interface IGreet : INukeBuild
{
    [Parameter("Who is greeted")]
    string Person => TryGetValue(() => Person) ?? "world";

    [Parameter("Greets twice")]
    bool Twice => TryGetValue<bool?>(() => Twice) ?? false;

    Target Greet =>
        _ =>
            _.Description("Greets somebody")
                .Executes(async () =>
                {
                    await Task.Yield();
                    Log.Information("Hello, {Person}!", Person);
                    if (Twice)
                        Log.Information("Hello, {Person}!", Person);
                });
}
