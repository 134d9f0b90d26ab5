using static Squelch.Tool.Tests.SampleSweep;

namespace Squelch.Tool.Tests;

public sealed class OutcomeJudgingTests
{
    private static readonly BestOfflineRule s_rule = new("wait for the next use", 3_500);

    /// <summary>LRU hits 3,000 of 10,000 tokens, the best offline rule 3,500, and no more than 4,000 can hit.</summary>
    [Fact]
    public void SharesOfTheWayGoToRuleAndBoundOfTheSameAdmission()
    {
        ReplayOutcome judged = Judge(3_250, new(5_000, 4_000, s_rule))[1];

        Assert.Equal((0.35, "wait for the next use", 0.4, 0.5), (judged.Bounds!.BestOfflineRule, judged.Bounds.BestOfflineRuleName, judged.Bounds.UpperBound, judged.Bounds.UpperBoundOfAnyAdmission));
        Assert.Equal(0.5, judged.ShareOfWayToRule!.Value, 1e-9);
        Assert.Equal(0.25, judged.ShareOfWayToBound!.Value, 1e-9);
    }

    /// <summary>A share of nothing would be a share of noise.</summary>
    [Fact]
    public void WhereLruReachesItThereIsNoShare()
    {
        ReplayOutcome judged = Judge(2_900, new(5_000, 3_010, s_rule with { HitTokens = 3_000 }))[1];

        Assert.Null(judged.ShareOfWayToRule);
        Assert.Null(judged.ShareOfWayToBound);
    }

    [Fact]
    public void AResultAboveWhatIsProvenIsRefused()
        => Assert.Contains(
            "Arc on none at 1GB: 4100 tokens hit, but no more than 4000 can.",
            Assert.Throws<SquelchException>(() => Judge(4_100, new(4_000, 4_000, s_rule))).Message,
            StringComparison.Ordinal);

    private static IReadOnlyList<ReplayOutcome> Judge(int hits, OfflineLimits limits)
    {
        ReplayOutcome[] outcomes = [Outcome("Lru", 3_000) with { Bounds = null }, Outcome("Arc", hits) with { Bounds = null }];
        var plan = new ReplayPlan
        {
            TracePaths = [],
            Policies = [.. outcomes.Select(outcome => outcome.Cell.Policy)],
            Baselines = [outcomes[0].Cell.Policy],
        };
        var table = new LimitTable();
        table.Add(LimitTable.PlaceOf(outcomes[1].Cell), limits);
        return OutcomeJudging.Judge(plan, [new(Tokens, [GB], outcomes[0].Result, 0.6)], outcomes, 2, table);
    }
}
