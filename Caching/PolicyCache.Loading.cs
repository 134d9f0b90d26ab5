using System.Diagnostics.CodeAnalysis;

namespace Squelch.Caching;

/// <summary>Values that are made when they are missing.</summary>
public sealed partial class PolicyCache<TKey, TValue, TPolicy>
{
    // What the factories are making within which this code runs, where they are asynchronous; others are known by their thread.
    private static readonly AsyncLocal<Making?> s_making = new();

    /// <summary>The value of a key: the one that is there, or one that is made now and kept where it fits: one request. Of callers that miss it together one makes it, and the others wait.</summary>
    /// <param name="key">The key.</param>
    /// <param name="factory">Makes the value, under no lock. What it throws goes to all who wait, and nothing is kept. It must not ask the cache for its own key.</param>
    /// <param name="options">What is said of the value, where it is made.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or an option cannot be; nothing is kept.</exception>
    /// <exception cref="InvalidOperationException">The factory asks for its own key.</exception>
    /// <exception cref="ObjectDisposedException">The cache is disposed, and has no value.</exception>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> factory, CacheEntryOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return GetOrAdd(key, static (key, factory) => factory(key), factory, options);
    }

    /// <summary>As <see cref="GetOrAdd(TKey, Func{TKey, TValue}, CacheEntryOptions)"/>, for a factory that captures nothing.</summary>
    /// <typeparam name="TArgument">What the factory needs.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="factory">Makes the value.</param>
    /// <param name="argument">Goes to the factory.</param>
    /// <param name="options">What is said of the value, where it is made.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or an option cannot be; nothing is kept.</exception>
    /// <exception cref="InvalidOperationException">The factory asks for its own key.</exception>
    /// <exception cref="ObjectDisposedException">The cache is disposed, and has no value.</exception>
    public TValue GetOrAdd<TArgument>(TKey key, Func<TKey, TArgument, TValue> factory, TArgument argument, CacheEntryOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        while (true)
        {
            if (_table.TryGet(Checked(key), out Entry<TKey, TValue>? there))
            {
                if (TryUse(there))
                {
                    return there.Value;
                }

                if (Waiting(there) is { } made)
                {
                    Metrics.Miss();
                    return made.GetAwaiter().GetResult();
                }
            }

            ObjectDisposedException.ThrowIf(_disposed, this);
            var entry = new Entry<TKey, TValue>(key, new(Environment.CurrentManagedThreadId, cancellation: null));
            if (_table.TryAdd(entry))
            {
                Metrics.Miss();
                return Make(entry, factory, argument, options);
            }
        }
    }

    /// <summary>
    /// As <see cref="GetOrAdd(TKey, Func{TKey, TValue}, CacheEntryOptions)"/>, without blocking a thread. A caller that gives up leaves the others waiting; once all have, the factory is told to stop.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="factory">Makes the value, under no lock. Its token is cancelled once nobody waits. What it throws goes to all who wait, and nothing is kept. It must not ask the cache for its own key.</param>
    /// <param name="options">What is said of the value, where it is made.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or an option cannot be; nothing is kept.</exception>
    /// <exception cref="InvalidOperationException">The factory asks for its own key.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up, or the factory did.</exception>
    /// <exception cref="ObjectDisposedException">The cache is disposed, and has no value.</exception>
    public ValueTask<TValue> GetOrAddAsync(
        TKey key, Func<TKey, CancellationToken, ValueTask<TValue>> factory, CacheEntryOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        if (_table.TryGet(Checked(key), out Entry<TKey, TValue>? there) && TryUse(there))
        {
            return new(there.Value);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            Metrics.Miss();
            return ValueTask.FromCanceled<TValue>(cancellationToken);
        }

        return MakeOrWait(key, factory, options, cancellationToken);
    }

    private ValueTask<TValue> MakeOrWait(TKey key, Func<TKey, CancellationToken, ValueTask<TValue>> factory, in CacheEntryOptions options, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_table.TryGet(key, out Entry<TKey, TValue>? there))
            {
                if (TryUse(there))
                {
                    return new(there.Value);
                }

                if (there.Load is { } other && Waiting(there) is { } made)
                {
                    Metrics.Miss();
                    return Wait(made, there, other, cancellationToken);
                }
            }

            ObjectDisposedException.ThrowIf(_disposed, this);
            var load = new Load<TValue>(thread: 0, new CancellationTokenSource());
            var entry = new Entry<TKey, TValue>(key, load);
            if (_table.TryAdd(entry))
            {
                Metrics.Miss();
                Task<TValue> own = load.Task()!;
                _ = MakeAsync(entry, load, factory, options);
                return Wait(own, entry, load, cancellationToken);
            }
        }
    }

    /// <summary>What to wait for where another caller makes the value; null where it is made, or given up.</summary>
    private Task<TValue>? Waiting(Entry<TKey, TValue> entry)
    {
        if (entry.Load is not { } load)
        {
            return null;
        }

        if (load.IsOwn || Making.Contains(s_making.Value, load))
        {
            throw new InvalidOperationException($"The factory of the key '{entry.Key}' asks the cache for that key, and would wait for itself. Ask for another key there, or make the value without the cache.");
        }

        Task<TValue>? made = load.TryJoin();
        if (made is null && entry.State == EntryState.Loading)
        {
            // Given up by all who waited.
            TryTake(entry, RemovalReason.Removed);
        }

        return made;
    }

    private ValueTask<TValue> Wait(Task<TValue> made, Entry<TKey, TValue> entry, Load<TValue> load, CancellationToken cancellationToken)
    {
        return !cancellationToken.CanBeCanceled || made.IsCompleted ? new(made) : WaitOrLeave();

        async ValueTask<TValue> WaitOrLeave()
        {
            try
            {
                return await made.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !made.IsCompleted)
            {
                if (load.Leave())
                {
                    TryTake(entry, RemovalReason.Removed);
                }

                throw;
            }
        }
    }

    private TValue Make<TArgument>(Entry<TKey, TValue> entry, Func<TKey, TArgument, TValue> factory, TArgument argument, in CacheEntryOptions options)
    {
        Load<TValue> load = entry.Load!;
        try
        {
            long? start = Started();
            TValue value = factory(entry.Key, argument);
            Keep(entry, load, value, options, start);
            return value;
        }
        catch (Exception exception)
        {
            GiveUp(entry, load, exception);
            throw;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the factory throws goes to those who wait.")]
    private async Task MakeAsync(Entry<TKey, TValue> entry, Load<TValue> load, Func<TKey, CancellationToken, ValueTask<TValue>> factory, CacheEntryOptions options)
    {
        s_making.Value = Making.Within(s_making.Value, load);
        try
        {
            long? start = Started();
            TValue value = await factory(entry.Key, load.Cancellation).ConfigureAwait(false);
            Keep(entry, load, value, options, start);
        }
        catch (Exception exception)
        {
            GiveUp(entry, load, exception);
        }
    }

    private long? Started() => _options.MeasureCost || _meter?.TimesLoads == true ? _options.TimeProvider.GetTimestamp() : null;

    private void Keep(Entry<TKey, TValue> entry, Load<TValue> load, TValue value, in CacheEntryOptions options, long? start)
    {
        double cost = options.Cost ?? double.NaN;
        if (start is { } began)
        {
            TimeSpan took = _options.TimeProvider.GetElapsedTime(began);
            _meter?.Loaded(took);
            if (_options.MeasureCost)
            {
                cost = options.Cost ?? took.TotalMilliseconds;
            }
        }

        EntryTerms? terms = Fill(entry, value, options);
        Metrics.Loaded();
        if (_table.TryPublish(entry, terms))
        {
            // Before those who wait go on: for them, too, the value has its room.
            Came(new(WriteKind.Insert, entry, Cost: cost));
        }

        load.Complete(value);
    }

    private void GiveUp(Entry<TKey, TValue> entry, Load<TValue> load, Exception exception)
    {
        // Where the value is there, it was not the factory that threw.
        if (entry.State != EntryState.Ready)
        {
            Metrics.LoadFailed();
            _table.TryRemove(entry, RemovalReason.Removed);
        }

        load.Fail(exception);
    }

    /// <summary>Values that are being made, from the innermost.</summary>
    private sealed record Making(Load<TValue> Load, Making? Outer)
    {
        public static bool Contains(Making? making, Load<TValue> load) => making is not null && (making.Load == load || Contains(making.Outer, load));

        /// <summary>One more. Those that are over are left out: code that a factory starts and does not wait for may make others in turn, without an end.</summary>
        public static Making Within(Making? outer, Load<TValue> load)
        {
            while (outer is not null && outer.Load.Task() is null)
            {
                outer = outer.Outer;
            }

            return new(load, outer);
        }
    }
}
