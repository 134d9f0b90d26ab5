namespace Squelch;

/// <summary>A number for a prefix, the same each time it comes: 64 bits of a hash over its pages. What <see cref="Access.Key"/> holds.</summary>
public static class PathKey
{
    /// <summary>Never 0, which stands for no key.</summary>
    /// <param name="space">Namespace, or the key of the pages before.</param>
    /// <param name="path">Pages from the root.</param>
    public static ulong Of(long space, ReadOnlySpan<int> path) => HashMix.Fold((ulong)space ^ (ulong)path.Length, path) | 1;
}
