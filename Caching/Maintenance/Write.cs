namespace Squelch.Caching;

/// <summary>What happened to an entry in the table.</summary>
internal enum WriteKind
{
    Insert,
    Replace,
    Remove,
}

/// <summary>A change of the table that the policy is to be told of. Several may come in another order than they happened in.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Old">The entry whose place it took; null for all but <see cref="WriteKind.Replace"/>.</param>
/// <param name="Cost">What making its value cost; not a number where that is not known.</param>
internal readonly record struct Write<TKey, TValue>(WriteKind Kind, Entry<TKey, TValue> Entry, Entry<TKey, TValue>? Old = null, double Cost = double.NaN);
