using System.Text;
using static Squelch.Lab.Tests.Traces.KvEventText;

namespace Squelch.Lab.Tests.Traces;

/// <summary>Logs as people have them, with the right values.</summary>
public sealed class KvEventCaseTests
{
    [Theory]
    [InlineData("sglang-page-events", "KV events (vLLM or SGLang)", 2, 16, 0)]
    [InlineData("offload-tier-zero-block", "KV events (vLLM or SGLang)", 1, 32, 0)]
    [InlineData("partial-parent", "KV events (vLLM or SGLang)", 2, 64, 0)]
    [InlineData("events-enveloped", "KV events (vLLM or SGLang)", 1, 2, 0)]
    [InlineData("dynamo-events", "KV events (Dynamo)", 1, 16, 0)]
    [InlineData("trtllm-events", "KV events (TensorRT-LLM)", 1, 1, 0)]
    public void ALogHasItsRightValues(string name, string format, int requests, long tokens, double reusable)
    {
        Trace trace = TraceReader.Load(Path.Combine(SharedData.Repository, "tests", "Cases", name, "events.jsonl"));

        TraceInfo info = TraceInfo.Of(trace);
        Assert.Equal((format, requests, tokens, reusable), (trace.Format, info.Requests, info.InputTokens, info.ReusableShare));
    }

    /// <summary>More than is looked at first is removals of blocks that were stored before the log began.</summary>
    [Fact]
    public void ALogMayBeginWithRemovals()
    {
        var log = new StringBuilder();
        for (int batch = 0; batch < 900; batch++)
        {
            log.Append(Batch(batch * 0.01, Removed(string.Join(", ", Enumerable.Range(0, 8).Select(block => (batch * 7919L) + block)))));
        }

        Assert.True(log.Length > 1 << 16);
        Trace trace = Load(log + Batch(10, Stored("1, 2")) + Batch(11, Stored("1, 3")));

        Assert.Equal(["0,1", "0,2"], Chains(trace));
        Assert.Equal([10.0, 11], trace.Requests.Select(request => request.Time));
        Assert.Equal(0.25, TraceInfo.Of(trace).ReusableShare);
    }
}
