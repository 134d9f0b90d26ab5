namespace Squelch.Tool.Tests;

public class ComparisonColumnTests
{
    private static readonly IReadOnlyList<ComparisonColumn> s_all = ComparisonColumn.Of(new(SampleSweep.Tokens));

    [Fact]
    public void AWideTerminalShowsEveryColumn()
        => Assert.Equal(s_all, ComparisonColumn.Fitting(s_all, 200, 10, [SampleOutcome.Of()]));

    [Fact]
    public void ANarrowTerminalKeepsTheMostTellingColumns()
    {
        IReadOnlyList<ComparisonColumn> kept = ComparisonColumn.Fitting(s_all, 80, 10, [SampleOutcome.Of()]);
        Assert.InRange(kept.Count, 4, s_all.Count - 1);
        Assert.Equal(["token\nhit %"], ComparisonColumn.Fitting(s_all, 10, 10, [SampleOutcome.Of()]).Select(c => c.Header));
        Assert.Contains("TTFT ms\nmean", kept.Select(c => c.Header));
    }

    /// <summary>How much of the way a policy goes is told wherever there is room; what does not fit leaves its room to what does.</summary>
    [Fact]
    public void AHundredAndTwentyColumnsHaveTheWay()
    {
        string[] kept = [.. ComparisonColumn.Fitting(s_all, 120, 16, [SampleOutcome.Of()]).Select(column => column.Name)];

        Assert.Contains("% of way to offline rule", kept);
        Assert.Contains("% of way to upper bound", kept);
        Assert.Contains("95 % range of that", kept);
        Assert.DoesNotContain("evictions leaf / join", kept);
    }

    /// <summary>Keys have no tokens, no FLOPs and no times to first token.</summary>
    [Fact]
    public void KeysHaveTheirOwnColumns()
    {
        string headers = string.Join(' ', ComparisonColumn.Of(new(SampleSweep.Keys)).Select(column => column.Header));
        Assert.DoesNotContain("FLOP", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("TTFT", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("token", headers, StringComparison.Ordinal);
        Assert.Contains("misses", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("cost", headers, StringComparison.Ordinal);
    }
}
