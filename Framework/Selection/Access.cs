namespace Squelch;

/// <summary>What is known when a node is used.</summary>
/// <param name="Now">The clock.</param>
/// <param name="Hints">What the engine says about the request.</param>
/// <param name="Key">
/// What is used, the same number each time it comes back, also after it was evicted: what a selector needs that remembers its victims.
/// 0 where the cache does not name it; then nothing can be remembered.
/// </param>
public readonly record struct Access(double Now, RequestHints Hints = default, ulong Key = 0);
