using Spectre.Console;

namespace Squelch.Tool;

/// <summary>The answer to a replay, then its tables.</summary>
internal static class ComparisonReport
{
    /// <summary>Writes, for each trace in the order of the outcomes, what they say in sentences, and one table per capacity.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="outcomes">All that was replayed.</param>
    /// <param name="shown">Which rows of long tables.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<ReplayOutcome> outcomes, ShownRows shown)
    {
        IGrouping<Trace, ReplayOutcome>[] traces = [.. outcomes.GroupBy(outcome => outcome.Cell.Trace, (IEqualityComparer<Trace>)ReferenceEqualityComparer.Instance)];
        foreach (IGrouping<Trace, ReplayOutcome> trace in traces)
        {
            string about = traces.Length > 1 ? $"{trace.Key.Name}: " : "";
            foreach (string sentence in ReplayAnswer.Of([.. trace]))
            {
                console.WriteNote(about + sentence);
            }

            if (trace.Key.PartialBlocks is { Count: > 0 } partial)
            {
                console.WriteNote($"{about}{partial}");
            }

            // A trace's tables have the same columns, whatever is empty in one of them.
            IReadOnlyList<EqualPolicies> policies = EqualPolicies.Of(trace);
            ComparisonColumn[] columns = [.. ComparisonColumn.Of(new(trace.Key)).Where(column => trace.Any(outcome => column.Text(outcome).Length > 0))];
            foreach (var at in trace.GroupBy(outcome => outcome.Cell.CapacityBytes))
            {
                console.WriteLine();
                new ComparisonTable(policies, [.. at], columns, shown).Write(console);
            }

            console.WriteLine();
        }
    }
}
