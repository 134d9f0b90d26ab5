using System.Collections.Immutable;
using Squelch.Policies;
using Squelch.Tests.Golden;

namespace Squelch.Tests.Tuning;

/// <summary>A cache under a policy with a bootstrap tuner tunes itself, as a replay does.</summary>
public sealed class BootstrapTunerTests
{
    private const long Capacity = 1_500_000_000;

    private static Trace Trace => GoldenTraces.Load("agent-small_sps=1_art=7.5_nums=12");

    [Fact]
    public void AWindowOfNothingIsRefused()
    {
        SquelchException refusal = Assert.Throws<SquelchException>(() => new PrefixCache<Marconi>(Options(TuningMode.Background, new() { BootstrapMultiplier = 0 })));
        Assert.Contains("BootstrapMultiplier = 0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASynchronousCacheDoesWhatAReplayDoes()
    {
        ReplayResult replay = Replay.Run<Marconi>(Trace, new() { CapacityBytes = Capacity });
        using var cache = new PrefixCache<Marconi>(Options(TuningMode.Synchronous));
        long hits = Trace.Requests.Sum(request => Serve(cache, request));

        Assert.True(replay.TunedValue > 0, "the trace is one on which the tuner leaves the default");
        Assert.Equal(replay.HitTokens, hits);
        Assert.Equal(TuningState.Done, cache.Tuning.State);
        Assert.Equal(Values(replay.TunedValue), cache.Tuning.Values);
        Assert.Equal(replay.TunedValue, cache.Policy.Alpha);
        Assert.Equal(replay.BootstrapWindow, cache.Tuning.Window);
        Assert.Equal(replay.BootstrapWindow, cache.Tuning.AdoptedAt);
        Assert.Equal(replay.BootstrapWindow * Marconi.Descriptor.Tunables[0].Grid().Length, cache.Tuning.Replayed);
    }

    /// <summary>By default, beside the caller: the value is that of the replay, and it is adopted by the first lookup after it was found.</summary>
    [Fact]
    public void ACacheTunesItselfInTheBackground()
    {
        ReplayResult replay = Replay.Run<Marconi>(Trace, new() { CapacityBytes = Capacity });
        using var cache = new PrefixCache<Marconi>(new PrefixCacheOptions { CapacityBytes = Capacity });
        foreach (Request request in Trace.Requests.Take((int)replay.BootstrapWindow!.Value))
        {
            Assert.Equal(TuningState.Recording, cache.Tuning.State);
            Serve(cache, request);
        }

        Assert.Equal(TuningState.Replaying, cache.Tuning.State);
        Assert.Equal(0, cache.Policy.Alpha);
        AdoptedBy(cache);
        Assert.Equal(TuningState.Done, cache.Tuning.State);
        Assert.Equal(Values(replay.TunedValue), cache.Tuning.Values);
        Assert.Equal(replay.TunedValue, cache.Policy.Alpha);
    }

    [Fact]
    public void TunablesThatWereGivenStay()
    {
        using var cache = new PrefixCache<Marconi>(new Marconi { Alpha = 0.3 }, new PrefixCacheOptions { CapacityBytes = Capacity });
        long hits = Trace.Requests.Sum(request => Serve(cache, request));

        Assert.Equal(TuningState.Off, cache.Tuning.State);
        Assert.Equal(0.3, cache.Policy.Alpha);
        Assert.Equal(Replay.Run<Marconi>(Trace, new() { CapacityBytes = Capacity, Tunables = Values(0.3) }).HitTokens, hits);
    }

    [Fact]
    public void WhoSetsThePolicyEndsTheTuning()
    {
        using var cache = new PrefixCache<Marconi>(Options(TuningMode.Synchronous));
        Serve(cache, Trace.Requests[0]);
        cache.Policy = new Marconi { Alpha = 0.7 };
        foreach (Request request in Trace.Requests)
        {
            Serve(cache, request);
        }

        Assert.Equal(TuningState.Ended, cache.Tuning.State);
        Assert.Equal(0.7, cache.Policy.Alpha);
    }

    /// <summary>Where the bytes do not hold the window, what they hold is the window, and the first eviction ends it.</summary>
    [Fact]
    public void AFullLogEndsTheWindow()
    {
        using var cache = new PrefixCache<Marconi>(Options(TuningMode.Synchronous, new() { MostBytes = 400_000 }));
        foreach (Request request in Trace.Requests)
        {
            Serve(cache, request);
        }

        TuningStatus tuning = cache.Tuning;
        Assert.Equal(TuningState.Done, tuning.State);
        Assert.InRange(tuning.Window!.Value, cache.LookupsBeforeEviction!.Value, (cache.LookupsBeforeEviction.Value * Marconi.Descriptor.BootstrapMultiplier) - 1);
        Assert.InRange(tuning.Replayed, 1, (cache.LookupsBeforeEviction.Value * Marconi.Descriptor.BootstrapMultiplier * 21) - 1);
    }

    /// <summary>What was recorded before room had to be made cannot tell the values apart: the default stays.</summary>
    [Fact]
    public void AWindowWithoutAnEvictionChangesNothing()
    {
        using var cache = new PrefixCache<FailingTuner>(new FailingTuner { Fails = 0.5 }, Options(TuningMode.Synchronous, new() { MostBytes = 40_000 }));
        foreach (Request request in Trace.Requests)
        {
            Serve(cache, request);
        }

        Assert.Equal(TuningState.Done, cache.Tuning.State);
        Assert.Equal(0.5, cache.Policy.Fails);
    }

    /// <summary>A policy that throws in its shadows must not stop the engine: the status has the fault, and the default stays.</summary>
    [Fact]
    public void WhatFailsInTheBackgroundIsInTheStatus()
    {
        using var cache = new PrefixCache<FailingTuner>(Options(TuningMode.Background));
        ServeUntilReplaying(cache);
        AdoptedBy(cache);

        Assert.Equal(TuningState.Failed, cache.Tuning.State);
        Assert.Contains(FailingTuner.Message, cache.Tuning.Error!.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, cache.Policy.Fails);
        Assert.Empty(cache.Tuning.Values);
        Trace.Requests.ToList().ForEach(request => Serve(cache, request));
    }

    [Fact]
    public void DisposeEndsTheTuning()
    {
        var cache = new PrefixCache<Marconi>(Options(TuningMode.Background));
        ServeUntilReplaying(cache);
        cache.Dispose();

        Assert.Equal(TuningState.Ended, cache.Tuning.State);
        Assert.Empty(cache.Tuning.Values);
    }

    /// <summary>Under a clock of the caller's, the shadows' clocks stand where the cache's stood.</summary>
    [Fact]
    public void ShadowsHaveTheTimesOfTheRequests()
    {
        ReplayResult tuned = Replay.Run<Marconi>(Trace, new() { CapacityBytes = Capacity, Clock = ReplayClock.Time });
        Trace window = Trace with { Requests = [.. Trace.Requests.Take((int)tuned.BootstrapWindow!.Value)] };
        ReplayResult[] grid = [.. Marconi.Descriptor.Tunables[0].Grid().Select(alpha => Replay.Run<Marconi>(window, new() { CapacityBytes = Capacity, Clock = ReplayClock.Time, Tunables = Values(alpha) }))];

        Assert.Equal(grid.MaxBy(result => result.FlopsSaved.Total)!.Tunables["Alpha"], tuned.TunedValue);
    }

    [Fact]
    public void ASynchronizedCacheTunesItselfToo()
    {
        using var inner = new PrefixCache<Marconi>(Options(TuningMode.Synchronous));
        using var cache = new SynchronizedPrefixCache(inner);
        var actions = new List<StateAction>();
        foreach (Request request in Trace.Requests)
        {
            Lease lease = cache.Lookup(request.Pages.Span[..request.InputPages]);
            cache.Commit(lease, request.Pages.Span, 0, _ => default, actions);
        }

        Assert.Equal(TuningState.Done, cache.Tuning.State);
        Assert.Equal(Replay.Run<Marconi>(Trace, new() { CapacityBytes = Capacity }).TunedValue, cache.Tuning.Values["Alpha"]);
    }

    private static PrefixCacheOptions Options(TuningMode mode, TuningOptions? tuning = null)
        => new() { CapacityBytes = Capacity, Tuning = (tuning ?? new()) with { Mode = mode } };

    private static ImmutableSortedDictionary<string, double> Values(double? alpha) => ImmutableSortedDictionary<string, double>.Empty.Add("Alpha", alpha!.Value);

    /// <summary>Serves a request and gives the tokens hit.</summary>
    private static long Serve(PrefixCache cache, Request request)
    {
        Lease lease = cache.Lookup(request.Pages.Span[..request.InputPages]);
        cache.Commit(lease, request.Pages.Span);
        return lease.HitTokens;
    }

    private static void ServeUntilReplaying(PrefixCache cache)
    {
        for (int i = 0; cache.Tuning.State == TuningState.Recording; i++)
        {
            Serve(cache, Trace.Requests[i]);
        }
    }

    /// <summary>Looks up until the background is through; however long that takes.</summary>
    private static void AdoptedBy(PrefixCache cache)
        => Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    cache.Abandon(cache.Lookup([1]));
                    return cache.Tuning.State != TuningState.Replaying;
                },
                TimeSpan.FromMinutes(2)),
            "the tuner never came to an end");
}
