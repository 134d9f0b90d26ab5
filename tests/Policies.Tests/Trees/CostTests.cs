
namespace Squelch.Policies.Tests.Trees;

/// <summary>Keys cost one FLOP each, so that what counts is 1 / size.</summary>
public sealed class CostTests
{
    /// <summary>
    /// Credits: A 1/1, B 1/4. C (size 4) comes to room for 5: B goes, the inflation becomes 0.25, C has 0.25 + 0.25 = 0.5. D (4) comes: C goes, D has
    /// 0.75. E (4): D goes, E has 1.0. F (4): A and E tie at 1, and A was made first; one byte is not enough, so E goes too.
    /// </summary>
    [Fact]
    public void GreedyDualSizeAges() => Assert.Equal("BCDAE", KeyScript.SizedVictims<GreedyDualSize>(5, "A1 B4 C4 D4 E4 F4"));

    /// <summary>As GreedyDual-Size, times the uses: A has 2 * 1/1 = 2 and outlives F, which GreedyDual-Size's A does not.</summary>
    [Fact]
    public void GdsfCountsUses() => Assert.Equal("BCDE", KeyScript.SizedVictims<Gdsf>(5, "A1 A1 B4 C4 D4 E4 F4"));

    /// <summary>
    /// Cost per token: A (size 2) 1/2, B (size 4) 1/4; B is used twice: 2 * 1/4 = 1/2, and the mean of equal costs is that cost. C (2) comes to room for
    /// 6: A and B tie at 1/2, A was made first. D (2) comes: the clock is 1/2, C has 1/2 + 1/2 = 1, B still 1/2: B goes.
    /// </summary>
    [Fact]
    public void PgdsfMultipliesUsesByTheMeanCostPerToken() => Assert.Equal("AB", KeyScript.SizedVictims<Pgdsf>(6, "A2 B4 B4 C2 D4"));

    /// <summary>At 4: A 2 uses in 3 ticks, B 1 in 1. A goes. At 5: B 1 in 2, C 1 in 1: B goes.</summary>
    [Fact]
    public void HyperbolicDividesUsesByAge() => Assert.Equal("AB", KeyScript.Victims<Hyperbolic>(2, "A A B C D"));

    /// <summary>With all in the sample it is the cheapest: all keys cost the same, so the first made.</summary>
    [Fact]
    public void RandomComputeOfAllIsTheCheapest()
    {
        Assert.Equal([2], Sequences.VictimsOf<RandomCompute>([50, 5, 40, 4], [1]));
        Assert.Equal("AB", KeyScript.Victims<RandomCompute>(2, "A B A C D", 1));
    }

    /// <summary>
    /// Room for two at tick 6. The first is idle for 4 ticks in a session with a gap of 100: exp(-0.04) / 100 = 0.0096. The second is idle for 2 in a
    /// session with a gap of 200: exp(-0.01) / 200 = 0.005. The second goes: it will be kept in vain for longer.
    /// </summary>
    [Fact]
    public void ExpectedSavingWeighsTheChanceByTheWait()
        => Assert.Equal([2], Sequences.Victims<ExpectedSaving>(2, [new(SessionGap: 100), new(SessionGap: 200), new(0)]));
}
