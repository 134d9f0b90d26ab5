namespace Squelch.Caching;

/// <summary>Changes that the policy has not been told of, in the order of their threads. Any thread adds; the holder of the maintenance lock takes them out.</summary>
/// <param name="size">How many may wait.</param>
internal sealed class WriteBuffer<T>(int size)
{
    private readonly Lock _lock = new();
    private readonly T[] _items = new T[size];
    private int _count;

    /// <summary>Changes that wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a change.</summary>
    /// <returns>False where too many wait.</returns>
    public bool TryAdd(in T item)
    {
        lock (_lock)
        {
            if (_count == size)
            {
                return false;
            }

            _items[_count] = item;
            Volatile.Write(ref _count, _count + 1);
            return true;
        }
    }

    /// <summary>Moves all changes.</summary>
    /// <param name="into">Room for as many as may wait.</param>
    /// <returns>How many there were.</returns>
    public int Take(T[] into)
    {
        lock (_lock)
        {
            int count = _count;
            _items.AsSpan(0, count).CopyTo(into);
            _items.AsSpan(0, count).Clear();
            Volatile.Write(ref _count, 0);
            return count;
        }
    }
}
