namespace Squelch.Caching;

/// <summary>
/// Uses that the policy has not been told of, in a bounded ring. Any thread adds; the holder of the maintenance lock takes out. What does not fit is lost: a policy bears that.
/// </summary>
/// <param name="size">How many may wait: a power of two.</param>
internal sealed class ReadBuffer<T>(int size)
    where T : class
{
    private readonly Slot[] _slots = new Slot[size];
    private Padded _head;
    private Padded _tail;
    private Padded _lost;
    private int _taken;

    /// <summary>All uses so far, those that were lost included.</summary>
    public long Uses => Volatile.Read(ref _tail.Value) + Volatile.Read(ref _lost.Value);

    /// <summary>Adds a use, or loses it where another thread adds one at the same time.</summary>
    /// <returns>False where the buffer is full.</returns>
    public bool TryAdd(T item)
    {
        long tail = Volatile.Read(ref _tail.Value);
        if (tail - Volatile.Read(ref _head.Value) >= _slots.Length)
        {
            return false;
        }

        if (Interlocked.CompareExchange(ref _tail.Value, tail + 1, tail) == tail)
        {
            Volatile.Write(ref _slots[(int)tail & (_slots.Length - 1)].Item, item);
        }
        else
        {
            Lose();
        }

        return true;
    }

    /// <summary>Counts a use that is not added.</summary>
    /// <returns>How many were lost so far.</returns>
    public long Lose() => Interlocked.Increment(ref _lost.Value);

    /// <summary>The oldest use, or null where there is none, or none that is written. Its place is free once <see cref="Free"/> says so.</summary>
    public T? Take()
    {
        if (_taken == _slots.Length)
        {
            return null;
        }

        ref Slot slot = ref _slots[(int)(_head.Value + _taken) & (_slots.Length - 1)];
        T? item = Volatile.Read(ref slot.Item);
        if (item is not null)
        {
            slot.Item = null;
            _taken++;
        }

        return item;
    }

    /// <summary>Frees the places of all uses that were taken, at once: who adds reads that number each time.</summary>
    public void Free()
    {
        if (_taken > 0)
        {
            Volatile.Write(ref _head.Value, _head.Value + _taken);
            _taken = 0;
        }
    }

    /// <summary>A field of a struct is written without the check that arrays of classes need.</summary>
    private struct Slot
    {
        public T? Item;
    }
}
