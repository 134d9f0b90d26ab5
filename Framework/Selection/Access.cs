namespace Squelch;

/// <summary>What is known when a node is used.</summary>
/// <param name="Now">The clock.</param>
/// <param name="Hints">What the engine says about the request.</param>
/// <param name="Key">
/// What is used, the same number each time it comes back, also after it was evicted: what a selector needs that remembers its victims.
/// 0 where the cache does not name it; then nothing can be remembered.
/// </param>
public readonly record struct Access(double Now, RequestHints Hints = default, ulong Key = 0)
{
    /// <summary>When a node is made: the deepest node of its path that was there before the request; null under a root, for keys, and for all other events.</summary>
    public int? Parent { get; init; }

    /// <summary>When a node is made: <see cref="Parent"/> was a leaf, so that the sequence goes on where another one ended.</summary>
    public bool Continues { get; init; }
}
