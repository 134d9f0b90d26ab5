namespace Squelch.Tool;

/// <summary>A trace and the sizes of the caches that it is replayed in.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Capacities">In bytes, in the order of the plan.</param>
/// <param name="Endless">LRU with endless room; null where nobody asks for it.</param>
/// <param name="ReusableShare"><see cref="TraceInfo.ReusableShare"/>; 0 where nobody asks for it.</param>
internal sealed record SizedTrace(Trace Trace, IReadOnlyList<long> Capacities, ReplayResult? Endless, double ReusableShare);
