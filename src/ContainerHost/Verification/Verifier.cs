using ContainerHost.Errors;
using ContainerHost.Progress;
using ContainerHost.Verification.Checks;
using Serilog;

namespace ContainerHost.Verification;

/// <summary>Runs checks one after another; one that fails keeps none of the others from running.</summary>
internal sealed class Verifier(TimeProvider time, ILogger log)
{
    /// <summary>Where what is checked can be seen; nobody looks by default.</summary>
    public ProgressBoard Progress { get; init; } = new(time);

    public Task<IReadOnlyList<CheckResult>> RunAsync(
        IReadOnlyList<Check> checks,
        CheckContext context,
        CancellationToken cancellationToken
    ) => Progress.RunAsync("check", step => RunAsync(step, checks, context, cancellationToken));

    private async Task<IReadOnlyList<CheckResult>> RunAsync(
        ProgressStep step,
        IReadOnlyList<Check> checks,
        CheckContext context,
        CancellationToken cancellationToken
    )
    {
        var results = new List<CheckResult>();
        foreach (var check in checks)
        {
            step.Detail = new StepDetail
            {
                Stage = check.Title,
                Done = results.Count,
                Total = checks.Count,
                Unit = "checks",
                ToCome = [.. checks.Skip(results.Count + 1).Select(other => other.Title)],
            };
            var result = await RunAsync(check, context, cancellationToken);
            results.Add(result);
            if (result.Passed)
                log.Information("  passed  {Check}: {Title} ({Seconds:0.0} s)", check.Id, check.Title, Seconds(result));
            else
                log.Error(
                    "  FAILED  {Check}: {Title} ({Seconds:0.0} s)\n{Problem}",
                    check.Id,
                    check.Title,
                    Seconds(result),
                    result.Problem
                );
        }
        return results;
    }

    private async Task<CheckResult> RunAsync(Check check, CheckContext context, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var evidence = check.WatchesGuest
                ? await check.RunAsync(context, cancellationToken)
                : await context.Attend(token => check.RunAsync(context, token), cancellationToken);
            return Result(check, started, evidence, problem: null);
        }
        catch (CheckFailedException failed)
        {
            return Result(check, started, failed.Evidence, failed.Message);
        }
        catch (ContainerHostException failed)
        {
            return Result(check, started, failed.Saw, failed.Message);
        }
        catch (Exception unexpected) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever one check runs into, the others' findings are worth having.
            return Result(check, started, unexpected.ToString(), $"The check itself failed: {unexpected.Message}");
        }
    }

    private CheckResult Result(Check check, long started, string evidence, string? problem) =>
        new()
        {
            Id = check.Id,
            Title = check.Title,
            Passed = problem is null,
            DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
            Evidence = evidence,
            Problem = problem,
        };

    private static double Seconds(CheckResult result) => result.DurationMs / 1000.0;
}
