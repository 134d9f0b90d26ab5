using Squelch.Policies;

namespace Squelch.Lab.Tests;

public class ResamplingTests
{
    private const int Traces = 60;

    /// <summary>The truth is known of generated traces: it is the mean over many of one recipe. A range of 95 % has to hold it about as often.</summary>
    [Theory]
    [InlineData(TraceFamily.Chat, 4_000_000_000)]
    [InlineData(TraceFamily.Mixed, 20_000_000_000)]
    public void ARangeHoldsTheTruthAsOftenAsItSays(TraceFamily family, long capacity)
    {
        var gains = new double[Traces];
        var ranges = new ConfidenceRange[Traces];
        Parallel.For(0, Traces, i => (gains[i], ranges[i]) = SegLenOverLru(family, capacity, seed: (ulong)i));
        double truth = gains.Average();
        Assert.InRange(ranges.Count(range => range.Low <= truth && truth <= range.High), Traces * 88 / 100, Traces - 1);
    }

    [Fact]
    public void TooFewUnitsSayNothing()
    {
        TokenTally[] units = [new(10, 5), new(10, 6), new(10, 2), new(10, 3)];
        Assert.Null(new Resampling(units.Length).Gain(units, units));
    }

    [Fact]
    public void APolicyIsNotBetterThanItself()
    {
        TokenTally[] units = [new(10, 5), new(10, 6), new(10, 2), new(10, 3), new(10, 9)];
        Assert.Equal(new ConfidenceRange(0, 0), new Resampling(units.Length).Gain(units, units));
    }

    [Fact]
    public void ProfilesOfTwoTracesAreRefused()
        => Assert.Contains("compare replays of one trace", Assert.Throws<ArgumentException>(() => new Resampling(5).Gain(new TokenTally[5], new TokenTally[6])).Message, StringComparison.Ordinal);

    private static (double Gain, ConfidenceRange Range) SegLenOverLru(TraceFamily family, long capacity, ulong seed)
    {
        var times = new SessionTimes { SessionsPerSecond = 2, ThinkSeconds = 20, Seed = seed };
        var trace = new Trace("generated", 1, [.. TraceGenerator.Generate(new() { Family = family, Times = times })]);
        var options = new ReplayOptions { CapacityBytes = capacity, Profile = true };
        ReplayResult segLen = Replay.Run<SegLen>(trace, options), lru = Replay.Run<Lru>(trace, options);
        ReplayProfile profile = segLen.Profile!;
        return (segLen.TokenHitRate - lru.TokenHitRate, new Resampling(profile.Units.Count).Gain(profile.Units, lru.Profile!.Units)!.Value);
    }
}
