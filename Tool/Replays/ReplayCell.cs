namespace Squelch.Tool;

/// <summary>One replay: a trace, a policy, a capacity.</summary>
internal sealed record ReplayCell(Trace Trace, PolicySettings Policy, long CapacityBytes);

/// <summary>A replay and what it found.</summary>
internal sealed record ReplayOutcome(ReplayCell Cell, ReplayResult Result);
