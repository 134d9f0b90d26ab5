namespace Squelch;

/// <summary>A number for a prefix, the same each time it comes: 64 bits of a hash over its pages. What <see cref="Access.Key"/> holds.</summary>
public static class PathKey
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>Never 0, which stands for no key.</summary>
    /// <param name="space">Namespace, or the key of the pages before.</param>
    /// <param name="path">Pages from the root.</param>
    public static ulong Of(long space, ReadOnlySpan<int> path)
    {
        ulong hash = (ulong)space ^ (ulong)path.Length;
        foreach (int page in path)
        {
            hash = (hash ^ (uint)page) * Multiplier;
            hash ^= hash >> 32;
        }

        return hash | 1;
    }
}
