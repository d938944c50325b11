using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ContainerHost.Targets.Hosting;

/// <summary>Standard output while a program reads it: what is printed goes to standard error, and only results are kept apart.</summary>
internal sealed class ProgramOutput(TextWriter log) : TextWriter
{
    // Around a result, so that nothing that an engine still holds back to mask secrets is taken for a part of it.
    private const char Begin = '\u0002';
    private const char End = '\u0003';
    private const nint StandardOutput = 1;

    // EPIPE of Linux and macOS; .NET hands it on as it is.
    private const int BrokenPipe = 32;

    [ThreadStatic]
    private static StringBuilder? _result;

    public override Encoding Encoding => log.Encoding;

    /// <summary>The text as it comes through all that an engine has put over the console, such as a mask of secrets.</summary>
    public static string Take(string text)
    {
        _result = new StringBuilder();
        try
        {
            Console.Out.Write($"{Begin}{text}{End}");
            var taken = $"{_result}";
            return taken[(taken.IndexOf(Begin, StringComparison.Ordinal) + 1)..taken.LastIndexOf(End)];
        }
        finally
        {
            _result = null;
        }
    }

    /// <summary>Writes to standard output itself, whatever stands before it.</summary>
    public static void Print(string text)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            output.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException failed)
        {
            Console.Error.WriteLine($"error: Could not print the result. Saw: {failed.Message}");
            if (Environment.ExitCode == 0)
                Environment.ExitCode = ContainerHost.Errors.ExitCodes.Unexpected;
        }
    }

    /// <summary>The same, piece by piece for as long as somebody reads; false once the reader is gone, which <see cref="Print"/> passes over.</summary>
    public static bool TryPrint(string text)
    {
        // .NET's own stream says nothing of it ("simply pretend we were successful", dotnet/runtime, ConsolePal.Unix.cs), and that of a file has a place of its own.
        if (!OperatingSystem.IsWindows())
            try
            {
                using var output = new SafeFileHandle(StandardOutput, ownsHandle: false);
                using var stream = new FileStream(output, FileAccess.Write, bufferSize: 0);
                if (!stream.CanSeek)
                {
                    stream.Write(Encoding.UTF8.GetBytes(text));
                    return true;
                }
            }
            catch (IOException failed)
            {
                if (failed.HResult == BrokenPipe)
                    return false;
            }
        Print(text);
        return true;
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value)
    {
        if (_result is { } result)
            result.Append(value);
        else
            TryLog(value);
    }

    private void TryLog(string? value)
    {
        try
        {
            log.Write(value);
        }
        // As in HeardErrors.
        catch (IOException) { }
    }

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush() => log.Flush();
}
