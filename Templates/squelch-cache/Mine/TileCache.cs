using Squelch.Caching;

/// <summary>How the tiles are kept: by number, in a budget of bytes, under the policy of this project.</summary>
public static class TileCache
{
    /// <summary>An empty cache.</summary>
    /// <param name="capacityBytes">The budget for all tiles.</param>
    public static PolicyCache<int, byte[], NamedPolicy> Create(long capacityBytes)
        => new(new() { Capacity = capacityBytes, SizeOf = (_, picture) => picture.Length, Deterministic = true });
}
