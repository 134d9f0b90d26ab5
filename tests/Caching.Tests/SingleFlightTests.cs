namespace Squelch.Caching.Tests;

public sealed class SingleFlightTests : IDisposable
{
    private readonly PolicyCache<int, int, Lru> _cache = new(new() { Capacity = 100 });
    private int _calls;

    /// <summary>Who gets a value sees the capacity held: what made room for it has gone before.</summary>
    [Fact]
    public async Task RoomIsMadeBeforeTheValueIsHandedOut()
    {
        var made = new TaskCompletionSource<int>();
        Task<int>? asked = null;
        bool handedOut = true;
        using var cache = new PolicyCache<string, int, Lru>(new()
        {
            Capacity = 1,
            OnRemoved = removed => handedOut = removed.Key == "old" ? asked!.IsCompleted : handedOut,
        });
        cache.AddOrUpdate("old", 1);
        asked = cache.GetOrAddAsync("new", (_, _) => new(made.Task)).AsTask();
        made.SetResult(2);
        Assert.Equal(2, await asked);
        Assert.False(handedOut);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public async Task OneCallOfTheFactoryHoweverManyWait()
    {
        var gate = new TaskCompletionSource<int>();
        Task<int>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => _cache.GetOrAddAsync(1, Slow).AsTask())];
        Task<int>[] blocked = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() => _cache.GetOrAdd(1, _ => 8), TaskCreationOptions.LongRunning))];
        Assert.False(_cache.TryGet(1, out int _));
        Assert.Equal(0, _cache.Count);
        Assert.Empty(_cache);
        gate.SetResult(7);
        Assert.All(await Task.WhenAll([.. waiting, .. blocked]), value => Assert.Equal(7, value));
        Assert.Equal(1, _calls);
        Assert.True(_cache.TryGet(1, out int kept));
        Assert.Equal(7, kept);
        Assert.Equal(1, _cache.Metrics.Loads);

        async ValueTask<int> Slow(int key, CancellationToken token)
        {
            Interlocked.Increment(ref _calls);
            return await gate.Task;
        }
    }

    [Fact]
    public void ThreadsThatMissTogetherMakeOneValue()
    {
        for (int round = 0; round < 200; round++)
        {
            int made = 0;
            int key = round;
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => Assert.Equal(key, _cache.GetOrAdd(key, k =>
            {
                Interlocked.Increment(ref made);
                Thread.Yield();
                return k;
            })));
            Assert.Equal(1, made);
        }
    }

    [Fact]
    public async Task WhoGivesUpLeavesTheOthersWaiting()
    {
        var gate = new TaskCompletionSource<int>();
        using var first = new CancellationTokenSource();
        CancellationToken seen = default;
        Task<int> leaver = _cache.GetOrAddAsync(1, Slow, cancellationToken: first.Token).AsTask();
        Task<int> other = _cache.GetOrAddAsync(1, Slow).AsTask();
        first.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        Assert.False(seen.IsCancellationRequested);
        gate.SetResult(3);
        Assert.Equal(3, await other);
        Assert.Equal(1, _calls);
        Assert.True(_cache.ContainsKey(1));

        async ValueTask<int> Slow(int key, CancellationToken token)
        {
            Interlocked.Increment(ref _calls);
            seen = token;
            return await gate.Task;
        }
    }

    [Fact]
    public async Task OnceNobodyWaitsTheFactoryIsToldToStopAndTheNextCallerBeginsAnew()
    {
        using var give = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        Task<int> one = _cache.GetOrAddAsync(1, Endless, cancellationToken: give.Token).AsTask();
        Task<int> two = _cache.GetOrAddAsync(1, Endless, cancellationToken: give.Token).AsTask();
        give.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(5, await _cache.GetOrAddAsync(1, (_, _) => new(5)));
        Assert.Throws<TaskCanceledException>(() => _cache.GetOrAddAsync(2, (_, _) => new(5), cancellationToken: give.Token).GetAwaiter().GetResult());
        Assert.False(_cache.ContainsKey(2));

        async ValueTask<int> Endless(int key, CancellationToken token)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                stopped.TrySetResult();
            }

            return 0;
        }
    }

    [Fact]
    public async Task AFactoryThatThrowsCachesNothingAndAllWhoWaitAreTold()
    {
        var gate = new TaskCompletionSource<int>();
        Task<int>[] waiting = [.. Enumerable.Range(0, 3).Select(_ => _cache.GetOrAddAsync(1, async (_, _) => await gate.Task).AsTask())];
        gate.SetException(new IOException("down"));
        foreach (Task<int> one in waiting)
        {
            Assert.Equal("down", (await Assert.ThrowsAsync<IOException>(() => one)).Message);
        }

        Assert.Throws<IOException>(() => _cache.GetOrAdd(1, _ => throw new IOException()));
        await Assert.ThrowsAsync<IOException>(() => _cache.GetOrAddAsync(1, (_, _) => throw new IOException()).AsTask());
        Assert.Equal((0, 3, 0), (_cache.Count, _cache.Metrics.FailedLoads, _cache.Size));
        Assert.Equal(4, _cache.GetOrAdd(1, _ => 4));
    }

    /// <summary>What is set, or taken out, while a value is made counts; the value goes to those alone who wait.</summary>
    [Fact]
    public async Task AChangeMeanwhileWins()
    {
        var gate = new TaskCompletionSource<int>();
        Task<int> set = _cache.GetOrAddAsync(1, async (_, _) => await gate.Task).AsTask();
        Task<int> removed = _cache.GetOrAddAsync(2, async (_, _) => await gate.Task).AsTask();
        _cache.AddOrUpdate(1, 10);
        Assert.False(_cache.TryRemove(2));
        gate.SetResult(3);
        Assert.Equal(3, await set);
        Assert.Equal(3, await removed);
        Assert.True(_cache.TryGet(1, out int kept));
        Assert.Equal(10, kept);
        Assert.False(_cache.ContainsKey(2));
        Assert.Equal((1, 1), (_cache.Count, _cache.Size));
    }

    [Fact]
    public void AFactoryThatWaitsForItselfIsRefused()
    {
        Assert.Contains("'1'", Assert.Throws<InvalidOperationException>(() => _cache.GetOrAdd(1, key => _cache.GetOrAdd(key, _ => 0))).Message, StringComparison.Ordinal);
        Assert.Equal(6, _cache.GetOrAdd(1, key => _cache.GetOrAdd(key + 1, _ => 5) + 1));
    }

    public void Dispose() => _cache.Dispose();
}
