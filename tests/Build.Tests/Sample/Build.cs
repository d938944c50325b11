using System.Text.Json;

namespace Sample;

internal sealed class Build : NukeBuild, IGreet
{
    [Parameter("Which colour")]
    public Colour Colour { get; } = Colour.Blue;

    [Parameter("Which colours, if several")]
    public Colour[] Colours { get; } = [];

    [Parameter("Words to say", Separator = ",")]
    public string[] Words { get; } = ["one", "two"];

    [Parameter("Where to write")]
    public AbsolutePath OutputDirectory { get; } = RootDirectory / "out";

    [Parameter("A word nobody may see"), Secret]
    public string? Password { get; }

    [Parameter("Where to fail")]
    public string? FailIn { get; }

    [Parameter("Prints the result for programs")]
    public bool Json { get; }

    [Parameter("Sets the exit code")]
    public int? Code { get; }

    [Parameter("A size", ValueProviderMember = nameof(Sizes))]
    public string? Size { get; }

    [Parameter("Whether Optional runs")]
    public bool WithOptional { get; }

    private static IEnumerable<string> Sizes => ["Small", "Large"];

    private Target Prepare => _ => _.Description("Prepares everything").Executes(() => Work(nameof(Prepare)));

    private Target Compile => _ => _.Description("Compiles").DependsOn(Prepare).Executes(() => Work(nameof(Compile)));

    private Target Optional =>
        _ => _.DependsOn(Prepare).OnlyWhenDynamic(() => WithOptional).Executes(() => Work(nameof(Optional)));

    private Target Fragile => _ => _.ProceedAfterFailure().DependsOn(Prepare).Executes(() => Work(nameof(Fragile)));

    private Target CleanUp =>
        _ => _.Unlisted().AssuredAfterFailure().TriggeredBy(Compile).Executes(() => Work(nameof(CleanUp)));

    private Target Test =>
        _ => _.Description("Tests").DependsOn(Compile, Optional).DependsOn<IGreet>().Executes(() => Work(nameof(Test)));

    private Target Robust => _ => _.DependsOn(Fragile).Executes(() => Work(nameof(Robust)));

    private Target Report =>
        _ => _.Triggers(Notify).Executes(() => Console.WriteLine(JsonSerializer.Serialize(new { ok = true })));

    private Target Notify => _ => _.Executes(() => Work(nameof(Notify)));

    private Target Needy =>
        _ => _.Requires(() => Size).Requires(() => Words.Length > 0).Executes(() => Work(nameof(Needy)));

    private Target Leak =>
        _ =>
            _.Executes(() =>
            {
                Log.Information("The password is {Password}", Password);
                Console.WriteLine($"Plain: {Password}");
                Console.Error.WriteLine($"Error: {Password}");
                foreach (var letter in Password ?? "")
                    Console.Write(letter);
                throw new InvalidOperationException($"Login with {Password} failed");
            });

    private Target Show =>
        _ =>
            _.Executes(() =>
            {
                Log.Information("Colour {Colour} of {Colours}", $"{Colour}", string.Join('+', Colours));
                Log.Information("Words {Words} into {Output}", string.Join('+', Words), $"{OutputDirectory}");
                Log.Information("Root {Root}, host {Host}", $"{RootDirectory}", $"{Host}");
                Log.Debug("debugging");
                Log.Verbose("whispering");
                Log.Warning("warning");
            });

    private Target Cancel => _ => _.Executes(() => throw new OperationCanceledException("Somebody pressed Ctrl-C"));

    public static int Main() => Execute<Build>(build => build.Test);

    private void Work(string target)
    {
        Log.Information("{Target} at work", target);
        if (FailIn != target)
            return;
        ExitCode = Code;
        throw new InvalidOperationException($"{target} broke");
    }
}
