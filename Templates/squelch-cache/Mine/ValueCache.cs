using Squelch;

/// <summary>
/// Keeps values by number in a budget of bytes. The policy says what goes; the values are kept here, and follow what the cache says of them. One caller at
/// a time.
/// </summary>
/// <param name="capacityBytes">The budget for all values.</param>
public sealed class ValueCache<TValue>(int capacityBytes) : IDisposable
{
    // A key is one page of as many tokens as its value has bytes.
    private readonly PrefixCache<NamedPolicy> _cache = new(new() { CapacityBytes = capacityBytes, Model = ModelShape.Keys, PageTokens = capacityBytes });
    private readonly Dictionary<long, TValue> _values = [];

    /// <summary>Values kept.</summary>
    public int Count => _values.Count;

    /// <summary>Bytes of the values kept.</summary>
    public long Bytes => _cache.Bytes;

    /// <summary>Requests so far.</summary>
    public long Requests => _cache.Lookups;

    /// <summary>Requests whose value was kept.</summary>
    public long Hits { get; private set; }

    /// <summary>The value of a key: the one that is kept, or one that is made now and kept where it fits.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cost">What making the value costs, in a unit of yours.</param>
    /// <param name="make">Makes the value, and says how many bytes it holds.</param>
    public TValue Get(int key, double cost, Func<int, (TValue Value, int Bytes)> make)
    {
        Lease lease = _cache.Lookup([key], hints: new RequestHints { Cost = cost });
        if (lease.HitTokens > 0)
        {
            Hits++;
            _cache.Abandon(lease);
            return _values[key];
        }

        (TValue Value, int Bytes) made;
        try
        {
            made = make(key);
        }
        catch
        {
            _cache.Abandon(lease);
            throw;
        }

        if (made.Bytes > capacityBytes)
        {
            _cache.Abandon(lease);
            return made.Value;
        }

        _values[key] = made.Value;
        foreach (StateAction action in _cache.Commit(lease, [key], made.Bytes, [new StateHandle(key)]).Actions)
        {
            if (action.Kind is StateActionKind.Free or StateActionKind.Decline)
            {
                _values.Remove(action.Handle.Value);
            }
        }

        return made.Value;
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();
}
