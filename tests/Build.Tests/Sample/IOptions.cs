namespace Sample;

/// <summary>What the tests say to the sample build.</summary>
internal interface IOptions : INukeBuild
{
    [Parameter("Which colour")]
    ConsoleColor Colour => TryGetValue<ConsoleColor?>(() => Colour) ?? ConsoleColor.Blue;

    [Parameter("A word nobody may see"), Secret]
    string? Password => TryGetValue(() => Password);

    [Parameter("Where to fail")]
    string? FailIn => TryGetValue(() => FailIn);

    [Parameter("Prints the result for programs")]
    bool Json => TryGetValue<bool?>(() => Json) ?? false;

    [Parameter("Sets the exit code")]
    string? Code => TryGetValue(() => Code);

    [Parameter("A size", ValueProviderMember = nameof(Sizes))]
    string? Size => TryGetValue(() => Size);

    IEnumerable<string> Sizes => ["Small", "Large"];
}
