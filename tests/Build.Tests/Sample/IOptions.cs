namespace Sample;

/// <summary>What the tests say to the sample build.</summary>
internal interface IOptions : INukeBuild
{
    [Parameter("Which colour")]
    ConsoleColor Colour => TryGetValue<ConsoleColor?>(() => Colour) ?? ConsoleColor.Blue;

    [Parameter("Where to fail")]
    string? FailIn => TryGetValue(() => FailIn);

    [Parameter("Sets the exit code")]
    string? Code => TryGetValue(() => Code);

    [Parameter("A size", ValueProviderType = typeof(IOptions), ValueProviderMember = nameof(Sizes))]
    string? Size => TryGetValue(() => Size);

    IEnumerable<string> Sizes => ["Small", "Large"];
}
