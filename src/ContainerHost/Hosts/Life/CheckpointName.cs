using System.Globalization;
using System.Text.RegularExpressions;
using ContainerHost.Errors;

namespace ContainerHost.Hosts.Life;

/// <summary>Names of checkpoints: plain file names that nobody takes for a number, by which qemu-img(1) would find another.</summary>
internal static partial class CheckpointName
{
    private const string Allowed = "1 to 64 letters, digits, dots, hyphens and underscores, starting with a letter";

    /// <exception cref="InvalidInputException">It is none.</exception>
    public static string Require(string name) =>
        Plain().IsMatch(name)
            ? name
            : throw new InvalidInputException([$"--checkpoint-name '{name}' is not valid. Allowed: {Allowed}."]);

    /// <summary>That of one for which no name was given.</summary>
    public static string At(DateTimeOffset now) => now.ToString("'at'-yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Plain();
}
