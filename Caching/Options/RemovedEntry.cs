namespace Squelch.Caching;

/// <summary>A value that left a cache.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">The value.</param>
/// <param name="Reason">Why it left.</param>
public readonly record struct RemovedEntry<TKey, TValue>(TKey Key, TValue Value, RemovalReason Reason);
