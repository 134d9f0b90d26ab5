using static Squelch.Tool.Tests.SampleSweep;

namespace Squelch.Tool.Tests;

public sealed class ReplayAnswerTests
{
    private static readonly ConfidenceRange s_sure = new(0.01, 0.05);
    private static readonly ConfidenceRange s_unsure = new(-0.01, 0.05);

    [Fact]
    public void TheWinnerItsGainItsRangeAndTheWayToRuleAndBoundAreTold()
        => Assert.Equal(
            ["Arc wins at 1GB, by 3.00 points of token hit rate over LRU (95 % range 1.00 to 5.00), 30 % of the way to the best offline rule and 15 % of the way to the upper bound (proven)."],
            ReplayAnswer.Of([Outcome("Lru", 3000), Outcome("Arc", 3300, s_sure), Outcome("Sieve", 3200, s_sure)]));

    [Fact]
    public void CapacitiesWithOneWinnerShareASentence()
        => Assert.Equal(
            [
                "Arc wins at 1GB and 2GB, by 3.00 to 4.00 points of token hit rate over LRU (95 % ranges from 1.00 to 6.00), 30 to 40 % of the way to the best offline rule and 15 to 20 % of the way to the upper bound (proven).",
                "Sieve wins at 4GB, by 1.00 points of token hit rate over LRU (95 % range 1.00 to 5.00), 10 % of the way to the best offline rule and 5 % of the way to the upper bound (proven).",
            ],
            ReplayAnswer.Of(
            [
                Outcome("Lru", 3000), Outcome("Arc", 3300, s_sure), Outcome("Sieve", 3200, s_sure),
                Outcome("Lru", 3000, capacity: 4 * GB), Outcome("Arc", 3000, s_sure, 4 * GB), Outcome("Sieve", 3100, s_sure, 4 * GB),
                Outcome("Lru", 3000, capacity: 2 * GB), Outcome("Arc", 3400, new(0.02, 0.06), 2 * GB), Outcome("Sieve", 3200, s_sure, 2 * GB),
            ]));

    [Fact]
    public void AGainWhoseRangeHoldsZeroIsNoVictory()
        => Assert.Equal(
            ["No policy is surely better than LRU at 1GB: Arc, the best, has 3.00 points more of token hit rate (95 % range -1.00 to 5.00); the best offline rule has 10.00 points more than LRU, the upper bound (proven) 20.00."],
            ReplayAnswer.Of([Outcome("Lru", 3000), Outcome("Arc", 3300, s_unsure)]));

    [Fact]
    public void WhereLruIsBestNoPolicyIsBetter()
        => Assert.Equal(
            ["No policy is better than LRU at 1GB, whose token hit rate is 30.00 %; the best offline rule has 10.00 points more than LRU, the upper bound (proven) 20.00."],
            ReplayAnswer.Of([Outcome("Lru", 3000), Outcome("Arc", 2900, new(-0.05, -0.01)), Outcome("Belady", 4000, s_sure)]));

    [Fact]
    public void WhatKnowsTheFutureNeverWins()
    {
        Assert.StartsWith("Arc wins at 1GB", Assert.Single(ReplayAnswer.Of([Outcome("Belady", 4000, s_sure), Outcome("Lru", 3000), Outcome("Arc", 3300, s_sure)])), StringComparison.Ordinal);
        Assert.Equal(
            ["All that was replayed knows the future, so no policy wins: Belady has a token hit rate of 40.00 % at 1GB."],
            ReplayAnswer.Of([Outcome("Belady", 4000, s_sure)]));
    }

    [Fact]
    public void WhereNothingWasEvictedASmallerCapacityIsAskedFor()
        => Assert.Equal(
            ["Nothing was evicted at 8GB, so every policy gives the same: a token hit rate of 50.00 %. Try less than 3.45GB."],
            ReplayAnswer.Of([Outcome("Lru", 5000, capacity: 8 * GB).WithoutVictims(3_456_789_012), Outcome("Arc", 5000, s_sure, 8 * GB).WithoutVictims(4 * GB)]));

    [Fact]
    public void WithoutVictimsAdmissionAloneMakesADifference()
        => Assert.Equal(
            ["Nothing was evicted at 8GB: policies differ there only by what they admit, and VllmPlus has the highest token hit rate, 52.00 %. Try less than 3.45GB."],
            ReplayAnswer.Of([Outcome("Lru", 5000, capacity: 8 * GB).WithoutVictims(3_456_789_012), Outcome("VllmPlus", 5200, s_sure, 8 * GB).WithoutVictims(4 * GB)]));

    [Fact]
    public void EqualPoliciesAreOneWinner()
        => Assert.StartsWith(
            "SglangPlus (= Ttl, Priority) wins at 1GB and 2GB, ",
            Assert.Single(ReplayAnswer.Of(
            [
                Outcome("SglangPlus", 3300, s_sure), Outcome("Ttl", 3300, s_sure), Outcome("Priority", 3300, s_sure), Outcome("Lru", 3000),
                Outcome("SglangPlus", 3300, s_sure, 2 * GB), Outcome("Ttl", 3300, s_sure, 2 * GB), Outcome("Priority", 3300, s_sure, 2 * GB), Outcome("Lru", 3000, capacity: 2 * GB),
            ])),
            StringComparison.Ordinal);

    [Fact]
    public void OnePolicyIsComparedWithLru()
    {
        Assert.StartsWith("Arc beats LRU at 1GB, by 3.00 points", Assert.Single(ReplayAnswer.Of([Outcome("Arc", 3300, s_sure)])), StringComparison.Ordinal);
        Assert.StartsWith("Arc is not surely better than LRU at 1GB", Assert.Single(ReplayAnswer.Of([Outcome("Arc", 3300, s_unsure)])), StringComparison.Ordinal);
        Assert.StartsWith("Arc is not better than LRU at 1GB: its token hit rate is 29.00 %, that of LRU 30.00 % (95 % range -5.00 to -1.00 of the difference)", Assert.Single(ReplayAnswer.Of([Outcome("Arc", 2900, new(-0.05, -0.01))])), StringComparison.Ordinal);
        Assert.Equal("LRU has a token hit rate of 30.00 % at 1GB; the best offline rule has 10.00 points more than LRU, the upper bound (proven) 20.00.", Assert.Single(ReplayAnswer.Of([Outcome("Lru", 3000)])));
    }

    [Fact]
    public void FewSessionsAndNoBoundsAreSaidNotGuessed()
    {
        Assert.Contains("Arc leads at 1GB, by 3.00 points of token hit rate over LRU (too few sessions to say how surely)", Assert.Single(ReplayAnswer.Of([Outcome("Lru", 3000), Outcome("Arc", 3300)])), StringComparison.Ordinal);
        Assert.Equal(
            "Arc leads at 1GB, by 3.00 points of token hit rate over LRU (not judged, as the bounds were left out).",
            Assert.Single(ReplayAnswer.Of([Outcome("Lru", 3000) with { Bounds = null }, Outcome("Arc", 3300) with { Bounds = null }])));
        Assert.Equal(
            "Arc has the highest token hit rate, 33.00 % at 1GB; LRU was not replayed beside it.",
            Assert.Single(ReplayAnswer.Of([Outcome("Sieve", 3000) with { Bounds = null }, Outcome("Arc", 3300) with { Bounds = null }])));
    }

    [Fact]
    public void NothingToHitAndTooSmallACacheAreToldApart()
    {
        Assert.Equal("No policy has a hit at 1GB; an endless cache has a token hit rate of 50.00 %: try more.", Assert.Single(ReplayAnswer.Of([Outcome("Lru", 0), Outcome("Arc", 0)])));
        Assert.Equal("Nothing of this trace can be reused: not even an endless cache has a hit.", Assert.Single(ReplayAnswer.Of([Outcome("Lru", 0) with { Bounds = new(0, 0, "wait for the next use", 0, 0, 0, 0, 1) }])));
        Assert.Equal("Nothing of this trace can be reused: not even an endless cache has a hit.", Assert.Single(ReplayAnswer.Of([Outcome("Lru", 0).WithoutVictims(GB)])));
    }

    [Fact]
    public void TheUsersOwnPolicyIsToldOfWhereverItStands()
    {
        Assert.Equal(
            "Your OwnPolicy is 1.00 to 5.00 points of token hit rate under LRU at 1GB and 2GB (95 % ranges from -8.00 to -0.50 of the difference).",
            ReplayAnswer.Of(
            [
                Outcome("OwnPolicy", 2900, new(-0.02, -0.005)), Outcome("Lru", 3000), Outcome("Arc", 3300, s_sure),
                Outcome("OwnPolicy", 2500, new(-0.08, -0.02), 2 * GB), Outcome("Lru", 3000, capacity: 2 * GB), Outcome("Arc", 3300, s_sure, 2 * GB),
            ])[^1]);
        Assert.Equal(
            "Your OwnPolicy (= Lru) is 0.00 points of token hit rate over LRU at 1GB (95 % range 0.00 to 0.00 of the difference).",
            ReplayAnswer.Of([Outcome("OwnPolicy", 3000, new(0, 0)), Outcome("Lru", 3000), Outcome("Arc", 2900, new(-0.05, -0.01))])[^1]);
        Assert.Single(ReplayAnswer.Of([Outcome("OwnPolicy", 3300, s_sure), Outcome("Lru", 3000)]));
    }

    [Fact]
    public void WhereLruReachesTheBoundNoPolicyCanBeBetter()
        => Assert.Equal(
            "No policy is better than LRU at 1GB, whose token hit rate is 30.00 %; the upper bound (proven) is no more, so no policy can be better.",
            Assert.Single(ReplayAnswer.Of([.. new[] { Outcome("Lru", 3000), Outcome("Arc", 2900) }.Select(outcome => outcome with { Bounds = new(0.3, 0.3, "wait for the next use", 0.3, 0.4, 0.5, 0.6, 1) })])));

    [Fact]
    public void PastTheOfflineRuleIsNoShareOfTheWay()
        => Assert.EndsWith(", past the best offline rule and 55 % of the way to the upper bound (proven).", Assert.Single(ReplayAnswer.Of([Outcome("Lru", 3000), Outcome("Arc", 4100, s_sure)])), StringComparison.Ordinal);

    [Fact]
    public void KeysAreCountedInBytesOrInKeys()
    {
        Assert.Contains("by 3.00 points of byte hit rate over LRU", ReplayAnswer.Of([Outcome("Lru", 3000, trace: Bytes), Outcome("Arc", 3300, s_sure, trace: Bytes)])[0], StringComparison.Ordinal);
        Assert.StartsWith("Arc wins at 500 keys, by 3.00 points of hit rate over LRU", Assert.Single(ReplayAnswer.Of([Outcome("Lru", 3000, capacity: 500, trace: Keys), Outcome("Arc", 3300, s_sure, 500, Keys)])), StringComparison.Ordinal);
    }

    [Fact]
    public void AWinnerByBytesThatLosesByRequestsIsToldSo()
    {
        ReplayOutcome arc = Outcome("Arc", 3300, s_sure, trace: Bytes);
        ReplayOutcome gdsf = Outcome("Gdsf", 3100, s_sure, trace: Bytes);
        gdsf = gdsf with { Result = gdsf.Result with { HitRequests = 950 } };

        Assert.Equal("Counted by requests, Gdsf has the highest hit rate at 1GB: 95.00 %.", ReplayAnswer.Of([Outcome("Lru", 3000, trace: Bytes), arc, gdsf])[1]);
        Assert.Single(ReplayAnswer.Of([Outcome("Lru", 3000), arc with { Cell = arc.Cell with { Trace = Tokens } }, gdsf with { Cell = gdsf.Cell with { Trace = Tokens } }]));
    }
}
