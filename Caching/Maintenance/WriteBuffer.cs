namespace Squelch.Caching;

/// <summary>Changes that the policy has not been told of, in the order of their threads, in a bounded ring. Any thread adds; the holder of the maintenance lock takes them out.</summary>
/// <param name="size">How many may wait: a power of two.</param>
internal sealed class WriteBuffer<T>(int size)
{
    private readonly Slot[] _slots = new Slot[size];
    private Padded _head;
    private Padded _tail;

    /// <summary>Changes that wait; some may not be written yet.</summary>
    public int Count
    {
        get
        {
            long head = Volatile.Read(ref _head.Value);
            return (int)(Volatile.Read(ref _tail.Value) - head);
        }
    }

    /// <summary>True where the next change is there to be taken. Where it is not written yet, whoever writes it looks afterwards whether it may wait.</summary>
    public bool HasNext => Volatile.Read(ref _slots[(int)Volatile.Read(ref _head.Value) & (_slots.Length - 1)].IsWritten);

    /// <summary>Adds a change.</summary>
    /// <returns>False where too many wait.</returns>
    public bool TryAdd(in T item)
    {
        long tail = Volatile.Read(ref _tail.Value);
        while (tail - Volatile.Read(ref _head.Value) < _slots.Length)
        {
            long seen = Interlocked.CompareExchange(ref _tail.Value, tail + 1, tail);
            if (seen == tail)
            {
                ref Slot slot = ref _slots[(int)tail & (_slots.Length - 1)];
                slot.Item = item;
                Volatile.Write(ref slot.IsWritten, true);
                return true;
            }

            tail = seen;
        }

        return false;
    }

    /// <summary>Moves all changes up to the first that is not written yet.</summary>
    /// <param name="into">Room for as many as may wait.</param>
    /// <returns>How many there were.</returns>
    public int Take(T[] into)
    {
        int taken = 0;
        while (taken < _slots.Length)
        {
            ref Slot slot = ref _slots[(int)(_head.Value + taken) & (_slots.Length - 1)];
            if (!Volatile.Read(ref slot.IsWritten))
            {
                break;
            }

            into[taken++] = slot.Item!;
            slot = default;
        }

        // Who adds sees the places free after they are empty.
        Volatile.Write(ref _head.Value, _head.Value + taken);
        return taken;
    }

    private struct Slot
    {
        public T? Item;
        public bool IsWritten;
    }
}
