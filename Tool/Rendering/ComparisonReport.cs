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
            console.Write(ComparisonTable.Of(console.Profile.Width, [.. group]));
        }
    }

    // Two files may bear one name, and comparing whole traces would take long.
    private sealed class ByTraceAndCapacity : IEqualityComparer<(Trace Trace, long Capacity)>
    {
        public bool Equals((Trace Trace, long Capacity) x, (Trace Trace, long Capacity) y)
            => ReferenceEquals(x.Trace, y.Trace) && x.Capacity == y.Capacity;

        public int GetHashCode((Trace Trace, long Capacity) key)
            => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Trace), key.Capacity);
    }
}
