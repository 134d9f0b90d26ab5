using Spectre.Console;

namespace Squelch.Tool;

/// <summary>One table per trace and capacity.</summary>
internal static class ComparisonReport
{
    /// <summary>Writes the tables in the order of the outcomes.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ReplayOutcome> outcomes)
    {
        foreach (var group in outcomes.GroupBy(o => (o.Cell.Trace, o.Cell.CapacityBytes), new ByTraceAndCapacity()))
        {
            console.WriteTable(ComparisonTable.Of(console.Profile.Width, [.. group]));
        }
    }
}
