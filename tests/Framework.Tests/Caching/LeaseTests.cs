using Squelch.Tests.Reference;

namespace Squelch.Tests.Caching;

public class LeaseTests
{
    private static readonly int[] Prompt = [.. Enumerable.Range(0, 100)];

    private static PrefixCache<ReferenceMarconi> NewCache(long capacity = 1_000_000_000) => new(new PrefixCacheOptions { CapacityBytes = capacity });

    [Fact]
    public void ACommittedPromptIsReusedToItsLastToken()
    {
        using var cache = NewCache();
        Assert.True(cache.Commit(cache.Lookup(Prompt), Prompt).Admitted);
        int[] longer = [.. Prompt, 7, 7];
        Assert.Equal(100, cache.Lookup(longer).HitTokens);
    }

    [Fact]
    public void ABranchPointIsReusedFromTheThirdRequestOn()
    {
        using var cache = NewCache();
        int[] Variant(int tail) => [.. Prompt[..60], tail, tail];
        Assert.Equal(0, Commit(Variant(1000)).HitTokens);
        Lease second = Commit(Variant(1001));
        Assert.Equal(0, second.HitTokens);
        Assert.Equal(60, second.BranchTokens);
        Assert.Equal(60, Commit(Variant(1002)).HitTokens);

        Lease Commit(int[] input)
        {
            Lease lease = cache.Lookup(input);
            cache.Commit(lease, input);
            return lease;
        }
    }

    [Fact]
    public void NoHitCrossesNamespaces()
    {
        using var cache = NewCache();
        cache.Commit(cache.Lookup(Prompt, space: 1), Prompt);
        Assert.Equal(0, cache.Lookup(Prompt, space: 2).HitTokens);
        Assert.Equal(0, cache.Lookup(Prompt).HitTokens);
        Assert.Equal(100, cache.Lookup(Prompt, space: 1).HitTokens);
    }

    [Fact]
    public void AnEmptiedNamespaceLeavesNoRootBehind()
    {
        using var cache = NewCache();
        for (int space = 1; space <= 1000; space++)
        {
            cache.Abandon(cache.Lookup(Prompt, space));
        }

        Assert.Equal(0, cache.Nodes.Count);
    }

    [Fact]
    public void ASecondCommitOfALeaseIsRefusedAndTheCacheIsIntact()
    {
        using var cache = NewCache();
        Lease lease = cache.Lookup(Prompt);
        cache.Commit(lease, Prompt);
        long bytes = cache.Bytes;
        Assert.Contains("has ended", Assert.Throws<InvalidOperationException>(() => cache.Commit(lease, Prompt)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => cache.Abandon(lease));
        Assert.Equal(bytes, cache.Bytes);
        Assert.Equal(100, cache.Lookup(Prompt).HitTokens);
    }

    [Fact]
    public void AnEarlierLeaseOfAReusedSlotIsRefused()
    {
        using var cache = NewCache();
        Lease first = cache.Lookup(Prompt);
        cache.Abandon(first);
        Lease second = cache.Lookup(Prompt);
        Assert.Throws<InvalidOperationException>(() => cache.Abandon(first));
        cache.Abandon(second);
    }

    [Fact]
    public void ALeaseOfAnotherCacheIsRefused()
    {
        using var cache = NewCache();
        using var other = NewCache();
        Lease lease = other.Lookup(Prompt);
        Assert.Contains("another cache", Assert.Throws<InvalidOperationException>(() => cache.Commit(lease, Prompt)).Message, StringComparison.Ordinal);
        Assert.Contains("not made by a lookup", Assert.Throws<InvalidOperationException>(() => cache.Abandon(default)).Message, StringComparison.Ordinal);
        other.Commit(lease, Prompt);
    }

    [Fact]
    public void UseAfterDisposeIsRefused()
    {
        var cache = NewCache();
        Lease lease = cache.Lookup(Prompt);
        cache.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cache.Lookup(Prompt));
        Assert.Throws<ObjectDisposedException>(() => cache.Commit(lease, Prompt));
    }

    [Fact]
    public void ASequenceShorterThanItsLookupIsRefusedAndTheLeaseStaysOpen()
    {
        using var cache = NewCache();
        Lease lease = cache.Lookup(Prompt);
        Assert.Throws<ArgumentException>(() => cache.Commit(lease, Prompt[..50]));
        Assert.True(cache.Commit(lease, Prompt).Admitted);
    }

    [Fact]
    public void ABudgetBelowOneCheckpointIsRefused()
        => Assert.Contains("at least", Assert.Throws<ArgumentOutOfRangeException>(() => NewCache(1000)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnotherRequestsLeasedNodeIsNeverAVictim()
    {
        long room = ModelShape.PaperHybrid.CheckpointBytes + ModelShape.PaperHybrid.KvBytes(120);
        using var cache = NewCache(room);
        cache.Commit(cache.Lookup(Prompt), Prompt);
        Lease holder = cache.Lookup(Prompt);
        int[] other = [.. Enumerable.Range(5000, 100)];
        Assert.False(cache.Commit(cache.Lookup(other), other).Admitted);
        Assert.Equal(100, holder.HitTokens);
        cache.Abandon(holder);
        Assert.True(cache.Commit(cache.Lookup(other), other).Admitted);
        Assert.Equal(0, cache.Lookup(Prompt).HitTokens);
    }

    [Fact]
    public void HandlesComeOutInOrder()
    {
        using var cache = NewCache();
        cache.Commit(cache.Lookup(Prompt), Prompt, 0, [new StateHandle(1)]);
        int[] branch = [.. Prompt[..60], 9, 9];
        Lease lease = cache.Lookup(branch);
        PlannedNode[] plan = [.. cache.Plan(lease, branch)];
        Assert.Equal([new PlannedNode(60, true), new PlannedNode(62, true)], plan);
        StateAction[] actions = [.. cache.Commit(lease, branch, 0, [new StateHandle(2), new StateHandle(3)]).Actions];
        Assert.Equal([new StateAction(StateActionKind.Split, new(1), new(2), 60)], actions);
    }

    [Fact]
    public void ARefusedSequencesHandlesAreDeclined()
    {
        using var cache = NewCache(ModelShape.PaperHybrid.CheckpointBytes + ModelShape.PaperHybrid.KvBytes(10));
        StateAction[] actions = [.. cache.Commit(cache.Lookup(Prompt), Prompt, 0, [new StateHandle(5)]).Actions];
        Assert.Equal([new StateAction(StateActionKind.Decline, new(5), default, 0)], actions);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void AWrongNumberOfHandlesIsRefusedAndTheLeaseStaysOpen()
    {
        using var cache = NewCache();
        Lease lease = cache.Lookup(Prompt);
        Assert.Throws<ArgumentException>(() => cache.Commit(lease, Prompt, 0, [new(1), new(2)]));
        Assert.True(cache.Commit(lease, Prompt, 0, [new(1)]).Admitted);
    }
}
