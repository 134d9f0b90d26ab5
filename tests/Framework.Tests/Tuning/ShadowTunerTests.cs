using Squelch.Policies;
using Squelch.Tests.Golden;

namespace Squelch.Tests.Tuning;

/// <summary>
/// The shadow tuner on requests of which it is known what pays: those that go round and round over more than fits, where the newest should go, and those
/// that drift, where the oldest should.
/// </summary>
public sealed class ShadowTunerTests
{
    private const int Fits = 20;

    [Fact]
    public void WhatPaysIsAdopted()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Synchronous);
        using PrefixCache<TwoWays> before = Cache(TuningMode.Off);
        int hits = Round(tuned, 600);

        Assert.Equal(0, Round(before, 600));
        Assert.InRange(hits, 200, 600);
        Assert.Equal(1, tuned.Policy.Newest);
        Assert.Equal(1, tuned.Tuning.Values["Newest"]);
        Assert.InRange(tuned.Tuning.AdoptedAt!.Value, 128, 600);
    }

    /// <summary>A tunable that changes nothing stays where it was, whatever noise there is.</summary>
    [Fact]
    public void WhatDoesNotPayIsNot()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Synchronous);
        using PrefixCache<TwoWays> before = Cache(TuningMode.Off);

        Assert.Equal(Drift(before, 3000), Drift(tuned, 3000));
        Assert.InRange(tuned.Tuning.Choices, 2, 20);
        Assert.Equal((0, 2), (tuned.Policy.Newest, tuned.Policy.Idle));
    }

    /// <summary>The values that the cache began with come back as soon as they hit more.</summary>
    [Fact]
    public void WhatPaysNoMoreIsGivenUp()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Synchronous);
        Round(tuned, 200);
        Assert.Equal(1, tuned.Policy.Newest);
        Drift(tuned, 2000);

        Assert.Equal(0, tuned.Policy.Newest);
        Assert.Equal(0, tuned.Tuning.Values["Newest"]);
    }

    [Fact]
    public void SynchronousRunsAreAlike()
    {
        ReplayResult Run() => Replay.Run<MarconiShadow>(GoldenTraces.Load("chat-small_sps=1_nums=24"), new() { CapacityBytes = 700_000_000 });
        ReplayResult first = Run();
        ReplayResult second = Run();

        Assert.Equal((first.HitTokens, first.TunerReplayed, first.TunedAfterRequests), (second.HitTokens, second.TunerReplayed, second.TunedAfterRequests));
        Assert.Equal(first.Tunables, second.Tunables);
        Assert.True(first.TunedAfterRequests > 0);
    }

    [Fact]
    public void ItWorksInTheBackground()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Background);
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    Round(tuned, 30);
                    return tuned.Policy.Newest == 1;
                },
                TimeSpan.FromMinutes(2)),
            "the tuner never found what pays");
        Assert.True(tuned.Tuning.State is TuningState.Recording or TuningState.Replaying, "it goes on");
        tuned.Dispose();
        Assert.Equal(TuningState.Ended, tuned.Tuning.State);
    }

    /// <summary>Where nothing is adopted, races cost a twentieth of the lookups, and what is allowed at the beginning.</summary>
    [Fact]
    public void ItCostsAtMostItsShare()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Synchronous);
        for (int lookups = 2000; lookups <= 20_000; lookups += 2000)
        {
            Drift(tuned, 2000);
            Assert.InRange(tuned.Tuning.Replayed, 1, 3 * ShadowTuner.Allowance + (ShadowTuner.Share * lookups));
        }
    }

    /// <summary>The tunables that a caller sets in a replay stay, and no tuner runs.</summary>
    [Fact]
    public void AReplayKeepsWhatIsGiven()
    {
        ReplayResult result = Replay.Run<MarconiShadow>(
            GoldenTraces.Load("chat-small_sps=1_nums=24"), new() { CapacityBytes = 700_000_000, Tunables = new Dictionary<string, double> { ["Inner"] = 2 } });

        Assert.Equal((0, null), (result.TunerReplayed, result.TunedAfterRequests));
        Assert.Equal(2, result.Tunables["Inner"]);
    }

    [Fact]
    public void ATunableWithoutValuesIsRefused()
    {
        PolicyDescriptor descriptor = TwoWays.Descriptor with { Tunables = [new("Newest", 0, 1, 0, 0), new("Idle", 0, 4, 1, 2)] };
        Assert.Contains("TwoWays.Newest has no values", Assert.Throws<SquelchException>(() => new ShadowTuner(descriptor, [0, 2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TurnsOfASessionAreTakenTogether()
    {
        var log = new RequestLog(10_000_000, keepsNewest: true);
        for (int turn = 1; turn <= 5; turn++)
        {
            for (int session = 0; session < 200; session++)
            {
                int[] pages = [.. Enumerable.Range(0, 10).Select(_ => 7), .. Enumerable.Range(0, 20 * turn).Select(page => (session * 1000) + page)];
                log.Add(new() { Pages = pages.Length, InputPages = pages.Length, InputTokens = pages.Length, Tokens = pages.Length, Time = 0, Space = session }, pages);
            }
        }

        RequestSample sample = RequestSample.Of(log, 800, 0.25);
        Assert.InRange(sample.Share, 0.15, 0.35);
        Assert.Equal(sample.Requests.Order(), sample.Requests);
        Assert.All(sample.Requests, index => Assert.InRange(index, 200, 999));
        Assert.All(sample.Requests.GroupBy(index => log[index].Space), session => Assert.Equal(4, session.Count()));
        Assert.Equal(800, RequestSample.Of(log, 800, 2).Requests.Count);
    }

    private static PrefixCache<TwoWays> Cache(TuningMode mode)
    {
        ModelShape model = ModelShape.PaperHybrid;
        return new(new PrefixCacheOptions { CapacityBytes = Fits * (model.CheckpointBytes + model.KvBytes(10)), Tuning = new() { Mode = mode } });
    }

    /// <summary>Prompts in turn, half as many again as fit.</summary>
    private static int Round(PrefixCache cache, int requests)
        => Enumerable.Range(0, requests).Sum(_ => Serve(cache, (int)(cache.Lookups % (Fits * 3 / 2))));

    /// <summary>Prompts that come a few times, then never again.</summary>
    private static int Drift(PrefixCache cache, int requests)
        => Enumerable.Range(0, requests).Sum(_ => Serve(cache, 1000 + (int)(cache.Lookups / 3) + (int)(cache.Lookups * 7 % 11)));

    /// <returns>1 for a hit.</returns>
    private static int Serve(PrefixCache cache, int prompt)
    {
        int[] pages = [prompt, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        Lease lease = cache.Lookup(pages);
        cache.Commit(lease, pages);
        return lease.HitTokens > 0 ? 1 : 0;
    }
}
