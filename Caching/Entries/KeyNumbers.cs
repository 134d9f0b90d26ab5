using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Squelch.Caching;

/// <summary>The number of a key: what <see cref="Access.Key"/> is for a key of any type.</summary>
internal static class KeyNumbers
{
    /// <summary>Takes the options' own way, or the one for the type.</summary>
    public static Func<TKey, ulong> For<TKey, TValue>(PolicyCacheOptions<TKey, TValue> options)
        where TKey : notnull
    {
        if (options.KeyNumber is not null)
        {
            return options.KeyNumber;
        }

        if (options.Comparer is { } comparer && comparer != EqualityComparer<TKey>.Default && comparer != StringComparer.Ordinal as object)
        {
            return key => Spread(comparer.GetHashCode(key));
        }

        return typeof(TKey) == typeof(ulong) ? key => Unsafe.As<TKey, ulong>(ref key)
            : typeof(TKey) == typeof(long) ? key => Unsafe.As<TKey, ulong>(ref key)
            : typeof(TKey) == typeof(int) ? key => Unsafe.As<TKey, uint>(ref key)
            : typeof(TKey) == typeof(uint) ? key => Unsafe.As<TKey, uint>(ref key)
            : key => key is string text ? OfText(text) : Spread(key.GetHashCode());
    }

    private static ulong OfText(string text)
    {
        ReadOnlySpan<char> rest = text;
        ulong hash = (ulong)text.Length;
        ReadOnlySpan<int> pairs = MemoryMarshal.Cast<char, int>(rest);
        hash = HashMix.Fold(hash, pairs);
        return HashMix.Finish(rest.Length % 2 == 0 ? hash : HashMix.Fold(hash, rest[^1]));
    }

    private static ulong Spread(int hash) => HashMix.Finish((uint)hash + 1);
}
