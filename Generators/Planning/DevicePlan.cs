using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>Says in words what a selection does on a device.</summary>
internal static class DevicePlan
{
    /// <summary>One sentence per step, or why there is no kernel.</summary>
    public static IEnumerable<string> Steps(PolicyPlan plan)
    {
        if (DeviceSupport.Obstacle(plan) is { } obstacle)
        {
            yield return $"No kernel, the CPU plan chooses: {obstacle}.";
            yield break;
        }

        int row = 8 + ((plan.Model.SinglePrecision ? 4 : 8) * plan.SelectionColumns);
        string columns = plan.SelectionColumns == 0 ? "" : $"{List(plan.Columns.Take(plan.SelectionColumns).Select(column => column.Name))} and ";
        yield return $"Kept on the device: {columns}the creation number, {row} bytes per node; 24 more once several victims are chosen at a time.";
        yield return $"Update: changed rows go over in one copy, {8 * (plan.SelectionColumns + 2)} bytes each, and one launch writes them.";
        string[] scaled = [.. plan.Terms.Where(term => term.Normalized).Select(term => term.Name)];
        if (scaled.Length > 0)
        {
            yield return $"Extremes of {List(scaled)}: one launch.";
        }

        int orders = DeviceSupport.Scores(plan).Count();
        yield return $"One victim: one launch scores every candidate and keeps the lowest by {(orders > 1 ? $"{orders} scores" : "score")} and creation number.";
        if (DeviceSupport.IsBounded(plan))
        {
            yield return "Devices round some functions of the score differently, so it is computed as two bounds: two launches more gather every node that may be a victim, and the CPU ranks those exactly. No kernels of build time: ILGPU compiles these.";
        }

        if (DeviceSupport.Bound(plan) is not null)
        {
            yield return "From 524,288 nodes on, the least and greatest values of every 1,024 nodes are kept too: blocks whose bounds say enough are not read.";
        }

        yield return DeviceSupport.IsBounded(plan)
            ? "Several: one launch for the keys, then two per round that leaves one bin of 1,024."
            : "Several: one launch keeps what is below a guessed threshold; where the guess fails, one launch for the keys, then two per round that leaves one bin of 1,024.";
        yield return ReadsState(plan)
            ? "Scores read a policy state, which may change with each victim, so victims are chosen one at a time."
            : scaled.Length > 0
                ? $"Victims of one choice are used up as long as no extreme of {List(scaled)} leaves or comes; nodes that changed since are scored on the CPU."
                : "Victims of one choice are used up in one moment; nodes that changed since are scored on the CPU.";
    }

    private static bool ReadsState(PolicyPlan plan)
        => DeviceSupport.Formulas(plan).Any(formula => ExpressionTree.ReadsKind(formula, ReadKind.State));

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Length - 1))} and {all[all.Length - 1]}";
    }
}
