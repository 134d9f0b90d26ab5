using Squelch.Policies;

namespace Squelch.Tests.Caching;

public class SynchronizedPrefixCacheTests
{
    [Fact]
    public async Task ManyThreadsKeepTheBudgetAndEveryHandleComesOutOnce()
    {
        const long Capacity = 2_000_000_000;
        using var cache = new SynchronizedPrefixCache(new PrefixCache<Marconi>(new Marconi { Alpha = 0.5 }, new PrefixCacheOptions { CapacityBytes = Capacity }));
        long next = 0;
        var given = new System.Collections.Concurrent.ConcurrentDictionary<long, bool>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            var actions = new List<StateAction>();
            for (int i = 0; i < 500; i++)
            {
                int[] input = [.. Enumerable.Range(0, 50 + random.Next(100)).Select(_ => random.Next(2))];
                Lease lease = cache.Lookup(input, random.Next(2));
                actions.Clear();
                if (random.Next(10) == 0)
                {
                    cache.Abandon(lease, actions);
                }
                else
                {
                    cache.Commit(lease, [.. input, 7], 0, _ => New(), actions);
                }

                foreach (StateAction action in actions.Where(action => action.Kind != StateActionKind.Split))
                {
                    Assert.True(given.TryRemove(action.Handle.Value, out _), $"{action} came out twice");
                }

                Assert.InRange(cache.Bytes, 0, Capacity);
            }
        })));

        StateHandle New()
        {
            long value = Interlocked.Increment(ref next);
            given[value] = true;
            return new StateHandle(value);
        }
    }
}
