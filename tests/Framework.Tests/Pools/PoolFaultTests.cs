using Squelch.Policies;

namespace Squelch.Tests.Pools;

/// <summary>A log that contradicts itself is refused with the place, and everything before it stands.</summary>
public sealed class PoolFaultTests
{
    public static TheoryData<string, PoolChange> Faults => new()
    {
        { "slot -1 is not between 0 and 99", PoolChange.Insert(-1, 5) },
        { "slot 100 is not between 0 and 99", PoolChange.Insert(100, 5) },
        { "slot 0 is taken", PoolChange.Insert(0, 5) },
        { "slot 9 is free", PoolChange.Touch(9, 5) },
        { "slot 9 is free", PoolChange.Hit(9, 5) },
        { "slot 9 is free", PoolChange.Hold(9) },
        { "slot 9 is free", PoolChange.Remove(9) },
        { "slot 9 is free", PoolChange.Evict(9, 5) },
        { "slot 9 is free", PoolChange.Edge(9) },
        { "the entry has 1 children; remove them first", PoolChange.Remove(0) },
        { "the entry has 1 children; remove them first", PoolChange.Evict(0, 5) },
        { "an entry is not its own parent", PoolChange.Insert(9, 5, parent: 9) },
        { "an entry is not its own parent", PoolChange.Edge(2, parent: 2) },
        { "its parent: slot 9 is free", PoolChange.Insert(8, 5, parent: 9) },
        { "its parent: slot -2 is not between", PoolChange.Insert(8, 5, parent: -2) },
        { "slot 2 goes on from this entry", PoolChange.Edge(1, parent: 2) },
        { "slot 2 goes on from this entry", PoolChange.Edge(0, parent: 2) },
        { "time 3 goes back: it was 4", PoolChange.Touch(2, 3) },
        { "time 3 goes back: it was 4", PoolChange.Insert(9, 3) },
        { "time 3 goes back: it was 4", PoolChange.Evict(2, 3) },
        { "time NaN is not between", PoolChange.Hit(2, double.NaN) },
        { "time Infinity is not between", PoolChange.Hit(2, double.PositiveInfinity) },
        { "-1 bytes are not between", PoolChange.Insert(9, 5, bytes: -1) },
        { "bytes are not between", PoolChange.Insert(9, 5, bytes: long.MaxValue) },
        { "a cost of NaN is not between", PoolChange.Insert(9, 5, flops: double.NaN) },
        { "a cost of -1 is not between", PoolChange.Insert(9, 5, flops: -1) },
        { "a cost of Infinity is not between", PoolChange.Edge(2, parent: 1, flops: double.PositiveInfinity) },
        { "would cost more than", PoolChange.Insert(9, 5, parent: 2, flops: 9.9e21) },
        { "-5 tokens are too few", PoolChange.Insert(9, 5, tokens: -5) },
        { "its end, 10 tokens, is not past its parent's, 30", PoolChange.Insert(9, 5, parent: 2, endTokens: 10) },
        { "20 tokens do not fit before its end, 10", PoolChange.Insert(9, 5, endTokens: 10, tokens: 20) },
        { "7 tokens do not lie between its parent's end, 30, and its own, 40", PoolChange.Insert(9, 5, parent: 2, endTokens: 40, tokens: 7) },
        { "its end would be", PoolChange.Insert(9, 5, parent: 2, tokens: int.MaxValue) },
        { "whose tokens begin at its end, 20", PoolChange.Edge(1, parent: 0, endTokens: 25) },
        { "priority NaN is not between", PoolChange.Hit(2, 5, priority: double.NaN) },
        { "an edge neither holds an entry nor releases it", PoolChange.Edge(2, parent: 1, flags: PoolFlags.Held) },
        { "flags 64 are not all known", PoolChange.Insert(9, 5, flags: (PoolFlags)64) },
        { "kind 0 is none", default },
        { "The hint 'turn' lies between 1", PoolChange.Hints(new(Turn: 0)) },
        { "The hint 'expires' lies between 0", PoolChange.Hints(new(Expires: double.NaN)) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AChangeThatCannotBeIsNamedAndChangesNothing(string fault, PoolChange change)
    {
        using var pool = Filled();
        int count = pool.Count;
        int candidates = pool.CandidateCount;

        PoolLogException refused = Assert.Throws<PoolLogException>(() => pool.Apply([PoolChange.Insert(50, 4), change, PoolChange.Insert(51, 6)]));

        Assert.Equal(1, refused.Index);
        Assert.StartsWith("change 1 (", refused.Message, StringComparison.Ordinal);
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.Equal((count + 1, candidates + 1, 4.0), (pool.Count, pool.CandidateCount, pool.Now));
        Assert.True(pool.Contains(50));
        Assert.False(pool.Contains(51));
        int[] victims = new int[4];
        Assert.True(pool.TryEvict(7, victims));
        Assert.Equal([2, 1, 0, 50], victims);
    }

    [Fact]
    public void AnInsertAfterARemoveOfTheSameSlotIsANewEntry()
    {
        using var pool = Filled();
        pool.Apply([PoolChange.Remove(2), PoolChange.Insert(2, 5)]);
        Assert.Throws<PoolLogException>(() => pool.Apply([PoolChange.Remove(2), PoolChange.Remove(2)]));
        Assert.Equal(2, pool.Count);
    }

    /// <summary>What the engine holds is no victim of anyone's; as holds are not counted, one release is enough.</summary>
    [Fact]
    public void AHeldEntryIsNoVictim()
    {
        using var pool = Filled();
        pool.Apply([PoolChange.Hold(2), PoolChange.Hold(2)]);
        Assert.Contains("the entry is held, so it was no victim", Assert.Throws<PoolLogException>(() => pool.Apply([PoolChange.Evict(2, 5)])).Message, StringComparison.Ordinal);
        Assert.Equal((3, 0, 4.0), (pool.Count, pool.CandidateCount, pool.Now));
        pool.Apply([PoolChange.Release(2), PoolChange.Evict(2, 5), PoolChange.Hold(1), PoolChange.Remove(1)]);
        Assert.Equal((1, 1), (pool.Count, pool.CandidateCount));
    }

    [Fact]
    public void WhereThereAreTooFewNothingGoes()
    {
        using var pool = Filled();
        int[] victims = new int[4];
        Assert.False(pool.TryEvict(5, victims));
        Assert.False(pool.TryEvict(5, victims.AsSpan(0, 1), keep: [2]));
        Assert.Equal((3, 1, 4.0), (pool.Count, pool.CandidateCount, pool.Now));
        Assert.Equal(3, pool.Peek(5, victims));
        Assert.Equal([2, 1, 0], victims[..3]);
        Assert.True(pool.TryEvict(5, []));
        Assert.Equal(0, pool.Peek(5, []));
        Assert.True(pool.TryEvict(5, victims.AsSpan(0, 2), keep: [0, 99, 0]));
        Assert.Equal([2, 1], victims[..2]);
    }

    [Fact]
    public void QueriesRefuseWhatCannotBe()
    {
        using var pool = Filled();
        double[] scores = new double[1];
        int[] one = new int[1];
        Assert.Contains("slots[0]: slot 9 is free", Assert.Throws<ArgumentException>(() => pool.Score(5, [9], scores)).Message, StringComparison.Ordinal);
        Assert.Contains("There are 2 slots, and room for 1 scores", Assert.Throws<ArgumentException>(() => pool.Score(5, [0, 1], scores)).Message, StringComparison.Ordinal);
        Assert.Contains("keep[1]: slot 100", Assert.Throws<ArgumentOutOfRangeException>(() => pool.TryEvict(5, one, [0, 100])).Message, StringComparison.Ordinal);
        Assert.Contains("time 3 goes back", Assert.Throws<ArgumentOutOfRangeException>(() => pool.Peek(3, one)).Message, StringComparison.Ordinal);
        Assert.Contains("time NaN", Assert.Throws<ArgumentOutOfRangeException>(() => pool.TryEvict(double.NaN, one)).Message, StringComparison.Ordinal);
        Assert.Throws<SquelchException>(() => pool.Retune([1]));
        Assert.False(pool.Contains(-1));
        Assert.False(pool.Contains(int.MaxValue));
        Assert.Equal((3, 1), (pool.Count, pool.CandidateCount));

        using var sieve = new VictimPool<Sieve>();
        sieve.Apply([PoolChange.Insert(0, 1)]);
        Assert.Contains("Sieve is no formula", Assert.Throws<NotSupportedException>(() => sieve.Score(5, [0], scores)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(10, -1)]
    [InlineData(10, 11)]
    public void BoundsThatCannotBeAreRefused(int mostSlots, int entries)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new VictimPool<Lru>(new VictimPoolOptions { MostSlots = mostSlots, Entries = entries }));

    [Fact]
    public void ATunableOutOfRangeIsRefusedAndNothingChanges()
    {
        Assert.Throws<SquelchException>(() => new VictimPool<Marconi>(new Marconi { Alpha = 3 }));
        using var pool = new VictimPool<Marconi>(new Marconi { Alpha = 1 });
        Assert.Throws<SquelchException>(() => pool.Retune([double.NaN]));
        Assert.Throws<SquelchException>(() => pool.Policy = new Marconi { Alpha = -1 });
        Assert.Equal(1, pool.Policy.Alpha);
        pool.Retune([0.5]);
        Assert.Equal(0.5, pool.Policy.Alpha);
    }

    [Fact]
    public void AClosedPoolRefuses()
    {
        var pool = Filled();
        pool.Dispose();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Apply([]));
        Assert.Throws<ObjectDisposedException>(() => pool.TryEvict(5, new int[1]));
        Assert.Throws<ObjectDisposedException>(() => pool.Peek(5, new int[1]));
        Assert.Throws<ObjectDisposedException>(() => pool.Score(5, [0], new double[1]));
        Assert.Throws<ObjectDisposedException>(() => pool.Retune([]));
        Assert.Throws<ObjectDisposedException>(pool.Clear);
    }

    [Fact]
    public void ASecondCallerAtOnceIsRefused()
    {
        VictimPool? pool = null;
        var thrown = new List<Exception>();
        using (pool = new VictimPool(PolicyOf<Lru>(), new(), (nodes, _) => new CallingSelector(() => thrown.Add(Assert.Throws<InvalidOperationException>(() => pool!.Apply([]))))))
        {
            pool.Apply([PoolChange.Insert(0, 1)]);
            Assert.Equal(1, pool.Peek(2, new int[1]));
            Assert.Contains("one caller at a time", Assert.Single(thrown).Message, StringComparison.Ordinal);
            pool.Apply([PoolChange.Insert(1, 2)]);
            Assert.Equal(2, pool.Count);
        }
    }

    /// <summary>Slot 0 with a child 1, which has a child 2; 10 tokens each; now is 4.</summary>
    private static VictimPool<Lru> Filled()
    {
        var pool = new VictimPool<Lru>(new VictimPoolOptions { MostSlots = 100 });
        pool.Apply(
        [
            PoolChange.Insert(0, 1, tokens: 10), PoolChange.Insert(1, 2, parent: 0, endTokens: 20), PoolChange.Insert(2, 3, parent: 1, endTokens: 30, flops: 2e20),
            PoolChange.Touch(0, 4), PoolChange.Touch(1, 4), PoolChange.Touch(2, 4),
        ]);
        return pool;
    }

    private static PolicyDescriptor PolicyOf<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => TPolicy.Descriptor;

    /// <summary>Calls back while it selects.</summary>
    private sealed class CallingSelector(Action call) : IVictimSelector
    {
        public int Select(double now)
        {
            call();
            return 1;
        }

        public void Grow(int capacity)
        {
        }

        public void Insert(int node, in Access access)
        {
        }

        public void Hit(int node, in Access access)
        {
        }

        public void Touch(int node, in Access access)
        {
        }

        public void EdgeChanged(int node)
        {
        }

        public void ChildrenChanged(int node)
        {
        }

        public void SetCandidate(int node, bool candidate)
        {
        }

        public void Evicting(int node, double now)
        {
        }

        public void Remove(int node)
        {
        }

        public void Retune(ReadOnlySpan<double> tunables)
        {
        }
    }
}
