
namespace Squelch.Policies.Tests.Trees;

public sealed class RecencyTests
{
    /// <summary>A came first; that it was used again does not help it.</summary>
    [Fact]
    public void FifoDropsTheOldest() => Assert.Equal("AB", KeyScript.Victims<Fifo>(2, "A B A C D"));

    /// <summary>A was used at 3, B at 2: B goes for C; then A (3) is older than C (4).</summary>
    [Fact]
    public void LruDropsTheLongestIdle() => Assert.Equal("BA", KeyScript.Victims<Lru>(2, "A B A C D"));

    /// <summary>The last used of the residents: B for C, C for D. A stays, so that A hits at the end and D goes for nothing.</summary>
    [Fact]
    public void MruDropsTheLatest() => Assert.Equal("BC", KeyScript.Victims<Mru>(2, "A B C D A"));

    /// <summary>
    /// Last uses but one when C comes: A 1, B 2. A goes. When D comes: B 2, C none. C goes, though B is idle for longer. LRU would drop A, then B.
    /// </summary>
    [Fact]
    public void LruKLooksAtTheLastUseButOne()
    {
        Assert.Equal("AC", KeyScript.Victims<LruK>(2, "A B A B C D"));
        Assert.Equal("AB", KeyScript.Victims<Lru>(2, "A B A B C D"));
    }

    /// <summary>A was used twice and is protected: B goes for C, C for D.</summary>
    [Fact]
    public void SlruProtectsWhatWasUsedAgain()
    {
        Assert.Equal("BC", KeyScript.Victims<Slru>(2, "A A B C D"));
        Assert.Equal("AB", KeyScript.Victims<Lru>(2, "A A B C D"));
    }

    /// <summary>Room for two. B has the lowest priority of A 5 and B 1, then C 3 of A 5 and C 3.</summary>
    [Fact]
    public void PriorityDropsTheLowestRank()
        => Assert.Equal([2, 3], Sequences.Victims<Priority>(2, [new(5), new(1), new(3), new(4)]));

    /// <summary>
    /// The second sequence ends at tick 5, the third evicts at tick 6: the second goes though the first is idle for longer. At tick 8 nothing has
    /// ended, but the first has been idle since 2, for longer than 5 ticks.
    /// </summary>
    [Fact]
    public void TtlDropsWhatHasEnded()
    {
        RequestHints ends = new(Expires: 5);
        Assert.Equal([2, 1], Sequences.Victims<Ttl>(2, [default(RequestHints) with { Expires = double.PositiveInfinity }, ends, new(0), new(0)], 5));
    }

    /// <summary>Limit 20 and a question of 10: the sequence of 5 tokens may be prefilled again, those of 50 may not. LRU would drop the first.</summary>
    [Fact]
    public void TailOptimizedLruDropsWhatTheTailDoesNotNeed()
    {
        Assert.Equal([2], Sequences.VictimsOf<TailOptimizedLru>([50, 5, 4], [10, 20]));
        Assert.Equal([1], Sequences.VictimsOf<Lru>([50, 5, 4], []));
    }
}
