using Squelch.Policies;

namespace Squelch.Tests.Caching;

/// <summary>What a caller can hand in, or a callback do, that must not tear the tree or lose a handle.</summary>
public sealed class CommitFaultTests
{
    private static readonly ModelShape s_hybrid = ModelShape.Paper("hybrid", recurrent: 1, attention: 1, mlp: 0, hidden: 4, state: 2);
    private static readonly ModelShape s_attention = ModelShape.Paper("attention", recurrent: 0, attention: 1, mlp: 0, hidden: 4, state: 2);

    private long _handles;

    [Fact]
    public void ASequenceThatDoesNotBeginWithWhatWasLookedUpIsRefused()
    {
        using var cache = new PrefixCache<Lru>(new PrefixCacheOptions { CapacityBytes = 1_000_000_000 });
        int[] input = [.. Enumerable.Range(0, 100)];
        Lease lease = cache.Lookup(input);
        int[] nines = [.. Enumerable.Repeat(9, 300)];

        Assert.Contains("does not begin with the 100 pages", Assert.Throws<ArgumentException>(() => cache.Commit(lease, nines)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => cache.Plan(lease, [1, .. input]).Length);
        Assert.Equal((0, 1, 0L), (cache.NodeCount, cache.OpenLeases, cache.Bytes));

        cache.Commit(lease, [.. input, 7]);
        Assert.Equal(0, cache.Lookup([.. input[..50], .. nines]).HitTokens);
        Assert.Equal(101, cache.Lookup([.. input, 7, 8]).HitTokens);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void ANegativeNumberOfTokensIsRefusedWithAnEmptySequenceToo(int pageTokens)
    {
        using var cache = new PrefixCache<Lru>(new PrefixCacheOptions { CapacityBytes = 1_000_000_000, PageTokens = pageTokens });
        Lease lease = cache.Lookup([]);
        Assert.Throws<ArgumentException>(() => cache.Commit(lease, [], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Lookup([], tokens: -1));
        Assert.Equal(1, cache.OpenLeases);
    }

    /// <summary>Budget of one checkpoint and 12 tokens: making room takes the branch away that the first of two planned nodes would have cut.</summary>
    [Fact]
    public void TheHandlesOfAPlanDoNotShift()
    {
        using var cache = Cache(s_hybrid, checkpoints: 1, tokens: 12, Marconi.Descriptor);
        Commit(cache, cache.Lookup([1, 2, 3, 4, 5]), [1, 2, 3, 4, 5]);
        Lease lease = cache.Lookup([1, 2, 3, 9, 9]);
        int[] sequence = [1, 2, 3, 9, 9, 9, 9, 9];
        PlannedNode[] plan = [.. cache.Plan(lease, sequence)];
        Dictionary<long, int> ends = [];
        StateHandle[] handles = [.. plan.Select(node => new StateHandle(++_handles))];
        for (int i = 0; i < plan.Length; i++)
        {
            ends.Add(handles[i].Value, plan[i].Tokens);
        }

        StateAction[] actions = [.. cache.Commit(lease, sequence, 0, handles).Actions];

        HashSet<long> declined = [.. actions.Where(action => action.Kind == StateActionKind.Decline).Select(action => action.Handle.Value)];
        Assert.All(Nodes(cache), node => Assert.Equal(ends[cache.Nodes.Handle(node).Value], cache.Nodes.DepthTokens(node)));
        Assert.Equal(handles.Length, declined.Count + Nodes(cache).Count());
    }

    /// <summary>Two checkpoints and 11 tokens: nothing but the commit's own place could go, and that has a child.</summary>
    [Fact]
    public void NoNodeIsMadeWithoutAHandle()
    {
        PolicyDescriptor policy = Lru.Descriptor with { Candidates = Candidates.AtMostOneChild, Admission = new(Checkpoints.LastToken, 0, 1) };
        using var cache = Cache(s_hybrid, checkpoints: 2, tokens: 11, policy);
        Commit(cache, cache.Lookup([1]), [1]);
        Commit(cache, cache.Lookup([1, 2, 3, 4]), [1, 2, 3, 4]);
        cache.Lookup([1, 2, 3, 4, 5]);

        Commit(cache, cache.Lookup([1, 7]), [1, 7]);

        Assert.All(Nodes(cache), node => Assert.NotEqual(0, cache.Nodes.Handle(node).Value));
        Assert.Equal((1, 4), (cache.Lookup([1, 7]).HitTokens, cache.Lookup([1, 2, 3, 4]).HitTokens));
    }

    /// <summary>Pure attention, 6 tokens: the lease is all that keeps the node at 2 tokens apart from its child.</summary>
    [Fact]
    public void AbandonSaysWhatItJoins()
    {
        PolicyDescriptor policy = Lru.Descriptor with { Admission = new(Checkpoints.LastToken, 0, 1) };
        using var cache = Cache(s_attention, checkpoints: 0, tokens: 6, policy);
        Commit(cache, cache.Lookup([1, 2, 3]), [1, 2, 3]);
        Commit(cache, cache.Lookup([1, 2, 4]), [1, 2, 4]);
        Lease first = cache.Lookup([1, 2]);
        Lease second = cache.Lookup([1, 2, 4]);
        Commit(cache, cache.Lookup([8, 8, 8]), [8, 8, 8]);
        int before = cache.NodeCount;

        StateAction[] actions = [.. cache.Abandon(first)];

        Assert.Equal(before - cache.NodeCount, actions.Count(action => action.Kind == StateActionKind.Join));
        Assert.NotEmpty(actions);
        cache.Abandon(second);
    }

    [Fact]
    public void WhatAListenerThrowsComesOutWhenTheCommitIsWhole()
    {
        PrefixCache? cache = null;
        using (cache = new PrefixCache(Lru.Descriptor, Options(s_hybrid, 2, 6) with { OnVictim = _ => throw new FormatException("listener") }, default(Lru).CreateSelector))
        {
            List<long> given = [];
            List<long> ended = [];
            for (int i = 0; i < 4; i++)
            {
                int[] sequence = [i, i, i];
                Lease lease = cache.Lookup(sequence);
                StateHandle[] handles = [.. cache.Plan(lease, sequence).ToArray().Select(_ => new StateHandle(++_handles))];
                given.AddRange(handles.Select(handle => handle.Value));
                Exception? thrown = Record.Exception(() => cache.Commit(lease, sequence, 0, handles).Admitted);
                Assert.Equal(i >= 2, thrown is FormatException);
                ended.AddRange(cache.LastActions.ToArray().Where(action => action.Kind is StateActionKind.Free or StateActionKind.Join or StateActionKind.Decline).Select(action => action.Handle.Value));
            }

            Assert.Equal(0, cache.OpenLeases);
            Assert.Equal(given.Except(ended).Order(), Nodes(cache).Select(node => cache.Nodes.Handle(node).Value).Order());
        }
    }

    [Fact]
    public void ACallFromAListenerIsRefused()
    {
        PrefixCache? cache = null;
        List<Exception> refused = [];
        using (cache = new PrefixCache(
            Lru.Descriptor,
            Options(s_hybrid, 2, 6) with { OnVictim = _ => refused.Add(Assert.ThrowsAny<Exception>(() => cache!.Lookup([1, 2, 3]))) },
            default(Lru).CreateSelector))
        {
            for (int i = 0; i < 4; i++)
            {
                Commit(cache, cache.Lookup([i, i, i]), [i, i, i]);
            }

            Assert.Equal(2, refused.Count);
            Assert.All(refused, exception => Assert.Contains("in the middle of another call", Assert.IsType<InvalidOperationException>(exception).Message, StringComparison.Ordinal));
            Assert.Equal(4, cache.Lookups);
        }
    }

    [Fact]
    public async Task TwoCallersAtOnceAreRefused()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        using var cache = new PrefixCache(
            Lru.Descriptor,
            Options(s_hybrid, 2, 6) with
            {
                Clock = () =>
                {
                    entered.Set();
                    leave.Wait();
                    return 1;
                },
            },
            default(Lru).CreateSelector);
        var first = Task.Run(() => cache.Lookup([1, 2, 3]));
        entered.Wait();

        Assert.Throws<InvalidOperationException>(() => cache.Lookup([4]));

        leave.Set();
        await first;
        Assert.Equal(1, cache.Lookups);
    }

    /// <summary>A selector of one's own that chooses what it was never given.</summary>
    [Fact]
    public void AVictimThatIsNoCandidateIsRefusedAndNoHandleIsLost()
    {
        using var cache = new PrefixCache(Lru.Descriptor, Options(s_hybrid, 1, 3), (nodes, seed) => new Wild(default(Lru).CreateSelector(nodes, seed)));
        Commit(cache, cache.Lookup([1, 1]), [1, 1]);
        Lease lease = cache.Lookup([2, 2]);
        StateHandle[] handles = [.. cache.Plan(lease, [2, 2]).ToArray().Select(_ => new StateHandle(++_handles))];

        Assert.Contains("no candidate", Assert.Throws<InvalidOperationException>(() => cache.Commit(lease, [2, 2], 0, handles).Admitted).Message, StringComparison.Ordinal);

        Assert.Equal([StateActionKind.Decline], cache.LastActions.ToArray().Select(action => action.Kind));
        Assert.Equal((1, 0), (cache.NodeCount, cache.OpenLeases));
    }

    [Fact]
    public void CountersDoNotEndAtTwoBillion()
    {
        foreach (string name in (string[])["Lookups", "LookupsBeforeEviction", "LeafEvictions", "JoinEvictions", "NotAdmitted"])
        {
            Type type = typeof(PrefixCache).GetProperty(name)!.PropertyType;
            Assert.Equal(typeof(long), Nullable.GetUnderlyingType(type) ?? type);
        }
    }

    /// <summary>What is proven of a formula holds in the range of its features, so an engine cannot hand in others.</summary>
    [Fact]
    public void AHintThatItsFeatureCannotBeIsRefused()
    {
        using var cache = new PrefixCache<Lru>(new PrefixCacheOptions { CapacityBytes = 1_000_000_000 });
        foreach ((string name, RequestHints hints) in ((string, RequestHints)[])
            [
                ("priority", new() { Priority = -1 }), ("expires", new() { Expires = double.NaN }), ("nextUse", new() { NextUse = -0.5 }),
                ("turn", new() { Turn = 0 }), ("sessionGap", new() { SessionGap = double.NegativeInfinity }), ("sessionGapSpread", new() { SessionGapSpread = -1 }), ("category", new() { Category = double.PositiveInfinity }),
            ])
        {
            Assert.Contains($"'{name}'", Assert.Throws<ArgumentOutOfRangeException>(() => cache.Lookup([1, 2], hints: hints)).Message, StringComparison.Ordinal);
        }

        Assert.Equal((0L, 0), (cache.Lookups, cache.OpenLeases));
        cache.Abandon(cache.Lookup([1, 2], hints: new() { Priority = 3, Turn = 2, NextUse = 7 }));
    }

    [Fact]
    public void HintsThatAreNotGivenSayNothing()
    {
        foreach (RequestHints hints in (RequestHints[])[default, new(), new(Priority: 0), new RequestHints { Category = 0 }])
        {
            Assert.Equal((0, double.PositiveInfinity, double.PositiveInfinity, 1, double.PositiveInfinity, 0), (hints.Priority, hints.Expires, hints.NextUse, hints.Turn, hints.SessionGap, hints.Category));
        }

        Assert.Equal(default, new RequestHints());
        Assert.Equal((5, 7, 3), (new RequestHints { Expires = 5, NextUse = 7, Turn = 3 } is var given ? given.Expires : 0, given.NextUse, given.Turn));
    }

    private static PrefixCacheOptions Options(ModelShape model, int checkpoints, int tokens)
        => new() { CapacityBytes = (checkpoints * model.CheckpointBytes) + model.KvBytes(tokens), Model = model };

    private static PrefixCache Cache(ModelShape model, int checkpoints, int tokens, PolicyDescriptor policy)
        => new(policy, Options(model, checkpoints, tokens), policy.Name == nameof(Marconi) ? new Marconi { Alpha = 1 }.CreateSelector : default(Lru).CreateSelector);

    private static IEnumerable<int> Nodes(PrefixCache cache)
        => Enumerable.Range(0, cache.Nodes.Capacity).Where(node => cache.Nodes.IsLive(node) && !cache.Nodes.IsRoot(node));

    private void Commit(PrefixCache cache, Lease lease, int[] sequence)
        => cache.Commit(lease, sequence, 0, [.. cache.Plan(lease, sequence).ToArray().Select(_ => new StateHandle(++_handles))]);

    private sealed class Wild(IVictimSelector inner) : ForwardingSelector(inner)
    {
        public override int Select(double now) => 12345;
    }
}
