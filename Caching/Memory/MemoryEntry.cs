using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace Squelch.Caching;

/// <summary>An entry of a memory cache: what its user says of it until it is committed, and what listens to its end afterwards.</summary>
internal sealed class MemoryEntry : ICacheEntry
{
    private readonly IMemoryEntryOwner _owner;
    private readonly MemoryEntry? _outer;
    private readonly long _created;
    private object? _value;
    private bool _hasValue;
    private bool _committed;
    private bool _over;
    private TokenList? _tokens;
    private List<IDisposable>? _registrations;
    private List<PostEvictionCallbackRegistration>? _callbacks;

    // The earliest end of the entries that this one is made from, in UTC ticks.
    private long _linkedEnd = Expiry.Never;

    public MemoryEntry(object key, IMemoryEntryOwner owner, MemoryEntry? outer, long created)
    {
        Key = key;
        _owner = owner;
        _outer = outer;
        _created = created;
    }

    public object Key { get; }

    public object? Value
    {
        get => _value;
        set
        {
            _value = value;
            _hasValue = true;
        }
    }

    public DateTimeOffset? AbsoluteExpiration
    {
        get => Volatile.Read(ref _linkedEnd) is var end && end < (field?.UtcTicks ?? Expiry.Never) ? new DateTimeOffset(end, TimeSpan.Zero) : field;
        set;
    }

    public TimeSpan? AbsoluteExpirationRelativeToNow
    {
        get;
        set => field = Positive(value, nameof(AbsoluteExpirationRelativeToNow));
    }

    public TimeSpan? SlidingExpiration
    {
        get;
        set => field = Positive(value, nameof(SlidingExpiration));
    }

    public IList<IChangeToken> ExpirationTokens => Tokens;

    public IList<PostEvictionCallbackRegistration> PostEvictionCallbacks => _callbacks ??= [];

    public CacheItemPriority Priority { get; set; } = CacheItemPriority.Normal;

    public long? Size
    {
        get;
        set
        {
            if (value < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "A size is 0 or more.");
            }

            if (_committed)
            {
                throw new InvalidOperationException($"The entry '{Key}' is in the cache already, with the size that it had then. Make a new entry under its key to change the size.");
            }

            field = value;
        }
    }

    /// <summary>When it was made, in the time stamps of the owner's clock.</summary>
    public long Created => _created;

    /// <summary>Why it is over before the cache says so: a token, or what it is linked to. <see cref="EvictionReason.None"/> where it is not.</summary>
    public EvictionReason Over { get; private set; }

    private TokenList Tokens => _tokens ?? Interlocked.CompareExchange(ref _tokens, new(), null) ?? _tokens;

    /// <summary>Looks whether a token has fired, also one that tells nobody, or an entry has ended that this one is linked to.</summary>
    public bool IsOver(TimeProvider time)
    {
        if (Over != EvictionReason.None)
        {
            return true;
        }

        if (_tokens is { } tokens)
        {
            foreach (IChangeToken token in tokens)
            {
                if (token.HasChanged)
                {
                    Over = EvictionReason.TokenExpired;
                    return true;
                }
            }
        }

        if (Volatile.Read(ref _linkedEnd) is var end && end != Expiry.Never && end <= time.GetUtcNow().UtcTicks)
        {
            Over = EvictionReason.Expired;
            return true;
        }

        return false;
    }

    /// <summary>Commits the entry where it has got a value.</summary>
    public void Dispose()
    {
        if (_committed)
        {
            return;
        }

        _committed = true;
        _owner.Close(this, _outer, _hasValue);
    }

    /// <summary>Gives another entry, which is made from this one's value, what ends both. That one may be in the cache already, and get such from several threads.</summary>
    public void LinkTo(MemoryEntry other)
    {
        if (other == this)
        {
            return;
        }

        if (_tokens is { Count: > 0 } tokens)
        {
            other.Tokens.AddAll(tokens);
        }

        if (AbsoluteExpiration is { } end)
        {
            long seen = Volatile.Read(ref other._linkedEnd);
            while (end.UtcTicks < seen && Interlocked.CompareExchange(ref other._linkedEnd, end.UtcTicks, seen) is var now && now != seen)
            {
                seen = now;
            }
        }
    }

    /// <summary>Listens to the tokens, once the entry is in the cache.</summary>
    /// <returns>False where some tell nobody, and have to be asked.</returns>
    public bool Listen()
    {
        bool all = true;
        if (_tokens is { } tokens)
        {
            foreach (IChangeToken token in tokens)
            {
                if (token.ActiveChangeCallbacks)
                {
                    Keep(token.RegisterChangeCallback(static entry => ((MemoryEntry)entry!).Fired(), this));
                }
                else
                {
                    all = false;
                }
            }
        }

        return all;
    }

    /// <summary>The entry has gone: tells its callbacks, on the pool's threads.</summary>
    public void End(EvictionReason reason)
    {
        if (_callbacks is { Count: > 0 })
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.Entry.Tell(state.Reason), (Entry: this, Reason: reason), preferLocal: false);
        }

        if (_tokens is not { } tokens)
        {
            return;
        }

        List<IDisposable>? registrations;
        lock (tokens)
        {
            _over = true;
            registrations = _registrations;
            _registrations = null;
        }

        // Not under the lock: to dispose a registration may mean to wait for its callback.
        foreach (IDisposable registration in registrations ?? [])
        {
            registration.Dispose();
        }
    }

    private static TimeSpan? Positive(TimeSpan? value, string name)
        => value <= TimeSpan.Zero ? throw new ArgumentOutOfRangeException(name, value, "The time is positive.") : value;

    private void Fired()
    {
        Over = EvictionReason.TokenExpired;

        // Elsewhere: to take entries out is to dispose registrations, and that waits for callbacks such as this one.
        ThreadPool.UnsafeQueueUserWorkItem(static entry => entry._owner.Expire(entry), this, preferLocal: false);
    }

    private void Keep(IDisposable registration)
    {
        lock (_tokens!)
        {
            if (!_over)
            {
                (_registrations ??= []).Add(registration);
                return;
            }
        }

        registration.Dispose();
    }

    private void Tell(EvictionReason reason)
    {
        foreach (PostEvictionCallbackRegistration callback in _callbacks!)
        {
            try
            {
                callback.EvictionCallback?.Invoke(Key, _value, reason, callback.State);
            }
            catch
            {
                _owner.CallbackFailed();
            }
        }
    }
}
