using Serilog;

namespace Nuke.Common.Execution;

/// <summary>Runs a plan, target by target, until one fails.</summary>
internal sealed class BuildExecutor(IReadOnlyList<ExecutableTarget> plan, BuildLog log)
{
    public void Run()
    {
        ExecutableTarget? stoppedBy = null;
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
        {
            if (stoppedBy is not null)
                (target.Status, target.Skipped) = (ExecutionStatus.NotRun, $"{stoppedBy} did not succeed");
            else if (!Succeeds(target))
                stoppedBy = target;
        }
    }

    private bool Succeeds(ExecutableTarget target)
    {
        log.Enter(target);
        BuildOutput.Banner(target, plan);
        target.Stopwatch.Start();
        try
        {
            foreach (var action in target.Actions)
                action().GetAwaiter().GetResult();
            target.Status = ExecutionStatus.Succeeded;
            return true;
        }
        catch (Exception error)
        {
            target.Status = Told(target, error);
            return false;
        }
        finally
        {
            target.Stopwatch.Stop();
            log.Leave();
        }
    }

    private static ExecutionStatus Told(ExecutableTarget target, Exception error)
    {
        // A client's own time limit comes as a cancellation too, and is none.
        if (error is OperationCanceledException { InnerException: not TimeoutException })
        {
            // Cancelled on purpose: where it happened is of no interest to anybody.
            Log.Error("{Target} was cancelled: {Message}", target.Name, error.Message);
            return ExecutionStatus.Aborted;
        }
        Log.Error(error, "{Target} failed: {Message}", target.Name, error.Message);
        return ExecutionStatus.Failed;
    }
}
