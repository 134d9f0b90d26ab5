using System.Diagnostics.CodeAnalysis;

namespace Squelch.Caching;

/// <summary>Keys in another form, such as a span of characters for a string.</summary>
public sealed partial class PolicyCache<TKey, TValue, TPolicy>
{
    /// <summary>Finds values by keys in another form, without making the key: for string keys, a <c>ReadOnlySpan&lt;char&gt;</c>.</summary>
    /// <typeparam name="TAlternateKey">The other form.</typeparam>
    /// <exception cref="InvalidOperationException">The comparer of the keys does not know that form.</exception>
    public AlternateLookup<TAlternateKey> GetAlternateLookup<TAlternateKey>()
        where TAlternateKey : notnull, allows ref struct
        => new(this, _table.Entries.Comparer as IAlternateEqualityComparer<TAlternateKey, TKey>
            ?? throw new InvalidOperationException($"The comparer of the keys, {_table.Entries.Comparer.GetType()}, does not know keys in the form {typeof(TAlternateKey)}. Give the cache one that does, or ask by the keys themselves."));

    /// <summary>A cache whose keys are given in another form.</summary>
    /// <typeparam name="TAlternateKey">The other form.</typeparam>
    public readonly struct AlternateLookup<TAlternateKey>
        where TAlternateKey : notnull, allows ref struct
    {
        private readonly IAlternateEqualityComparer<TAlternateKey, TKey> _comparer;

        internal AlternateLookup(PolicyCache<TKey, TValue, TPolicy> cache, IAlternateEqualityComparer<TAlternateKey, TKey> comparer)
        {
            Cache = cache;
            _comparer = comparer;
        }

        /// <summary>The cache.</summary>
        public PolicyCache<TKey, TValue, TPolicy> Cache { get; }

        /// <summary>The value of a key, where it is there: a request.</summary>
        /// <param name="key">The key.</param>
        /// <param name="value">Its value.</param>
        public bool TryGet(TAlternateKey key, [MaybeNullWhen(false)] out TValue value)
        {
            while (Cache._table.Entries.Find(key, _comparer) is { } entry)
            {
                if (Cache.TryUse(entry))
                {
                    value = entry.Value;
                    return true;
                }

                if (entry.State != EntryState.Retired)
                {
                    break;
                }
            }

            Cache.Metrics.Miss();
            value = default;
            return false;
        }

        /// <summary>The value of a key: the one that is there, or one that is made now, as the cache itself does. The key is made where the value is missing.</summary>
        /// <param name="key">The key.</param>
        /// <param name="factory">Makes the value.</param>
        /// <param name="options">What is said of the value, where it is made.</param>
        public TValue GetOrAdd(TAlternateKey key, Func<TKey, TValue> factory, CacheEntryOptions options = default)
        {
            ArgumentNullException.ThrowIfNull(factory);
            if (Cache._table.Entries.Find(key, _comparer) is { } entry && Cache.TryUse(entry))
            {
                return entry.Value;
            }

            return Cache.GetOrAdd(_comparer.Create(key), factory, options);
        }

        /// <summary>Takes a value out.</summary>
        /// <param name="key">The key.</param>
        /// <param name="value">The value.</param>
        /// <returns>True where there was one.</returns>
        public bool TryRemove(TAlternateKey key, [MaybeNullWhen(false)] out TValue value)
        {
            value = default;
            return Cache._table.Entries.Find(key, _comparer) is { } entry && Cache.TryRemove(entry.Key, out value);
        }
    }
}
