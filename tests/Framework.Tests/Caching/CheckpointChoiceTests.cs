namespace Squelch.Tests.Caching;

/// <summary>Which places of a request get a checkpoint; the sweep beside the plain cache tries all of it, these say it by example.</summary>
public sealed class CheckpointChoiceTests
{
    private static readonly ModelShape s_model = ModelShape.Paper("hybrid", recurrent: 1, attention: 1, mlp: 0, hidden: 4, state: 2);

    [Fact]
    public void LogarithmicCheckpointsStandAtDoublingDistances()
    {
        using PrefixCache cache = Cache(new(Checkpoints.Logarithmic | Checkpoints.LastToken, Every: 4, Align: 1));
        Assert.Equal([4, 8, 16, 32, 40], Plan(cache, Row(0, 40)));
        cache.Commit(cache.Lookup(Row(0, 40)), Row(0, 40));
        Assert.Equal([64, 70], Plan(cache, Row(0, 70)));
    }

    [Fact]
    public void TheLagIsTheMedianOfHowFormerEndsWereLeft()
    {
        using PrefixCache cache = Cache(new(Checkpoints.BranchLag | Checkpoints.LastToken, Every: 0, Align: 1));
        Assert.Equal([20], Plan(cache, Row(0, 20)));
        Keep(cache, Row(0, 20));
        Keep(cache, [.. Row(0, 15), .. Row(100, 5)]);
        Assert.Equal([25, 30], Plan(cache, Row(200, 30)));

        // Where the path forks, nobody knows which end was left; where it goes on at an end, it was left at 0.
        Keep(cache, [.. Row(0, 15), .. Row(300, 5)]);
        Assert.Equal([25, 30], Plan(cache, Row(200, 30)));
        Keep(cache, [.. Row(0, 15), .. Row(300, 6)]);
        Keep(cache, [.. Row(0, 15), .. Row(300, 7)]);
        Assert.Equal([30], Plan(cache, Row(200, 30)));
    }

    [Fact]
    public void ABranchThatSavesTooLittleGetsNoCheckpointAndIsNotCaptured()
    {
        using PrefixCache cache = Cache(new(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 1) { LeastSaving = 8 });
        Keep(cache, Row(0, 20));
        Assert.Equal(8, cache.Lookup([.. Row(0, 8), 100]).BranchTokens);
        Lease lease = cache.Lookup([.. Row(0, 7), 100]);
        Assert.Equal(0, lease.BranchTokens);
        Assert.Equal([new(7, false), new(8, true)], cache.Plan(lease, [.. Row(0, 7), 100]).ToArray());
    }

    /// <summary>The engine has captured nothing there, so no plan may want it, whatever a formula says by then.</summary>
    [Fact]
    public void WhatALookupRefusedIsNotPlanned()
    {
        double worth = 0;
        using PrefixCache cache = Cache(Chosen(Checkpoints.BranchPoint, 0, above: 0, best: 0, (in CheckpointPlace at) => worth));
        Keep(cache, Row(0, 20));
        Lease lease = cache.Lookup([.. Row(0, 10), 100]);
        Assert.Equal(0, lease.BranchTokens);
        worth = 1;
        Assert.Equal([new(10, false), new(11, false)], cache.Plan(lease, [.. Row(0, 10), 100]).ToArray());
        Assert.Equal(10, cache.Lookup([.. Row(0, 10), 100]).BranchTokens);
    }

    [Fact]
    public void WhatALookupCannotTellIsCaptured()
    {
        using PrefixCache cache = Cache(Chosen(Checkpoints.BranchPoint, 0, above: 100, best: 0, (in CheckpointPlace at) => at.ToEnd, "toEnd"));
        Keep(cache, Row(0, 20));
        Lease lease = cache.Lookup([.. Row(0, 10), 100]);
        Assert.Equal(10, lease.BranchTokens);
        Assert.Equal([new(10, false), new(11, false)], cache.Plan(lease, [.. Row(0, 10), 100]).ToArray());
    }

    [Fact]
    public void TheBestPlacesAreChosenOneAfterTheOther()
    {
        using PrefixCache cache = Cache(Chosen(Checkpoints.Interval | Checkpoints.LastToken, 10, double.NegativeInfinity, best: 2, (in CheckpointPlace at) => Math.Min(at.FromLastCheckpoint, 60)));
        // 60 and all behind it are worth the same; the deepest is taken, then the best of what is left above it.
        Assert.Equal([90, 100], Plan(cache, Row(0, 100)));
    }

    [Fact]
    public void PlacesKnowOfThoseThatWereChosenAboveThem()
    {
        using PrefixCache cache = Cache(Chosen(Checkpoints.Interval | Checkpoints.LastToken, 10, above: 25, best: 0, (in CheckpointPlace at) => at.FromLastCheckpoint));
        Assert.Equal([30, 60, 90], Plan(cache, Row(0, 100)).SkipLast(1));
    }

    [Fact]
    public void APlaceWhoseWorthIsNoNumberGetsNone()
    {
        using PrefixCache cache = Cache(Chosen(Checkpoints.Interval, 10, double.NegativeInfinity, best: 5, (in CheckpointPlace at) => at.Position == 20 ? 1 : double.NaN));
        Assert.Equal([new(20, true), new(40, false)], cache.Plan(cache.Lookup(Row(0, 40)), Row(0, 40)).ToArray());
    }

    [Fact]
    public void TunablesReachTheFormula()
    {
        AdmissionDescriptor admission = Chosen(Checkpoints.Interval | Checkpoints.LastToken, 10, above: 0, best: 0, (in CheckpointPlace at) => at.Position - at.Tunables[0]);
        using PrefixCache cache = Cache(admission.WithTunables([15]));
        Assert.Equal([20, 30, 40], Plan(cache, Row(0, 40)));
    }

    private static AdmissionDescriptor Chosen(Checkpoints checkpoints, int every, double above, int best, CheckpointWorth worth, params string[] reads)
        => new(checkpoints, every, 1) { Formula = new("Worth", "", above, best, [.. BuiltInFeatures.OfPlaces.Where(read => reads.Contains(read.Name))], worth) };

    private static PrefixCache Cache(AdmissionDescriptor admission)
        => new(Policies.Lru.Descriptor with { Admission = admission }, new() { CapacityBytes = 1_000_000, Model = s_model }, default(Policies.Lru).CreateSelector);

    private static void Keep(PrefixCache cache, int[] sequence) => cache.Commit(cache.Lookup(sequence), sequence);

    private static int[] Plan(PrefixCache cache, int[] sequence)
    {
        Lease lease = cache.Lookup(sequence);
        int[] ends = [.. cache.Plan(lease, sequence).ToArray().Select(node => node.Tokens)];
        cache.Abandon(lease);
        return ends;
    }

    private static int[] Row(int from, int count) => [.. Enumerable.Range(from, count)];
}
