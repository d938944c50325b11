namespace Nuke.Common.Execution;

/// <summary>The plan as a text: what <c>--plan</c> prints.</summary>
internal static class PlanText
{
    public static string Of(IReadOnlyCollection<ExecutableTarget> plan)
    {
        var numberWidth = $"{plan.Count}".Length;
        var nameWidth = plan.Max(target => target.Name.Length);
        var lines = plan.Select(
            (target, index) =>
                $"  {$"{index + 1}".PadLeft(numberWidth)}. {target.Name.PadRight(nameWidth)}{Why(target, plan)}".TrimEnd()
        );
        return string.Join('\n', lines.Prepend("The plan, in order:")) + "\n";
    }

    private static string Why(ExecutableTarget target, IReadOnlyCollection<ExecutableTarget> plan)
    {
        var reasons = new List<string>();
        Add("<- ", target.ExecutionDependencies);
        Add("after ", target.OrderDependencies);
        Add("triggered by ", target.TriggerDependencies);
        if (target.Status == ExecutionStatus.Skipped)
            reasons.Add($"skipped: {target.Skipped}");
        return string.Concat(reasons.Select(reason => $"  {reason}"));

        void Add(string word, IEnumerable<ExecutableTarget> targets)
        {
            var names = targets.Where(plan.Contains).Select(other => other.Name).ToList();
            if (names.Count > 0)
                reasons.Add(word + string.Join(", ", names));
        }
    }
}
