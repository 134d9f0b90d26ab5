namespace Squelch.Caching;

/// <summary>Why a value left a cache.</summary>
public enum RemovalReason
{
    /// <summary>It was taken out by <c>TryRemove</c>, <c>Clear</c>, or the end of the cache.</summary>
    Removed,

    /// <summary>Another value came under its key.</summary>
    Replaced,

    /// <summary>It was too old.</summary>
    Expired,

    /// <summary>The policy chose it to make room; or it found no room, because it is larger than the cache or all else is pinned.</summary>
    Capacity,
}
