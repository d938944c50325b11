using System.Globalization;

namespace Sample;

internal sealed class Build : NukeBuild, IOptions, IGreet
{
    private IOptions Options => this;

    private Target Prepare => _ => _.Description("Prepares everything").Executes(() => Work(nameof(Prepare)));

    private Target Compile => _ => _.Description("Compiles").DependsOn(Prepare).Executes(() => Work(nameof(Compile)));

    private Target Test =>
        _ =>
            _.Description("Tests")
                .DependsOn(Compile)
                .DependsOn<IGreet>(x => x.Greet)
                .Executes(() => Work(nameof(Test)));

    private Target Show =>
        _ =>
            _.Executes(() =>
            {
                Log.Information("Colour {Colour}, size {Size}", $"{Options.Colour}", Options.Size);
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
        if (Options.FailIn != target)
            return;
        ExitCode = Options.Code is { } code ? int.Parse(code, CultureInfo.InvariantCulture) : null;
        throw new InvalidOperationException($"{target} broke");
    }
}
