namespace Squelch.Lab.Tests;

public sealed class RealTraceTests
{
    private const int DocumentedBlock = 16;

    // Partial last blocks are kept, as the documentation counts them. Requests, median of the input tokens and the share reusable by an infinite cache, as the traces' own documentation gives them: in whole blocks of 16 tokens.
    [SkippableTheory]
    [InlineData("kv-cache-tester_nums=100", 4672, null, 0.954)]
    [InlineData("lmcache-magagent_realts", 693, 1027.0, 0.837)]
    [InlineData("lmcache-miniswe_realts", 402, null, 0.935)]
    [InlineData("lmcache-taubench_realts", 471, 100.0, 0.815)]
    [InlineData("mooncake-synthetic", 3993, 11587.0, 0.651)]
    [InlineData("mini-swe-agent_sps=1_art=7.5_nums=20", 1374, null, 0.986)]
    [InlineData("sharegpt-sample_sps=1", 3526, 551.0, 0.872)]
    [InlineData("tau-bench-gpt4o-airline_sps=1_art=7.5", 2454, null, 0.950)]
    [InlineData("oasst-trees_sps=1", 687, 68.0, 0.859)]
    [InlineData("tot-game24_sps=1_art=7.5", 10_012, 236.0, 0.941)]
    public void ARealTraceReadsAsDocumented(string name, int requests, double? median, double ideal)
    {
        string? path = SharedData.Trace(name + ".jsonl.gz");
        Skip.If(path is null, SharedData.Missing(name + ".jsonl.gz", "SQUELCH_TRACES"));
        using TraceInput input = TraceInput.Open(path!);
        Trace trace = TraceReader.Load(input, new TraceReading { PartialBlocks = PartialBlocks.Keep });
        TraceInfo info = TraceInfo.Of(trace);
        int block = trace.PageTokens == 1 ? DocumentedBlock : 1;

        Assert.Equal((name, requests), (info.Name, info.Requests));
        Assert.Equal(ideal, TraceInfo.ReusableTokens(trace).Sum(tokens => (double)(tokens / block * block)) / info.InputTokens, 0.001);
        Assert.Equal(median ?? info.InputP50, info.InputP50);
    }
}
