namespace Nuke.Common.Execution;

/// <summary>The plan as a text: what <c>--plan</c> prints.</summary>
internal static class PlanText
{
    public static string Of(IReadOnlyList<ExecutableTarget> plan)
    {
        var numberWidth = $"{plan.Count}".Length;
        var nameWidth = plan.Max(target => target.Name.Length);
        var lines = plan.Select(
            (target, index) =>
                $"  {$"{index + 1}".PadLeft(numberWidth)}. {target.Name.PadRight(nameWidth)}{Why(target, plan)}".TrimEnd()
        );
        return string.Join('\n', lines.Prepend("The plan, in order:")) + "\n";
    }

    private static string Why(ExecutableTarget target, IReadOnlyList<ExecutableTarget> plan)
    {
        return Others("<- ", target.ExecutionDependencies)
            + Others("after ", target.OrderDependencies)
            + (target.Status == ExecutionStatus.Skipped ? $"  skipped: {target.Skipped}" : "");

        string Others(string word, IEnumerable<ExecutableTarget> targets)
        {
            var names = string.Join(", ", targets.Where(plan.Contains));
            return names.Length == 0 ? "" : $"  {word}{names}";
        }
    }
}
