namespace Squelch;

/// <summary>A log has a change that cannot be. Those before it were applied; it and those after it were not.</summary>
public sealed class PoolLogException : SquelchException
{
    internal PoolLogException(int index, in PoolChange change, string fault)
        : base($"change {index} ({change.Kind}, slot {change.Slot}): {fault}; the changes before it were made, it and those after it were not")
        => Index = index;

    /// <summary>The index of the change in the log.</summary>
    public int Index { get; }
}
