namespace Squelch.Caching;

/// <summary>
/// Tells the policy of uses and changes, under one lock. A use takes no lock: it lies in a bounded buffer. A change lies in a buffer, too, until a few are together or its value is large.
/// Whoever fills a buffer tells the policy of all, unless somebody is about to. Where only uses come, a thread of the pool does it, and what comes meanwhile is lost.
/// </summary>
internal sealed class Maintenance<TKey, TValue> : IThreadPoolWorkItem
    where TKey : notnull
{
    /// <summary>Changes that may wait on up to 32 processors, and four for each on more: by so many values the capacity may be exceeded for a moment.</summary>
    public const int MostWaiting = 128;

    private static readonly int s_bufferSize = Math.Max(4, MostWaiting / Stripes.Count);

    /// <summary>What waits while the lock is free, half of each buffer, is together at most a hundredth of the capacity.</summary>
    private static readonly int s_sharesOfCapacity = 100 * Stripes.Count * (s_bufferSize / 2);

    /// <summary>Full buffers of uses that callers empty between two changes; more of them tell a policy little that matters.</summary>
    private const int FullBuffersPerChange = 8;

    private readonly Lock _lock = new();
    private readonly EntryTable<TKey, TValue> _table;
    private readonly Residents<TKey, TValue> _residents;

    // Null where every use and change is applied at once.
    private readonly ReadBuffer<Entry<TKey, TValue>>[]? _reads;
    private readonly WriteBuffer<Write<TKey, TValue>>[] _writes = [];
    private readonly Write<TKey, TValue>[] _taken = new Write<TKey, TValue>[s_bufferSize];

    // Hits that were applied at once.
    private readonly StripedCounter _appliedHits = new();
    private int _fullBuffersLeft;
    private int _called;
    private volatile Exception? _fault;

    public Maintenance(EntryTable<TKey, TValue> table, Residents<TKey, TValue> residents, bool deterministic)
    {
        _table = table;
        _residents = residents;
        if (!deterministic)
        {
            _reads = [.. Enumerable.Range(0, Stripes.Count).Select(_ => new ReadBuffer<Entry<TKey, TValue>>())];
            _writes = [.. Enumerable.Range(0, Stripes.Count).Select(_ => new WriteBuffer<Write<TKey, TValue>>(s_bufferSize))];
        }
    }

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
            TryCatchUp();
        }
        catch (Exception exception)
        {
            // On a thread of the pool nobody would hear of it, and the process would end.
            _fault = exception;
        }

        Volatile.Write(ref _called, 0);
    }

    /// <summary>The table was changed.</summary>
    public void Write(in Write<TKey, TValue> write)
    {
        ThrowIfFaulted();
        if (_reads is not null && _writes[Stripes.Current] is { } buffer && buffer.TryAdd(write))
        {
            if (MayWait(buffer, write.Entry.Size))
            {
                _table.Tell();
            }
            else
            {
                TryCatchUp();
            }

            return;
        }

        lock (_lock)
        {
            CatchUp();
            _residents.Expire();
            Tell(static (residents, write) => residents.Apply(write), write);
        }

        Settle();
    }

    /// <summary>Does something under the lock, once the policy knows all uses and changes.</summary>
    public TResult Do<TResult>(Func<Residents<TKey, TValue>, TResult> action)
    {
        TResult result;
        lock (_lock)
        {
            CatchUp();
            result = action(_residents);
        }

        Settle();
        return result;
    }

    /// <summary>Tells the policy of changes that wait, so that it makes room for them, unless somebody is about to.</summary>
    public void TellOfChanges()
    {
        foreach (WriteBuffer<Write<TKey, TValue>> buffer in _writes)
        {
            if (buffer.Count > 0)
            {
                TryCatchUp();
            }
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
        else if (Volatile.Read(ref _called) == 0 && Interlocked.Exchange(ref _called, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        buffer.Lose();
    }

    private void UseNow(Entry<TKey, TValue> entry)
    {
        lock (_lock)
        {
            Tell(static (residents, entry) => residents.Hit(entry), entry);
        }

        Settle();
    }

    private void TryCatchUp()
    {
        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            CatchUp();
            _residents.Expire();
        }
        finally
        {
            _lock.Exit();
        }

        Settle();
    }

    private void CatchUp()
    {
        if (_reads is null)
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
        foreach (WriteBuffer<Write<TKey, TValue>> buffer in _writes)
        {
            if (buffer.Count > 0)
            {
                _fullBuffersLeft = FullBuffersPerChange;
                Apply(buffer.Take(_taken));
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

    /// <summary>Tells the policy of one use or change. What it throws leaves it with a part of that, and so is thrown at each later change, too.</summary>
    private void Tell<TArgument>(Action<Residents<TKey, TValue>, TArgument> tell, TArgument argument)
    {
        try
        {
            tell(_residents, argument);
        }
        catch (Exception exception)
        {
            _fault = exception;
            throw;
        }
    }

    private bool AnyMustNotWait()
    {
        foreach (WriteBuffer<Write<TKey, TValue>> buffer in _writes)
        {
            if (buffer.Count > 0 && !MayWait(buffer, 1))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where the changes of a buffer, and one of that size with them, may wait until there are more.</summary>
    private bool MayWait(WriteBuffer<Write<TKey, TValue>> buffer, long size)
        => buffer.Count < s_bufferSize / 2 && size <= _residents.Capacity / s_sharesOfCapacity;

    private void ThrowIfFaulted()
    {
        if (_fault is { } fault)
        {
            throw new InvalidOperationException("The policy's selector, or the number or comparer of a key, threw while the policy was told of uses and changes, so that what it chooses is no longer sure. Make a new cache, and mend what threw.", fault);
        }
    }
}
