using System.Text;
using ContainerHost.Guests;
using ContainerHost.Specification;
using ContainerHost.Waiting;

namespace ContainerHost.Verification.Checks;

/// <summary>Runs a check of the user's own as the guest's administrator: exit code 0 passes, and what it prints is the evidence.</summary>
internal static class OwnCheckRun
{
    private const int Kept = 64 * 1024;
    private const int LastLines = 5;

    public static Check Of(OwnCheck own) =>
        new(
            own.Name,
            $"Your own check '{own.Name}' ends with exit code 0",
            (context, token) => RunAsync(own, context, token)
        );

    private static async Task<string> RunAsync(OwnCheck own, CheckContext context, CancellationToken cancellationToken)
    {
        var seen = new StringBuilder();
        var last = new Queue<string>();
        long cut = 0;
        var name = context.Spec.Windows is null ? own.Name : $"{own.Name}.ps1";
        var end = await context.Shell.RunAsync(
            context.System,
            new UserScript(name, own.Script),
            asUser: false,
            TimeLimits.GuestCommand,
            Keep,
            cancellationToken
        );
        if (cut > 0)
            seen.Append(System.Globalization.CultureInfo.InvariantCulture, $"[cut here: {cut} characters more]");
        var evidence = seen.ToString().TrimEnd();
        Evidence.Require(
            end.Succeeded,
            $"It ended with {end}.\n{string.Join('\n', last)}".TrimEnd(),
            $"{end}\n{evidence}"
        );
        return evidence;

        void Keep(string line)
        {
            var room = Math.Max(0, Math.Min(line.Length + 1, Kept - seen.Length));
            seen.Append($"{line}\n".AsSpan(0, room));
            cut += line.Length + 1 - room;
            last.Enqueue(line.Length > 500 ? line[..500] : line);
            if (last.Count > LastLines)
                last.Dequeue();
        }
    }
}
