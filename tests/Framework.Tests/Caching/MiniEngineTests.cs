using MiniEngine;

namespace Squelch.Tests.Caching;

/// <summary>The sample of an engine: requests in flight hold what they hit, its handles are the cache's nodes, and its cache finds a value while it serves.</summary>
public sealed class MiniEngineTests
{
    [Fact]
    public void RequestsInFlightEndInCommitsOrAreGivenUp()
    {
        using var engine = new Engine(4_000_000_000, 8);
        var conversations = new Conversations(20, 2);
        int hits = 0;
        for (int request = 1; request <= 300; request++)
        {
            while (!engine.HasRoom)
            {
                engine.Step();
            }

            (int[] prompt, int[] output) = conversations.Next();
            hits += engine.Start(prompt, output) > 0 ? 1 : 0;
            Assert.InRange(engine.InFlight, 1, 8);
            if (request % 10 == 0)
            {
                int before = engine.InFlight;
                engine.CancelOldest();
                Assert.Equal(before - 1, engine.InFlight);
            }
        }

        while (engine.InFlight > 0)
        {
            engine.Step();
        }

        Assert.True(hits > 100, $"{hits} requests hit");
        Assert.Equal(engine.Nodes, engine.States);
    }

    [Fact]
    public void TheEnginesCacheTunesItself()
    {
        using var engine = new Engine(4_000_000_000, 4);
        var conversations = new Conversations(60, 1);
        int requests = 0;
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    while (!engine.HasRoom)
                    {
                        engine.Step();
                    }

                    (int[] prompt, int[] output) = conversations.Next();
                    Assert.InRange(engine.Start(prompt, output), 0, prompt.Length);
                    requests++;
                    return engine.Tuning.State == TuningState.Done;
                },
                TimeSpan.FromMinutes(2)),
            "the tuner never came to an end");

        Assert.Contains("Alpha", engine.Tuning.Values.Keys);
        Assert.InRange(engine.Tuning.Values["Alpha"], 0, 2);
        Assert.InRange(engine.Tuning.AdoptedAt!.Value, engine.Tuning.Window!.Value, requests);

        // What is in flight when the window closes is not recorded yet.
        Assert.Equal(0, engine.Tuning.Replayed % 21);
        Assert.InRange(engine.Tuning.Replayed / 21, engine.Tuning.Window.Value - 4, engine.Tuning.Window.Value);
    }
}
