using SelfTuning;

namespace Squelch.Tests.Tuning;

/// <summary>The sample of an engine: its cache finds a value while it serves, and uses it.</summary>
public sealed class SelfTuningSampleTests
{
    [Fact]
    public void TheEnginesCacheTunesItself()
    {
        using var engine = new Engine(4_000_000_000);
        var conversations = new Conversations(60, 1);
        int requests = 0;
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    (int[] prompt, int[] output) = conversations.Next();
                    Assert.InRange(engine.Serve(prompt, output), 0, prompt.Length);
                    requests++;
                    return engine.Tuning.State == TuningState.Done;
                },
                TimeSpan.FromMinutes(2)),
            "the tuner never came to an end");

        Assert.Contains("Alpha", engine.Tuning.Values.Keys);
        Assert.InRange(engine.Tuning.Values["Alpha"], 0, 2);
        Assert.InRange(engine.Tuning.AdoptedAt!.Value, engine.Tuning.Window!.Value, requests);
        Assert.Equal(engine.Tuning.Window.Value * 21, engine.Tuning.Replayed);
    }
}
