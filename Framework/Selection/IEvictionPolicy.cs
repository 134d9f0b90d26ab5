namespace Squelch;

/// <summary>What the policy compiler adds to a policy type.</summary>
/// <typeparam name="TSelf">The policy type.</typeparam>
public interface IEvictionPolicy<TSelf>
    where TSelf : struct, IEvictionPolicy<TSelf>
{
    /// <summary>What is known of the policy.</summary>
    static abstract PolicyDescriptor Descriptor { get; }

    /// <summary>A selector over the nodes of one tree.</summary>
    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="seed">The seed of <c>draw</c>.</param>
    IVictimSelector CreateSelector(NodeTable nodes, ulong seed);

    /// <summary>A policy with the given tunables, in descriptor order.</summary>
    /// <param name="values">One value per tunable.</param>
    /// <exception cref="SquelchException">A value is out of its tunable's range, or there are more or fewer than tunables.</exception>
    static abstract TSelf FromTunables(ReadOnlySpan<double> values);

    /// <summary>Writes this policy's tunables, in descriptor order.</summary>
    /// <param name="values">Room for one value per tunable.</param>
    void CopyTunables(Span<double> values);
}
