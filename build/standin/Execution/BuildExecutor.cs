using System.Reflection;
using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Runs a plan, target by target.</summary>
internal sealed class BuildExecutor(NukeBuild build, BuildLog log, AttemptFile attempt, BuildOutput output)
{
    private ExecutableTarget? _stoppedBy;

    public void Run(IReadOnlyCollection<string> done)
    {
        foreach (var target in build.ExecutionPlan)
        {
            if (_stoppedBy is not null && !target.AssuredAfterFailure)
                continue;
            if (done.Contains(target.Name) && target.Status == ExecutionStatus.Scheduled)
                (target.Status, target.Skipped) = (ExecutionStatus.Skipped, "done by the attempt before");
            Run(target);
        }
        foreach (var target in build.ScheduledTargets)
            (target.Status, target.Skipped) = (ExecutionStatus.NotRun, $"{_stoppedBy} did not succeed");
    }

    private void Run(ExecutableTarget target)
    {
        log.Enter(target);
        try
        {
            if (
                target.Status == ExecutionStatus.Scheduled
                && Skipping.Violated(target.DynamicConditions) is { } condition
            )
                Skipping.Skip(build.ExecutionPlan, target, condition);
            if (target.Status == ExecutionStatus.Skipped)
                build.OnTargetSkipped(target.Name);
            else if (target.Actions.Count == 0)
                target.Status = ExecutionStatus.Collective;
            else
                Act(target);
        }
        catch (Exception error)
        {
            Fail(target, error is TargetInvocationException { InnerException: { } inner } ? inner : error);
        }
        finally
        {
            target.Stopwatch.Stop();
            log.Leave();
        }
    }

    private void Act(ExecutableTarget target)
    {
        output.Banner(target, build.ExecutionPlan);
        target.Status = ExecutionStatus.Running;
        target.Stopwatch.Start();
        build.OnTargetRunning(target.Name);
        foreach (var action in target.Actions)
            action().GetAwaiter().GetResult();
        target.Status = ExecutionStatus.Succeeded;
        attempt.Add(target.Name);
        build.OnTargetSucceeded(target.Name);
    }

    private void Fail(ExecutableTarget target, Exception error)
    {
        // A client's own time limit comes as a cancellation too, and is none.
        if (error is OperationCanceledException { InnerException: not TimeoutException })
        {
            target.Status = ExecutionStatus.Aborted;
            // Cancelled on purpose: where it happened is of no interest to anybody.
            Log.Error("{Target} was cancelled: {Message}", target.Name, error.Message);
        }
        else
        {
            target.Status = ExecutionStatus.Failed;
            Log.Error(error, "{Target} failed: {Message}", target.Name, error.Message);
        }
        if (!target.ProceedAfterFailure || target.Status == ExecutionStatus.Aborted)
            _stoppedBy ??= target;
        build.OnTargetFailed(target.Name);
    }
}
