namespace Squelch.Tool.Tests;

public class ComparisonColumnTests
{
    [Fact]
    public void AWideTerminalShowsEveryColumn()
        => Assert.Equal(ComparisonColumn.All, ComparisonColumn.Fitting(180, [SampleOutcome.Of()]));

    [Fact]
    public void ANarrowTerminalKeepsTheMostTellingColumns()
    {
        IReadOnlyList<ComparisonColumn> kept = ComparisonColumn.Fitting(80, [SampleOutcome.Of()]);
        Assert.InRange(kept.Count, 5, ComparisonColumn.All.Count - 1);
        Assert.Equal(["policy", "token\nhit %"], ComparisonColumn.Fitting(10, [SampleOutcome.Of()]).Select(c => c.Header));
        Assert.Contains("TTFT ms\nmean", kept.Select(c => c.Header));
    }
}
