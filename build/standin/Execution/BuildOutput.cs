using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>What the engine itself prints, apart from the log.</summary>
internal sealed class BuildOutput : IDisposable
{
    private const int Width = 80;

    private readonly TextWriter _standardOutput = Console.Out;
    private readonly TextWriter _standardError = Console.Error;
    private readonly List<MaskingWriter> _masks = [];

    public BuildOutput(SecretMask mask, bool toStandardError)
    {
        if (!mask.IsEmpty)
        {
            Console.SetOut(Mask(Console.Out, mask));
            Console.SetError(Mask(Console.Error, mask));
        }
        ToStandardError = toStandardError;
    }

    /// <summary>Whether standard output is left to the targets, for a result that a program reads.</summary>
    public bool ToStandardError { get; }

    public TextWriter Writer => ToStandardError ? Console.Error : Console.Out;

    private static bool IsQuiet => NukeBuild.Verbosity > Verbosity.Normal;

    public static void Problems(Exception error)
    {
        foreach (var problem in error is InputException input ? input.Problems : [error.Message])
            Console.Error.WriteLine($"error: {problem}");
        if (error is InputException)
            Console.Error.WriteLine("Nothing was done; '--help' shows all targets and parameters.");
        else if (NukeBuild.Verbosity == Verbosity.Verbose)
            Console.Error.WriteLine(error);
    }

    public void Logo()
    {
        if (!IsQuiet)
            Writer.WriteLine($"Stand-in build engine {typeof(BuildOutput).Assembly.GetName().Version?.ToString(3)}");
    }

    public void Banner(ExecutableTarget target, IReadOnlyList<ExecutableTarget> plan)
    {
        if (IsQuiet)
            return;
        var position = plan.TakeWhile(other => other != target).Count() + 1;
        var title = $"── {target.Name} ({position} of {plan.Count}) ";
        Writer.WriteLine();
        Writer.WriteLine(title.PadRight(Width, '─'));
    }

    public void Dispose()
    {
        foreach (var mask in _masks)
            mask.Complete();
        if (_masks.Count == 0)
            return;
        Console.SetOut(_standardOutput);
        Console.SetError(_standardError);
    }

    private MaskingWriter Mask(TextWriter inner, SecretMask mask)
    {
        var writer = new MaskingWriter(inner, mask);
        _masks.Add(writer);
        return writer;
    }
}
