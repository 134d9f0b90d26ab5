using System.Collections.Concurrent;

namespace Squelch.Caching;

/// <summary>
/// Tells the policy of uses and changes, under one lock. A use takes no lock: it lies in a bounded buffer until somebody has the lock, and a full buffer calls for a thread of the pool.
/// A change waits for nobody either, unless many wait already: it is queued where the lock is taken, and its holder applies it.
/// </summary>
internal sealed class Maintenance<TKey, TValue> : IThreadPoolWorkItem
    where TKey : notnull
{
    /// <summary>Changes that may wait: by so many values the capacity may be exceeded for a moment.</summary>
    public const int MostWaiting = 128;

    private readonly Lock _lock = new();
    private readonly EntryTable<TKey, TValue> _table;
    private readonly Residents<TKey, TValue> _residents;
    private readonly ConcurrentQueue<Write<TKey, TValue>> _writes = new();

    // Null where every use is applied at once.
    private readonly ReadBuffer<Entry<TKey, TValue>>[]? _reads;
    private readonly StripedCounter _appliedHits = new();
    private int _waiting;
    private int _called;
    private volatile Exception? _fault;

    public Maintenance(EntryTable<TKey, TValue> table, Residents<TKey, TValue> residents, bool deterministic)
    {
        _table = table;
        _residents = residents;
        if (!deterministic)
        {
            _reads = new ReadBuffer<Entry<TKey, TValue>>[Stripes.Count];
            for (int i = 0; i < _reads.Length; i++)
            {
                _reads[i] = new();
            }
        }
    }

    /// <summary>Uses so far.</summary>
    public long Hits => _reads is null ? _appliedHits.Sum : _reads.Sum(buffer => buffer.Uses);

    /// <summary>An entry was used.</summary>
    public void Hit(Entry<TKey, TValue> entry)
    {
        if (_reads is null)
        {
            HitNow(entry);
        }
        else if (!_reads[Stripes.Current].TryAdd(entry) && Volatile.Read(ref _called) == 0 && Interlocked.Exchange(ref _called, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
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
        if (_fault is { } fault)
        {
            throw new InvalidOperationException("The policy's selector threw while it was told of uses, so that what it chooses is no longer sure. Make a new cache, and mend the selector.", fault);
        }

        if (_reads is null || Volatile.Read(ref _waiting) >= MostWaiting)
        {
            _lock.Enter();
        }
        else if (!_lock.TryEnter())
        {
            _writes.Enqueue(write);
            Interlocked.Increment(ref _waiting);
            TryCatchUp();
            return;
        }

        try
        {
            CatchUp();
            _residents.Expire();
            _residents.Apply(write);
        }
        finally
        {
            _lock.Exit();
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

    private void HitNow(Entry<TKey, TValue> entry)
    {
        _appliedHits.Increment();
        lock (_lock)
        {
            CatchUp();
            _residents.Hit(entry);
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
        if (_reads is not null)
        {
            foreach (ReadBuffer<Entry<TKey, TValue>> buffer in _reads)
            {
                for (int i = 0; i < MostWaiting && buffer.Take() is { } entry; i++)
                {
                    _residents.Hit(entry);
                }
            }
        }

        for (int i = 0; i < 2 * MostWaiting && Volatile.Read(ref _waiting) > 0 && _writes.TryDequeue(out Write<TKey, TValue> write); i++)
        {
            Interlocked.Decrement(ref _waiting);
            _residents.Apply(write);
        }
    }

    /// <summary>After the lock: a change that was queued while it was held has nobody else to apply it.</summary>
    private void Settle()
    {
        _table.Tell();

        // Either this thread sees the change, or whoever queued it finds the lock free.
        Interlocked.MemoryBarrier();
        while (Volatile.Read(ref _waiting) > 0 && _lock.TryEnter())
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
}
