using System.Numerics;

namespace Squelch.Caching;

/// <summary>
/// Tells the policy of uses and changes, under one lock. A use takes no lock: it lies in a bounded buffer. A change lies in a buffer, too, where its value is small beside the capacity: once a few
/// are together, a thread of the pool tells the policy of all. Whoever fills a buffer, or brings a large value, does it himself, unless somebody is about to.
/// </summary>
internal sealed partial class Maintenance<TKey, TValue> : IThreadPoolWorkItem
    where TKey : notnull
{
    private const int MostWrites = 128;
    private const int FewestWrites = 4;
    private const int FewestReads = 128;
    private const int ReadsPerWrite = 4;

    /// <summary>Changes of one buffer that a thread of the pool is called for: so few that the buffer does not fill before it comes.</summary>
    private const int Few = 16;

    /// <summary>Changes that may wait are together at most a sixteenth of the capacity, or four for each processor.</summary>
    private const int SharesOfCapacity = 16;

    private static readonly int s_logOfShares = BitOperations.Log2((uint)(SharesOfCapacity * MostWrites * Stripes.Count));

    /// <summary>Uses that are lost before a thread of the pool is called where only uses come.</summary>
    private const int LossesPerCall = 2048;

    /// <summary>Full buffers of uses that callers empty between two changes; more of them tell a policy little that matters.</summary>
    private const int FullBuffersPerChange = 8;

    private readonly Lock _lock = new();
    private readonly EntryTable<TKey, TValue> _table;
    private readonly Residents<TKey, TValue> _residents;

    // Null where every use and change is applied at once.
    private readonly ReadBuffer<Entry<TKey, TValue>>[]? _reads;
    private readonly WriteBuffer<Write<TKey, TValue>>[] _writes = [];
    private readonly Write<TKey, TValue>[] _taken = [];

    // Hits that were applied at once.
    private readonly StripedCounter _appliedHits = new();
    private int _fullBuffersLeft;
    private int _called;

    // Not 0 where a change that may not wait lies in a buffer.
    private int _mustNotWait;

    public Maintenance(EntryTable<TKey, TValue> table, Residents<TKey, TValue> residents, bool deterministic)
    {
        _table = table;
        _residents = residents;
        if (!deterministic)
        {
            int size = WritesPerBuffer(residents.Capacity);
            _reads = [.. Enumerable.Range(0, Stripes.Count).Select(_ => new ReadBuffer<Entry<TKey, TValue>>(Math.Max(FewestReads, ReadsPerWrite * size)))];
            _writes = [.. Enumerable.Range(0, Stripes.Count).Select(_ => new WriteBuffer<Write<TKey, TValue>>(size))];
            _taken = new Write<TKey, TValue>[size];
        }
    }

    /// <summary>Changes that may wait in a cache of this capacity: by so many values it may be exceeded for a moment.</summary>
    public static int MostWaiting(long capacity) => Stripes.Count * WritesPerBuffer(capacity);

    /// <summary>Hits so far.</summary>
    public long Hits => _reads is null ? _appliedHits.Sum : Math.Max(0, _reads.Sum(buffer => buffer.Uses) - _table.Sets);

    /// <summary>An entry was asked for.</summary>
    public void Hit(Entry<TKey, TValue> entry)
    {
        if (_reads is not null)
        {
            Use(_reads, entry);
            return;
        }

        _appliedHits.Increment();
        UseNow(entry);
    }

    /// <summary>An entry got another value, and nothing else of it has changed.</summary>
    public void Set(Entry<TKey, TValue> entry)
    {
        ThrowIfFaulted();
        if (_reads is null)
        {
            UseNow(entry);
            return;
        }

        Use(_reads, entry);
        _table.Tell();
    }

    /// <summary>What a full buffer calls for.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            bool entered;
            do
            {
                entered = TryCatchUp();
                Volatile.Write(ref _called, 0);

                // Either this thread sees the change that came last, or whoever brought it calls once more.
                Interlocked.MemoryBarrier();
            }
            while (entered && AnyMustNotWait() && Interlocked.Exchange(ref _called, 1) == 0);
        }
        catch (Exception exception)
        {
            // On a thread of the pool nobody would hear of it, and the process would end.
            _fault = exception;
            Volatile.Write(ref _called, 0);
        }
    }

    /// <summary>The table was changed.</summary>
    public void Write(in Write<TKey, TValue> write)
    {
        if (_fault is not null)
        {
            Refuse(write);
            return;
        }

        if (_reads is not null && _writes[Stripes.Current] is { } buffer && buffer.TryAdd(write))
        {
            // Either this thread sees the capacity, the flags and the lock as another one has left them, or that one sees this change.
            Interlocked.MemoryBarrier();
            if (!IsSmall(write.Entry.Size))
            {
                Interlocked.Exchange(ref _mustNotWait, 1);
            }

            if (Volatile.Read(ref _mustNotWait) != 0)
            {
                TryCatchUp();
                return;
            }

            if (buffer.Count >= Few)
            {
                Call();
            }

            _table.Tell();
            return;
        }

        ThrowIfWithin();
        lock (_lock)
        {
            CatchUp();
            Tell(static (residents, _) => residents.Expire(), 0);
            Tell(static (residents, write) => residents.Apply(write), write);
        }

        Settle();
    }

    /// <summary>Does something under the lock, once the policy knows all uses and changes.</summary>
    public TResult Do<TResult>(Func<Residents<TKey, TValue>, TResult> action)
    {
        TResult result;
        ThrowIfWithin();
        lock (_lock)
        {
            CatchUp();
            result = action(_residents);
        }

        Settle();
        return result;
    }

    /// <summary>Sets the capacity. What was small beside the one before may not wait any more.</summary>
    public void Resize(long capacity)
    {
        Do(residents => residents.Capacity = capacity);
        Interlocked.Exchange(ref _mustNotWait, 1);
        TellOfChanges();
    }

    /// <summary>Tells the policy of all that waits, so that it has made room.</summary>
    public void TellOfChanges()
    {
        if (_reads is not null)
        {
            Do(static _ => true);
        }
    }

    private void Use(ReadBuffer<Entry<TKey, TValue>>[] reads, Entry<TKey, TValue> entry)
    {
        ReadBuffer<Entry<TKey, TValue>> buffer = reads[Stripes.Current];
        if (buffer.TryAdd(entry))
        {
            return;
        }

        if (Volatile.Read(ref _fullBuffersLeft) > 0)
        {
            TryCatchUp();
            if (buffer.TryAdd(entry))
            {
                return;
            }
        }

        if (buffer.Lose() % LossesPerCall == 0)
        {
            Call();
        }
    }

    /// <summary>Calls a thread of the pool, unless one is called.</summary>
    private void Call()
    {
        if (Volatile.Read(ref _called) == 0 && Interlocked.Exchange(ref _called, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void UseNow(Entry<TKey, TValue> entry)
    {
        ThrowIfWithin();
        lock (_lock)
        {
            Tell(static (residents, entry) => residents.Hit(entry), entry);
        }

        Settle();
    }

    /// <returns>False where another thread holds the lock: it looks for changes once more when it leaves.</returns>
    private bool TryCatchUp()
    {
        ThrowIfWithin();
        if (!_lock.TryEnter())
        {
            return false;
        }

        try
        {
            CatchUp();
            Tell(static (residents, _) => residents.Expire(), 0);
        }
        finally
        {
            _lock.Exit();
        }

        Settle();
        return true;
    }

    private void CatchUp()
    {
        if (_reads is null || _fault is not null)
        {
            return;
        }

        foreach (ReadBuffer<Entry<TKey, TValue>> buffer in _reads)
        {
            try
            {
                while (buffer.Take() is { } entry)
                {
                    _residents.Hit(entry);
                }
            }
            catch (Exception exception)
            {
                _fault = exception;
                throw;
            }
            finally
            {
                buffer.Free();
            }
        }

        _fullBuffersLeft = Math.Max(0, _fullBuffersLeft - 1);
        bool mustNotWait = Volatile.Read(ref _mustNotWait) != 0 && Interlocked.Exchange(ref _mustNotWait, 0) != 0;
        foreach (WriteBuffer<Write<TKey, TValue>> buffer in _writes)
        {
            if (buffer.HasNext)
            {
                _fullBuffersLeft = FullBuffersPerChange;
                Apply(buffer.Take(_taken));
            }

            if (mustNotWait && buffer.Count > 0)
            {
                // It may lie behind one that is not written yet; whoever writes that looks for it.
                Volatile.Write(ref _mustNotWait, 1);
            }
        }
    }

    private void Apply(int taken)
    {
        try
        {
            for (int i = 0; i < taken; i++)
            {
                _residents.Apply(_taken[i]);
            }
        }
        catch (Exception exception)
        {
            // The policy was told of only a part.
            _fault = exception;
            throw;
        }

        _taken.AsSpan(0, taken).Clear();
    }

    /// <summary>After the lock: changes that were queued while it was held, and may not wait, have nobody else to apply them.</summary>
    private void Settle()
    {
        _table.Tell();

        // Either this thread sees the change, or whoever queued it finds the lock free.
        Interlocked.MemoryBarrier();
        while (AnyMustNotWait() && _lock.TryEnter())
        {
            try
            {
                CatchUp();
            }
            finally
            {
                _lock.Exit();
            }

            _table.Tell();
            Interlocked.MemoryBarrier();
        }
    }

    private bool AnyMustNotWait()
    {
        foreach (WriteBuffer<Write<TKey, TValue>> buffer in _writes)
        {
            if (_fault is null && buffer.HasNext && (buffer.Count >= Few || Volatile.Read(ref _mustNotWait) != 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where a change may wait whose value is so large.</summary>
    private bool IsSmall(long size) => size <= _residents.Capacity >> s_logOfShares;

    private static int WritesPerBuffer(long capacity)
        => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacity / (SharesOfCapacity * Stripes.Count), FewestWrites, MostWrites) + 1) / 2;
}
