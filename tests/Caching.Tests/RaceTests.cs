namespace Squelch.Caching.Tests;

/// <summary>Calls that meet each other, or a fault, in the middle.</summary>
public sealed class RaceTests
{
    private const int Capacity = 64;

    /// <summary>Of two threads that change values together one makes the room for both, without another call.</summary>
    [Fact]
    public void RoomIsMadeByOneOfTwoThatMeet()
    {
        const int Rounds = 200_000;
        int told = 0;
        int round = 0;
        int done = 0;
        int late = 0;
        using var cache = new PolicyCache<int, int, Fifo>(new() { Capacity = Capacity, OnRemoved = _ => Interlocked.Increment(ref told) });
        for (int key = 0; key < Capacity; key++)
        {
            cache.AddOrUpdate(-1 - key, key);
        }

        Thread other = OnStripe(1, () =>
        {
            var random = new Random(1);
            for (int turn = 1; turn <= Rounds; turn++)
            {
                Until(() => Volatile.Read(ref round) == turn);
                Thread.SpinWait(random.Next(60));
                cache.AddOrUpdate((2 * turn) + 1, turn);
                Volatile.Write(ref done, turn);
            }
        });
        OnStripe(0, () =>
        {
            var random = new Random(2);
            for (int turn = 1; turn <= Rounds; turn++)
            {
                Volatile.Write(ref round, turn);
                Thread.SpinWait(random.Next(60));
                cache.AddOrUpdate(2 * turn, turn);
                Until(() => Volatile.Read(ref done) == turn);

                // The one who makes the room for the other may not have told of it yet.
                if (!SpinWait.SpinUntil(() => Volatile.Read(ref told) == 2 * turn, TimeSpan.FromSeconds(10)))
                {
                    late++;
                    _ = cache.Count;
                }
            }
        }).Join();
        other.Join();
        Assert.Equal(0, late);

        // Looks often, so that both go on together, and gives way where the machine is busy.
        static void Until(Func<bool> condition)
        {
            for (int looks = 0; !condition(); looks++)
            {
                if (looks > 10_000)
                {
                    Thread.Yield();
                }
            }
        }
    }

    /// <summary>A caller that gives up just when the value has come takes it out of the policy, too.</summary>
    [Fact]
    public async Task WhoGivesUpTakesTheValueOutForThePolicyToo()
    {
        using var cancellation = new CancellationTokenSource();
        var made = new TaskCompletionSource<int>();
        Task<int>? call = null;
        using var cache = new PolicyCache<int, int, Fifo>(new()
        {
            Capacity = 1,
            OnRemoved = removed =>
            {
                if (removed.Key == 0)
                {
                    cancellation.Cancel();
                    ((IAsyncResult)call!).AsyncWaitHandle.WaitOne();
                }
            },
        });
        cache.AddOrUpdate(0, 0);
        call = cache.GetOrAddAsync(1, (_, _) => new(made.Task), new() { Pinned = true }, cancellation.Token).AsTask();
        made.SetResult(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(SpinWait.SpinUntil(() => cache.Size == 0, TimeSpan.FromSeconds(30)), $"{cache.Size} held by nothing");
        cache.AddOrUpdate(2, 2);
        Assert.True(cache.ContainsKey(2));
    }

    /// <summary>A value that is made while the cache is disposed does not stay.</summary>
    [Fact]
    public void NothingStaysInADisposedCache()
    {
        var comparer = new HookedComparer();
        var cache = new PolicyCache<int, int, Fifo>(new() { Capacity = 10, Comparer = comparer });
        int calls = 0;
        comparer.OnHash = key =>
        {
            if (key == 5 && ++calls == 2)
            {
                cache.Dispose();
            }
        };
        Assert.Equal(1, cache.GetOrAdd(5, _ => 1));
        comparer.OnHash = null;
        Assert.True(calls >= 2);
        Assert.False(cache.ContainsKey(5));
        Assert.Equal(0, cache.Count);
    }

    /// <summary>A change that was small beside the old capacity does not wait under the new one.</summary>
    [Fact]
    public void WhatComesWhileTheCapacityFallsDoesNotWait()
    {
        const int Large = 1_000_000;
        var removed = new List<int>();
        PolicyCache<int, int, Fifo> cache = null!;
        bool armed = false;
        cache = new(new()
        {
            Capacity = Large,
            SizeOf = (_, size) => size,
            OnRemoved = entry => removed.Add(entry.Key),
            KeyNumber = key =>
            {
                if (key == 7 && armed)
                {
                    armed = false;
                    OnStripe(0, () => cache.AddOrUpdate(8, 200)).Join();
                }

                return (ulong)key;
            },
        });
        OnStripe(1, () =>
        {
            armed = true;
            cache.AddOrUpdate(7, 1);
            cache.Resize(100);
        }).Join();
        Assert.Equal([8], removed);
        cache.Dispose();
    }

    /// <summary>After a fault nothing comes, what is there can go, and the cache can be disposed.</summary>
    [Fact]
    public void AFaultedCacheTakesNothingAndIsDisposed()
    {
        var values = new List<Held>();
        var cache = new PolicyCache<int, Held, Fifo>(new() { Capacity = 10, DisposeValues = true, KeyNumber = key => key == 13 ? throw new IOException("no number") : (ulong)key });
        cache.AddOrUpdate(1, Make());
        cache.AddOrUpdate(2, Make());
        Assert.Throws<IOException>(() => cache.AddOrUpdate(13, Make()));
        for (int key = 100; key < 1100; key++)
        {
            Assert.Throws<InvalidOperationException>(() => cache.AddOrUpdate(key, Make()));
        }

        Assert.InRange(Enumerable.Range(0, 1100).Count(cache.ContainsKey), 0, 10);
        Assert.True(cache.TryRemove(1));
        cache.Dispose();
        Assert.Equal(0, Enumerable.Range(0, 1100).Count(cache.ContainsKey));
        Assert.All(values, value => Assert.Equal(1, value.Disposals));

        Held Make()
        {
            var value = new Held();
            values.Add(value);
            return value;
        }
    }

    /// <summary>What is called in the middle of a change may not use the cache.</summary>
    [Fact]
    public void TheNumberOfAKeyMayNotUseItsCache()
    {
        PolicyCache<int, int, Fifo> cache = null!;
        cache = new(new() { Capacity = 10, KeyNumber = key => (ulong)(key + cache.Count) });
        Assert.Contains("in the middle of a change", Assert.Throws<InvalidOperationException>(() => cache.AddOrUpdate(1, 1)).Message, StringComparison.Ordinal);
        cache.Dispose();
    }

    private static Thread OnStripe(int stripe, Action run)
    {
        while (true)
        {
            var thread = new Thread(() => run());
            if (thread.ManagedThreadId % Stripes.Count == stripe % Stripes.Count)
            {
                thread.Start();
                return thread;
            }
        }
    }

    private sealed class Held : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }

    private sealed class HookedComparer : IEqualityComparer<int>
    {
        public Action<int>? OnHash { get; set; }

        public bool Equals(int x, int y) => x == y;

        public int GetHashCode(int obj)
        {
            OnHash?.Invoke(obj);
            return obj;
        }
    }
}
