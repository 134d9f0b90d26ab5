using Squelch.Policies;

namespace Squelch.Tests.Pools;

/// <summary>What a pool knows of what lies above and below an entry.</summary>
public sealed class PoolSurroundingsTests
{
    [Fact]
    public void APolicyThatReadsWhatLiesBelowIsRefused()
    {
        SquelchException fault = Assert.Throws<SquelchException>(() => new VictimPool<SubtreeHits>(new VictimPoolOptions()));
        Assert.Contains("subtreeHits", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APolicyThatReadsWhatLiesAboveIsNot() => Assert.Equal(0, new VictimPool<ReplayPerByte>(new VictimPoolOptions()).Count);
}
