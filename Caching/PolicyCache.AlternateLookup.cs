using System.Collections.Concurrent;
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
        => new(this, _table.Entries.GetAlternateLookup<TAlternateKey>());

    /// <summary>A cache whose keys are given in another form.</summary>
    /// <typeparam name="TAlternateKey">The other form.</typeparam>
    public readonly struct AlternateLookup<TAlternateKey>
        where TAlternateKey : notnull, allows ref struct
    {
        private readonly ConcurrentDictionary<TKey, Entry<TKey, TValue>>.AlternateLookup<TAlternateKey> _entries;

        internal AlternateLookup(PolicyCache<TKey, TValue, TPolicy> cache, ConcurrentDictionary<TKey, Entry<TKey, TValue>>.AlternateLookup<TAlternateKey> entries)
        {
            Cache = cache;
            _entries = entries;
        }

        /// <summary>The cache.</summary>
        public PolicyCache<TKey, TValue, TPolicy> Cache { get; }

        /// <summary>The value of a key, where it is there: a request.</summary>
        /// <param name="key">The key.</param>
        /// <param name="value">Its value.</param>
        public bool TryGet(TAlternateKey key, [MaybeNullWhen(false)] out TValue value)
        {
            if (_entries.TryGetValue(key, out Entry<TKey, TValue>? entry) && Cache.TryUse(entry))
            {
                value = entry.Value;
                return true;
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
            if (_entries.TryGetValue(key, out Entry<TKey, TValue>? entry) && Cache.TryUse(entry))
            {
                return entry.Value;
            }

            var comparer = (IAlternateEqualityComparer<TAlternateKey, TKey>)Cache._table.Entries.Comparer;
            return Cache.GetOrAdd(comparer.Create(key), factory, options);
        }

        /// <summary>Takes a value out.</summary>
        /// <param name="key">The key.</param>
        /// <param name="value">The value.</param>
        /// <returns>True where there was one.</returns>
        public bool TryRemove(TAlternateKey key, [MaybeNullWhen(false)] out TValue value)
        {
            value = default;
            return _entries.TryGetValue(key, out Entry<TKey, TValue>? entry) && Cache.TryRemove(entry.Key, out value);
        }
    }
}
