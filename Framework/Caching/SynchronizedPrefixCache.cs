namespace Squelch;

/// <summary>A prefix cache for several threads: one call at a time, in the order in which they get the lock. Owns the cache.</summary>
/// <param name="cache">The cache; use it through this object only.</param>
public sealed class SynchronizedPrefixCache(PrefixCache cache) : IDisposable
{
    private readonly Lock _lock = new();

    /// <inheritdoc cref="PrefixCache.Bytes"/>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return cache.Bytes;
            }
        }
    }

    /// <summary>How far the policy's tuner is.</summary>
    public TuningStatus Tuning
    {
        get
        {
            lock (_lock)
            {
                return cache.Tuning;
            }
        }
    }

    /// <inheritdoc cref="PrefixCache.Lookup"/>
    public Lease Lookup(ReadOnlySpan<int> input, long space = 0, RequestHints hints = default, int tokens = 0)
    {
        lock (_lock)
        {
            return cache.Lookup(input, space, hints, tokens);
        }
    }

    /// <summary>Keeps a finished request's states. The handle of each new node comes from <paramref name="handle"/>, called under the lock.</summary>
    /// <inheritdoc cref="PrefixCache.Commit(in Lease, ReadOnlySpan{int}, int)"/>
    /// <param name="lease">The lease of the request's lookup.</param>
    /// <param name="sequence">Input and output pages.</param>
    /// <param name="tokens">Tokens of the sequence, or 0.</param>
    /// <param name="handle">Gives the handle of a planned node.</param>
    /// <param name="actions">Receives what the engine has to do, in order.</param>
    /// <returns>True where the whole sequence is in the cache now.</returns>
    public bool Commit(in Lease lease, ReadOnlySpan<int> sequence, int tokens, Func<PlannedNode, StateHandle> handle, ICollection<StateAction> actions)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(actions);
        lock (_lock)
        {
            ReadOnlySpan<PlannedNode> plan = cache.Plan(lease, sequence, tokens);
            var states = new StateHandle[plan.Length];
            for (int i = 0; i < plan.Length; i++)
            {
                states[i] = handle(plan[i]);
            }

            try
            {
                return cache.Commit(lease, sequence, tokens, states).Admitted;
            }
            finally
            {
                // Where OnVictim threw, the commit is whole and its actions count; where the commit was refused, there are none.
                Hand(actions);
            }
        }
    }

    /// <summary>Ends a lease without keeping anything. A node that it alone kept apart from its child is joined with it.</summary>
    /// <inheritdoc cref="PrefixCache.Abandon"/>
    /// <param name="lease">The lease.</param>
    /// <param name="actions">Receives what the engine has to do, in order.</param>
    public void Abandon(in Lease lease, ICollection<StateAction> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        lock (_lock)
        {
            cache.Abandon(lease);
            Hand(actions);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            cache.Dispose();
        }
    }

    private void Hand(ICollection<StateAction> actions)
    {
        foreach (StateAction action in cache.LastActions)
        {
            actions.Add(action);
        }
    }
}
