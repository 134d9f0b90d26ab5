using System.Runtime.InteropServices;

namespace Squelch;

/// <summary>
/// One change of a <see cref="VictimPool"/>: 64 bytes of plain numbers, so that engines in other languages can write logs in memory. Made by the methods of
/// its kinds; a number that a kind does not name is not read.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PoolChange
{
    /// <summary>What it does.</summary>
    public PoolChangeKind Kind { get; private init; }

    /// <summary>The entry, as the engine numbers it. Of hints: feature <c>category</c>.</summary>
    public int Slot { get; private init; }

    /// <summary>The slot of the entry that this one goes on from; <see cref="VictimPool.None"/> without one.</summary>
    public int Parent { get; private init; }

    /// <summary>Tokens from the root to the entry's end (feature <c>depthTokens</c>). 0 is not told.</summary>
    public int EndTokens { get; private init; }

    /// <summary>Tokens of the entry itself (feature <c>tokens</c>). 0 is not told: those from the parent's end on.</summary>
    public int Tokens { get; private init; }

    /// <summary>What else is so.</summary>
    public PoolFlags Flags { get; private init; }

    /// <summary>Bytes of the entry itself, a checkpoint left out (feature <c>kvBytes</c>). 0 is not told: what the model says. Of hints: the bits of <c>expires</c>.</summary>
    public long Bytes { get; private init; }

    /// <summary>What the entry holds, the same number each time it comes back; 0 names nothing. Of hints: the bits of <c>nextUse</c>. Of a session: its number.</summary>
    public ulong Key { get; private init; }

    /// <summary>The clock, in ticks; it never goes back. Of hints: <c>sessionGap</c>; of a session: <c>sessionGapSpread</c>.</summary>
    public double Now { get; private init; }

    /// <summary>Feature <c>priority</c>. 0 of an access is not told: what the hints before it say, or 0.</summary>
    public double Priority { get; private init; }

    /// <summary>What computing the entry itself costs, in FLOPs or any unit (feature <c>flopsSaved</c>). 0 is not told: what the model says. Of hints: <c>turn</c>.</summary>
    public double Flops { get; private init; }

    /// <summary>A new entry.</summary>
    /// <param name="slot">A free slot.</param>
    /// <param name="now">The clock, in ticks.</param>
    /// <param name="parent">The slot of the entry that it goes on from, or <see cref="VictimPool.None"/>.</param>
    /// <param name="endTokens">Tokens from the root to its end; 0 for the parent's and <paramref name="tokens"/>, at least one.</param>
    /// <param name="tokens">Tokens of itself; 0 for those from the parent's end on.</param>
    /// <param name="bytes">Bytes of itself, a checkpoint left out; 0 for what the model says.</param>
    /// <param name="flops">What computing itself costs; 0 for what the model says.</param>
    /// <param name="key">What it holds; 0 names nothing, and then policies cannot remember it.</param>
    /// <param name="priority">Feature <c>priority</c>.</param>
    /// <param name="flags">What else is so.</param>
    public static PoolChange Insert(
        int slot, double now, int parent = VictimPool.None, int endTokens = 0, int tokens = 0, long bytes = 0, double flops = 0, ulong key = 0, double priority = 0, PoolFlags flags = PoolFlags.None)
        => new() { Kind = PoolChangeKind.Insert, Slot = slot, Now = now, Parent = parent, EndTokens = endTokens, Tokens = tokens, Bytes = bytes, Flops = flops, Key = key, Priority = priority, Flags = flags };

    /// <summary>A request used the entry.</summary>
    /// <param name="slot">The entry.</param>
    /// <param name="now">The clock, in ticks.</param>
    /// <param name="priority">Feature <c>priority</c>.</param>
    public static PoolChange Hit(int slot, double now, double priority = 0) => new() { Kind = PoolChangeKind.Hit, Slot = slot, Now = now, Priority = priority };

    /// <summary>The entry's last access is now, and its hits stay.</summary>
    /// <param name="slot">The entry.</param>
    /// <param name="now">The clock, in ticks.</param>
    /// <param name="priority">Feature <c>priority</c>.</param>
    public static PoolChange Touch(int slot, double now, double priority = 0) => new() { Kind = PoolChangeKind.Touch, Slot = slot, Now = now, Priority = priority };

    /// <summary>The engine no longer holds the entry.</summary>
    /// <param name="slot">The entry.</param>
    public static PoolChange Release(int slot) => new() { Kind = PoolChangeKind.Release, Slot = slot };

    /// <summary>The engine holds the entry.</summary>
    /// <param name="slot">The entry.</param>
    public static PoolChange Hold(int slot) => new() { Kind = PoolChangeKind.Hold, Slot = slot };

    /// <summary>The entry has another parent, end, size or cost: all are told anew. Where it has children, its end stays.</summary>
    /// <param name="slot">The entry.</param>
    /// <param name="parent">The slot of the entry that it goes on from, or <see cref="VictimPool.None"/>.</param>
    /// <param name="endTokens">Tokens from the root to its end; 0 where that stays.</param>
    /// <param name="tokens">Tokens of itself; 0 for those from the parent's end on.</param>
    /// <param name="bytes">Bytes of itself, a checkpoint left out; 0 for what the model says.</param>
    /// <param name="flops">What computing itself costs; 0 for what the model says.</param>
    /// <param name="flags">Whether it has a checkpoint; it is held, or not, as before.</param>
    public static PoolChange Edge(int slot, int parent = VictimPool.None, int endTokens = 0, int tokens = 0, long bytes = 0, double flops = 0, PoolFlags flags = PoolFlags.None)
        => new() { Kind = PoolChangeKind.Edge, Slot = slot, Parent = parent, EndTokens = endTokens, Tokens = tokens, Bytes = bytes, Flops = flops, Flags = flags };

    /// <summary>The entry is gone, and was no victim.</summary>
    /// <param name="slot">The entry.</param>
    public static PoolChange Remove(int slot) => new() { Kind = PoolChangeKind.Remove, Slot = slot };

    /// <summary>The engine has evicted the entry.</summary>
    /// <param name="slot">The entry.</param>
    /// <param name="now">The clock, in ticks.</param>
    public static PoolChange Evict(int slot, double now) => new() { Kind = PoolChangeKind.Evict, Slot = slot, Now = now };

    /// <summary>A request missed a key.</summary>
    /// <param name="key">What is wanted.</param>
    /// <param name="now">The clock, in ticks.</param>
    /// <param name="priority">Feature <c>priority</c>.</param>
    public static PoolChange Arrive(ulong key, double now, double priority = 0) => new() { Kind = PoolChangeKind.Arrive, Key = key, Now = now, Priority = priority };

    /// <summary>Hints of the accesses that follow in the same log.</summary>
    /// <param name="hints">All but the cost, which is the entry's, and the session, which <see cref="Session"/> tells; the category is an <see cref="int"/>.</param>
    /// <exception cref="ArgumentException">The hints have a cost, a session or the spread of its gaps, or another category.</exception>
    public static PoolChange Hints(in RequestHints hints)
    {
        if (hints.Session != 0 || hints.SessionGapSpread != double.PositiveInfinity)
        {
            throw new ArgumentException("In a pool the session and the spread of its gaps are told by a change of their own, PoolChange.Session, behind the hints; leave them out of the hints.", nameof(hints));
        }

        if (hints.HasCost || hints.Category != (int)hints.Category)
        {
            throw new ArgumentException("In a pool the cost is told by Insert and Edge (flops), and the category is a whole number below 2^31; leave the cost out of the hints.", nameof(hints));
        }

        return new()
        {
            Kind = PoolChangeKind.Hints,
            Slot = (int)hints.Category,
            Bytes = BitConverter.DoubleToInt64Bits(hints.Expires),
            Key = BitConverter.DoubleToUInt64Bits(hints.NextUse),
            Now = hints.SessionGap,
            Priority = hints.Priority,
            Flops = hints.Turn,
        };
    }

    /// <summary>The session of the accesses that follow in the same log.</summary>
    /// <param name="session">Any number of the engine's own, the same for the session's requests alone; 0 for none.</param>
    /// <param name="gapSpread">Feature <c>sessionGapSpread</c>, in ticks.</param>
    public static PoolChange Session(long session, double gapSpread = double.PositiveInfinity) => new() { Kind = PoolChangeKind.Session, Key = (ulong)session, Now = gapSpread };

    /// <summary>The hints of a change of their kind.</summary>
    internal RequestHints ToHints() => new(
        Priority, BitConverter.Int64BitsToDouble(Bytes), BitConverter.UInt64BitsToDouble(Key), Turn: Flops, SessionGap: Now, Category: Slot);
}
