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
    private List<IChangeToken>? _tokens;
    private List<IDisposable>? _registrations;
    private List<PostEvictionCallbackRegistration>? _callbacks;

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

    public DateTimeOffset? AbsoluteExpiration { get; set; }

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

    public IList<IChangeToken> ExpirationTokens => _tokens ??= [];

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

            field = value;
        }
    }

    /// <summary>When it was made, in the time stamps of the owner's clock.</summary>
    public long Created => _created;

    /// <summary>A token of it has fired: that is the reason for its removal.</summary>
    public bool TokenFired { get; set; }

    /// <summary>A token has fired, also one that tells nobody.</summary>
    public bool HasFiredToken => _tokens is not null && (TokenFired || _tokens.Exists(static token => token.HasChanged));

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

    /// <summary>Gives another entry, which is made from this one's value, what ends both.</summary>
    public void LinkTo(MemoryEntry other)
    {
        if (_tokens is not null)
        {
            lock (_tokens)
            {
                foreach (IChangeToken token in _tokens)
                {
                    other.ExpirationTokens.Add(token);
                }
            }
        }

        if (AbsoluteExpiration is { } end && !(other.AbsoluteExpiration <= end))
        {
            other.AbsoluteExpiration = end;
        }
    }

    /// <summary>Listens to the tokens, once the entry is in the cache.</summary>
    public void Listen()
    {
        if (_tokens is null)
        {
            return;
        }

        lock (_tokens)
        {
            foreach (IChangeToken token in _tokens)
            {
                if (token.ActiveChangeCallbacks && !_over)
                {
                    (_registrations ??= []).Add(token.RegisterChangeCallback(static entry => ((MemoryEntry)entry!).Fired(), this));
                }
            }

            if (_over)
            {
                StopListening();
            }
        }
    }

    /// <summary>The entry has gone: tells its callbacks, on the pool's threads.</summary>
    public void End(EvictionReason reason)
    {
        if (_tokens is not null)
        {
            lock (_tokens)
            {
                _over = true;
                StopListening();
            }
        }

        if (_callbacks is { Count: > 0 })
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.Entry.Tell(state.Reason), (Entry: this, Reason: reason), preferLocal: false);
        }
    }

    private static TimeSpan? Positive(TimeSpan? value, string name)
        => value <= TimeSpan.Zero ? throw new ArgumentOutOfRangeException(name, value, "The time is positive.") : value;

    private void Fired()
    {
        TokenFired = true;
        _owner.Expire(this);
    }

    private void StopListening()
    {
        foreach (IDisposable registration in _registrations ?? [])
        {
            registration.Dispose();
        }

        _registrations = null;
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
