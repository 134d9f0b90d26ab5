using Squelch.Policies;

namespace Squelch.Lab.Tests.Traces;

/// <summary>What a trace is said to make reusable is what LRU hits with endless room, where a state can be cut anywhere.</summary>
public sealed class ReusableTests
{
    private const long Endless = 1L << 60;

    [Fact]
    public void ShortPromptsThatComeAgainAreReusable()
    {
        Trace trace = Load(string.Concat(Enumerable.Range(0, 4).Select(i => $"{{\"ts\":{i},\"input_tokens\":[1,2,3,4,5,6,7,8],\"output_tokens\":[9]}}\n")));

        Assert.Equal(0.75, TraceInfo.Of(trace).ReusableShare);
        Assert.Equal([0, 8, 8, 8], TraceInfo.ReusableTokens(trace));
    }

    [Fact]
    public void KeysOfSizeOneAreReusable()
        => Assert.Equal(2 / 3.0, TraceInfo.Of(TraceReader.Load(TraceText.Stream("1\n1\n1\n"), "k.csv")).ReusableShare);

    [Theory]
    [InlineData("""
        {"timestamp": 0, "input_length": 5, "hash_ids": [1, 2], "block_size": 4}
        {"timestamp": 1, "input_length": 8, "hash_ids": [1, 2], "block_size": 4}
        {"timestamp": 2, "input_length": 12, "hash_ids": [1, 2, 3], "block_size": 4}
        """)]
    [InlineData("1,200\n1,100\n2,50\n1,100\n2,70\n", "k.csv")]
    [InlineData("1,100\n1,200\n1,200\n", "k.csv")]
    public void ItIsWhatTheReplayHits(string text, string name = "t.jsonl") => AssertReplayHitsIt(TraceReader.Load(TraceText.Stream(text), name));

    [Fact]
    public void ItIsWhatTheReplayHitsOnTheBundledTraces()
    {
        foreach (string path in Directory.GetFiles(Path.Combine(SharedData.Repository, "Tool", "Traces"), "*.jsonl.gz"))
        {
            AssertReplayHitsIt(TraceReader.Load(path));
        }
    }

    [Fact]
    public void ItIsWhatTheReplayHitsOnRandomTraces()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            List<Request> requests = [];
            for (int i = 0; i < 60; i++)
            {
                int input = random.Next(1, 12);
                int[] pages = [.. Enumerable.Range(0, input + random.Next(0, 4)).Select(_ => random.Next(3))];
                requests.Add(new() { Pages = pages, InputPages = input, InputTokens = input, OutputTokens = pages.Length - input, Time = i });
            }

            AssertReplayHitsIt(new($"random {seed}", 1, requests));
        }
    }

    private static void AssertReplayHitsIt(Trace trace)
    {
        ReplayResult replay = Replay.Run<Lru>(trace, new() { CapacityBytes = Endless, Model = ModelCatalog.Resolve("transformer-7b") });

        Assert.Equal(replay.HitTokens, TraceInfo.ReusableTokens(trace).Sum(tokens => (long)tokens));
        Assert.Equal(replay.TokenHitRate, TraceInfo.Of(trace).ReusableShare);
    }

    private static Trace Load(string text) => TraceReader.Load(TraceText.Stream(text), "t.jsonl");
}
