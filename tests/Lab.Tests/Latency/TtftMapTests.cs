using System.Globalization;

namespace Squelch.Lab.Tests;

public sealed class TtftMapTests
{
    [SkippableFact]
    public void TheMapIsTheLeastSquaresLineOfTheProfile()
    {
        double[][] rows = Profile();
        double meanTokens = rows.Average(row => row[0]);
        double meanMs = rows.Average(row => row[1]);
        double slope = rows.Sum(row => (row[0] - meanTokens) * (row[1] - meanMs)) / rows.Sum(row => (row[0] - meanTokens) * (row[0] - meanTokens));

        Assert.Equal(639, rows.Length);
        Assert.Equal(TtftMap.MsPerToken, slope, 1e-12);
        Assert.Equal(TtftMap.InterceptMs, meanMs - (slope * meanTokens), 1e-9);
    }

    [Theory]
    [InlineData(0, 17.81)]
    [InlineData(50, 20.46)]
    [InlineData(1000, 70.78)]
    [InlineData(7000, 388.56)]
    [InlineData(20000, 1077.10)]
    public void TheMapGivesThePapersMilliseconds(long tokens, double milliseconds)
        => Assert.Equal(milliseconds, TtftMap.Paper.Milliseconds(tokens), 0.01);

    [Fact]
    public void MapsAreFoundByName()
    {
        Assert.Same(TtftMap.TinyHybrid, TtftMap.Find("Tiny-Hybrid"));
        Assert.All(TtftMap.All, map => Assert.Same(map, TtftMap.Find(map.Name)));
        Assert.Contains("Known: paper, floored, tiny-hybrid", Assert.Throws<SquelchException>(() => TtftMap.Find("a100")).Message, StringComparison.Ordinal);
    }

    /// <summary>A replay's times are those of the map that it is given.</summary>
    [Fact]
    public void AReplayUsesTheMapThatItIsGiven()
    {
        var trace = new Trace("one", 1, [new() { Pages = new int[1000], InputPages = 1000, InputTokens = 1000 }]);
        ReplayResult result = Replay.Run<Squelch.Policies.Lru>(trace, new() { CapacityBytes = 4_000_000_000, Ttft = TtftMap.TinyHybrid });

        Assert.Equal(TtftMap.TinyHybrid.Milliseconds(1000), result.Ttft.Mean, 1e-9);
        Assert.Equal(result.Ttft, result.TtftWithoutCache);
        Assert.NotEqual(TtftMap.Paper.Milliseconds(1000), result.Ttft.Mean, 1.0);
    }

    [SkippableFact]
    public void TheFloorIsTheMedianOfTheFlatPartOfTheProfile()
    {
        double[] flat = [.. Profile().Where(row => row[0] is >= 150 and <= 500).Select(row => row[1]).Order()];

        Assert.Equal(8, flat.Length);
        Assert.Equal(TtftMap.FloorMs, (flat[3] + flat[4]) / 2, 1e-9);
    }

    [Theory]
    [InlineData(0, TtftMap.FloorMs)]
    [InlineData(579, TtftMap.FloorMs)]
    [InlineData(580, 48.533)]
    [InlineData(20000, 1077.10)]
    public void TheFlooredMapNeverPromisesLessThanWasMeasured(long tokens, double milliseconds)
        => Assert.Equal(milliseconds, TtftMap.Floored.Milliseconds(tokens), 0.01);

    [Fact]
    public void PercentilesInterpolateBetweenNeighboursAsNumpyDoes()
    {
        // numpy.percentile([1, 2, 4, 8, 16, 32], [5, 50, 95, 99]) = 1.25, 6.0, 28.0, 31.2
        TtftSummary summary = TtftMap.Paper.Summarize([1, 2, 4, 8, 16, 32]);

        double[] tokens = [.. new[] { summary.Mean, summary.P5, summary.P50, summary.P95, summary.P99 }.Select(ms => (ms - TtftMap.InterceptMs) / TtftMap.MsPerToken)];
        Assert.Equal([63 / 6.0, 1.25, 6.0, 28.0, 31.2], tokens, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void OneRequestIsEveryPercentileAndNoneIsNotANumber()
    {
        TtftSummary one = TtftMap.Floored.Summarize([7]);

        Assert.Equal(new TtftSummary(TtftMap.FloorMs, TtftMap.FloorMs, TtftMap.FloorMs, TtftMap.FloorMs, TtftMap.FloorMs), one);
        Assert.True(double.IsNaN(TtftMap.Paper.Summarize([]).P95));
        Assert.Equal(101, TtftMap.Paper.Quantiles([1, 2]).Count);
    }

    /// <summary>The paper's measurements (input tokens, milliseconds); their licence does not let the repository have them.</summary>
    private static double[][] Profile()
    {
        const string File = "ttft/jamba-1.5-mini.csv";
        string? path = SharedData.Golden(File);
        Skip.If(path is null, SharedData.Missing(File, "SQUELCH_GOLDEN"));
        return [.. System.IO.File.ReadLines(path!).Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
    }
}
