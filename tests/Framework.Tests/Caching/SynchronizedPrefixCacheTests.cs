using Squelch.Policies;

namespace Squelch.Tests.Caching;

public class SynchronizedPrefixCacheTests
{
    [Fact]
    public async Task ManyThreadsKeepTheBudgetAndEveryHandleComesOutOnce()
    {
        const long Capacity = 2_000_000_000;
        using var inner = new PrefixCache<Marconi>(new Marconi { Alpha = 0.5 }, new PrefixCacheOptions { CapacityBytes = Capacity });
        using var cache = new SynchronizedPrefixCache(inner);
        var committed = new System.Collections.Concurrent.ConcurrentDictionary<(int Space, UInt128 Prefix), bool>();
        long next = 0;
        var given = new System.Collections.Concurrent.ConcurrentDictionary<long, bool>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            var actions = new List<StateAction>();
            for (int i = 0; i < 500; i++)
            {
                int[] input = [.. Enumerable.Range(0, 50 + random.Next(100)).Select(_ => random.Next(2))];
                int space = random.Next(2);
                Lease lease = cache.Lookup(input, space);
                Assert.InRange(lease.HitTokens, 0, input.Length);
                Assert.True(lease.HitTokens == 0 || committed.ContainsKey((space, Bits(input.AsSpan(0, lease.HitTokens)))), "what is hit was committed in that namespace");
                actions.Clear();
                if (random.Next(10) == 0)
                {
                    cache.Abandon(lease, actions);
                }
                else
                {
                    int[] sequence = [.. input, 7];
                    for (int length = 1; length <= sequence.Length; length++)
                    {
                        committed[(space, Bits(sequence.AsSpan(0, length)))] = true;
                    }

                    cache.Commit(lease, sequence, 0, _ => New(), actions);
                }

                foreach (StateAction action in actions.Where(action => action.Kind is StateActionKind.Free or StateActionKind.Join or StateActionKind.Decline))
                {
                    Assert.True(given.TryRemove(action.Handle.Value, out _), $"{action} came out twice");
                }

                Assert.InRange(cache.Bytes, 0, Capacity);
            }
        })));

        // Every handle that was given and has not come out stands in the tree, and no node is without one.
        Assert.Equal(given.Count, inner.NodeCount);
        Assert.Equal(0, inner.OpenLeases);

        StateHandle New()
        {
            long value = Interlocked.Increment(ref next);
            given[value] = true;
            return new StateHandle(value);
        }

        // Tokens are 0, 1 and, at the end, 7: the prefix in base 3, modulo 2^128.
        static UInt128 Bits(ReadOnlySpan<int> tokens)
        {
            UInt128 bits = 1;
            foreach (int token in tokens)
            {
                bits = (bits * 3) + (UInt128)(token == 7 ? 2 : token);
            }

            return bits;
        }
    }
}
