namespace Squelch;

/// <summary>One request of a key trace: a key that is wanted whole, without a prefix.</summary>
/// <param name="Key">The key.</param>
/// <param name="Size">Bytes of its value; at least 1.</param>
/// <param name="Time">Arrival in the trace's own unit; it does not drive the clock, which counts requests.</param>
/// <param name="NextUse">Index of the key's next request; infinity where there is none, or where the trace does not say.</param>
/// <param name="Cost">What fetching it costs, in any unit; not a number where the trace does not say, then it is as for all other keys: 1.</param>
public readonly record struct KeyRequest(ulong Key, int Size = 1, double Time = 0, double NextUse = double.PositiveInfinity, double Cost = double.NaN);
