using Squelch.Policies;

namespace Squelch.Lab.Tests.Replays;

public sealed class ReplayInvariantTests
{
    /// <summary>A trace made in code whose requests do not say how many tokens they have.</summary>
    [Fact]
    public void AReplayThatWouldReuseMoreThanThereIsEndsWithTheReason()
    {
        int[] pages = [1, 2, 3];
        Request[] requests = [.. Enumerable.Range(0, 2).Select(i => new Request { Pages = pages, InputPages = 3, InputTokens = i == 0 ? 3 : 0, Time = i })];

        SquelchException wrong = Assert.Throws<SquelchException>(() => Replay.Run<Lru>(new("mine", 1, requests), new() { CapacityBytes = 1_000_000_000 }));

        Assert.StartsWith("Lru on mine, request 1: 3 tokens would be reused, but its input has 0.", wrong.Message, StringComparison.Ordinal);
    }
}
