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

    /// <summary>So many short requests earn a race.</summary>
    private const int Earning = 24_000;

    [Fact]
    public void WhatPaysIsAdopted()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Synchronous);
        using PrefixCache<TwoWays> before = Cache(TuningMode.Off);
        Round(tuned, Earning);
        Round(before, Earning);

        Assert.Equal(0, Round(before, 600));
        Assert.InRange(Round(tuned, 600), 200, 600);
        Assert.Equal(1, tuned.Policy.Newest);
        Assert.Equal(1, tuned.Tuning.Values["Newest"]);
        Assert.InRange(tuned.Tuning.AdoptedAt!.Value, 128, Earning);
    }

    /// <summary>A tunable that changes nothing stays where it was, whatever noise there is.</summary>
    [Fact]
    public void WhatDoesNotPayIsNot()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Synchronous);
        using PrefixCache<TwoWays> before = Cache(TuningMode.Off);

        Assert.Equal(Drift(before, 10 * Earning), Drift(tuned, 10 * Earning));
        Assert.InRange(tuned.Tuning.Choices, 1, 40);
        Assert.Equal((0, 2), (tuned.Policy.Newest, tuned.Policy.Idle));
    }

    /// <summary>The values that the cache began with come back as soon as they hit more.</summary>
    [Fact]
    public void WhatPaysNoMoreIsGivenUp()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Synchronous);
        Round(tuned, Earning);
        Assert.Equal(1, tuned.Policy.Newest);
        Drift(tuned, 3 * Earning);

        Assert.Equal(0, tuned.Policy.Newest);
        Assert.Equal(0, tuned.Tuning.Values["Newest"]);
    }

    [Fact]
    public void SynchronousRunsAreAlike()
    {
        using PrefixCache<TwoWays> first = Cache(TuningMode.Synchronous);
        using PrefixCache<TwoWays> second = Cache(TuningMode.Synchronous);

        Assert.Equal((Round(first, Earning), Drift(first, Earning)), (Round(second, Earning), Drift(second, Earning)));
        Assert.Equal((first.Tuning.AdoptedAt, first.Tuning.Replayed, first.Tuning.Choices), (second.Tuning.AdoptedAt, second.Tuning.Replayed, second.Tuning.Choices));
        Assert.True(first.Tuning.AdoptedAt > 0);
    }

    [Fact]
    public void ItWorksInTheBackground()
    {
        using PrefixCache<TwoWays> tuned = Cache(TuningMode.Background);
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    Round(tuned, 300);
                    return tuned.Policy.Newest == 1;
                },
                TimeSpan.FromMinutes(2)),
            "the tuner never found what pays");
        Assert.True(tuned.Tuning.State is TuningState.Recording or TuningState.Replaying, "it goes on");
        tuned.Dispose();
        Assert.Equal(TuningState.Ended, tuned.Tuning.State);
    }

    /// <summary>At no moment has the tuner cost more than its share of the work so far, whatever it adopts, on short runs and long.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(3000)]
    public void ItNeverCostsMoreThanItsShare(int pages)
    {
        var tuner = new ShadowTuner(TwoWays.Descriptor, [0, 2], pageTokens: 1);
        var log = new RequestLog(10_000_000);
        ModelShape model = ModelShape.PaperHybrid;
        var shadows = new ShadowFactory<TwoWays>(new() { CapacityBytes = Fits * (model.CheckpointBytes + model.KvBytes(pages)) });
        double[] values = [0, 2];
        int races = 0;
        int[] sequence = new int[pages];
        for (int lookups = 1; lookups <= 60_000; lookups++)
        {
            sequence[0] = lookups / 10_000 % 2 == 0 ? lookups % 30 : lookups / 3;
            tuner.Record(log, new() { Pages = pages, InputPages = pages, InputTokens = pages, Tokens = pages, Time = lookups }, sequence, lookups > Fits ? Fits : null);
            if (tuner.IsDue(lookups, Fits, log))
            {
                tuner.Choose(new(log, values, shadows, 1, default));
                races++;
            }

            Assert.True(tuner.Spent.Units <= ShadowTuner.Share * tuner.Earned.Units, $"{tuner.Spent} of {tuner.Earned} at lookup {lookups}");
        }

        Assert.InRange(races, 1, 200);
    }

    /// <summary>Requests of many tokens are replayed as a few dozen words; what is found is the same.</summary>
    [Fact]
    public void WhatPaysIsAdoptedForLongRequests()
    {
        ModelShape model = ModelShape.PaperHybrid;
        using var tuned = new PrefixCache<TwoWays>(new PrefixCacheOptions { CapacityBytes = Fits * (model.CheckpointBytes + model.KvBytes(3000)), Tuning = new() { Mode = TuningMode.Synchronous } });
        int[][] prompts = [.. Enumerable.Range(0, Fits * 3 / 2).Select(prompt => Enumerable.Range(0, 3000).Select(page => page < 100 ? 1 : prompt).ToArray())];
        for (int i = 0; i < 8000; i++)
        {
            int[] pages = prompts[i % prompts.Length];
            tuned.Commit(tuned.Lookup(pages), pages);
        }

        Assert.Equal(1, tuned.Policy.Newest);
    }

    /// <summary>The tunables that a caller sets in a replay stay, and no tuner runs.</summary>
    [Fact]
    public void AReplayKeepsWhatIsGiven()
    {
        ReplayResult result = Replay.Run<MarconiShadow>(
            GoldenTraces.Load("chat-small_sps=1_nums=24"), new() { CapacityBytes = 700_000_000, Tunables = new Dictionary<string, double> { ["Alpha"] = 1 } });

        Assert.Equal((0, null), (result.TunerReplayed, result.TunedAfterRequests));
        Assert.Equal(1, result.Tunables["Alpha"]);
    }

    [Fact]
    public void ATunableWithoutValuesIsRefused()
    {
        PolicyDescriptor descriptor = TwoWays.Descriptor with { Tunables = [new("Newest", 0, 1, 0, 0), new("Idle", 0, 4, 1, 2)] };
        Assert.Contains("TwoWays.Newest has no values", Assert.Throws<SquelchException>(() => new ShadowTuner(descriptor, [0, 2], 1)).Message, StringComparison.Ordinal);
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
