namespace Squelch.Policies.Tests.Trees;

/// <summary>A conversation's turns are uses of one thing, though each turn makes a node of its own.</summary>
public sealed class ContinuationTests
{
    private static readonly int[] s_conversation = [1, 2, 3, 4, 5, 6];

    private static readonly long s_node = ModelShape.PaperHybrid.CheckpointBytes + ModelShape.PaperHybrid.KvBytes(1);

    /// <summary>
    /// A conversation of six turns, then sequences that come once each, as many as fit and one more. Whose counts began anew with each turn would hold the last turn for a
    /// sequence like the others, and the oldest of them.
    /// </summary>
    [Fact]
    public void WhatIsCountedStaysWithTheConversation()
    {
        Assert.Equal(10, FirstVictim<Lfu>());
        Assert.Equal(10, FirstVictim<LfuDa>());
        Assert.Equal(10, FirstVictim<Lrfu>());
        Assert.Equal(10, FirstVictim<LruK>());
        Assert.Equal(10, FirstVictim<Slru>());
        Assert.Equal(10, FirstVictim<Arc>());
        Assert.Equal(6, FirstVictim<Fifo>());
    }

    /// <summary>In a full cache a conversation's last turn wins against what came once; as one of its own it would lose.</summary>
    [Fact]
    public void TheSketchCountsTheConversation()
    {
        using var cache = new PrefixCache<WTinyLfu>(new() { CapacityBytes = 200 * s_node });
        Serve(cache, 10, 300);
        for (int turn = 1; turn <= s_conversation.Length; turn++)
        {
            cache.Commit(cache.Lookup(s_conversation.AsSpan(0, turn)), s_conversation.AsSpan(0, turn));
        }

        Serve(cache, 1000, 300);
        Assert.Equal(s_conversation.Length, cache.Lookup([.. s_conversation, 7]).HitTokens);
    }

    /// <summary>The last page of the first victim.</summary>
    private static int FirstVictim<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        int? first = null;
        PrefixCache<TPolicy>? cache = null;
        using (cache = new PrefixCache<TPolicy>(new() { CapacityBytes = 9 * s_node, OnVictim = victim => first ??= cache!.Nodes.EdgeKey(victim.Node) }))
        {
            for (int turn = 1; turn <= s_conversation.Length; turn++)
            {
                cache.Commit(cache.Lookup(s_conversation.AsSpan(0, turn)), s_conversation.AsSpan(0, turn));
            }

            for (int other = 10; first is null; other++)
            {
                Serve(cache, other, 1);
            }
        }

        return first.Value;
    }

    private static void Serve(PrefixCache cache, int from, int count)
    {
        for (int page = from; page < from + count; page++)
        {
            cache.Commit(cache.Lookup([page]), [page]);
        }
    }
}
