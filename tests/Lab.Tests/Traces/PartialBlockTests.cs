using Squelch.Policies;

namespace Squelch.Lab.Tests.Traces;

/// <summary>The last block of a prompt, where it is partial: a page, or nothing that could be reused.</summary>
public sealed class PartialBlockTests
{
    private const long Endless = 1L << 60;

    /// <summary>Three prompts with the same two blocks, and a third of 2 tokens that none shares.</summary>
    private const string Seldom = """
        {"timestamp":0,"input_length":10,"hash_ids":[1,2,10],"block_size":4}
        {"timestamp":1,"input_length":10,"hash_ids":[1,2,11],"block_size":4}
        {"timestamp":2,"input_length":10,"hash_ids":[1,2,12],"block_size":4}
        """;

    [Fact]
    public void BlocksThatSeldomComeAgainAreDropped()
    {
        Trace trace = Load(Seldom);

        Assert.Equal(new PartialBlockReading(PartialBlocks.Drop, IsAsked: false, Count: 3, Named: 3, Again: 0), trace.PartialBlocks);
        Assert.All(trace.Requests, request => Assert.Equal((3, 10, 2, 8, 8), (request.InputPages, request.InputTokens, request.DroppedTokens, request.ReusableInputTokens, request.ReusableTokens)));
        Assert.All(trace.Requests, request => Assert.Equal([0, 1], request.ReusableInput.ToArray()));
        Assert.All(trace.Requests, request => Assert.Equal([0, 1], request.ReusablePages.ToArray()));
        Assert.Equal(
            ["The last block of 3 prompts is partial; none of these come again (0.0 %). Reuse and checkpoints end at the last full block; --partial-blocks keep reads it the other way."],
            trace.Notes);
    }

    /// <summary>A checkpoint at the end of the kept pages can be hit; one after a page that never comes again cannot.</summary>
    [Theory]
    [InlineData(PartialBlocks.Auto, 16)]
    [InlineData(PartialBlocks.Drop, 16)]
    [InlineData(PartialBlocks.Keep, 8)]
    public void ReuseEndsWhereTheReadingSays(PartialBlocks reading, long hitTokens)
    {
        Trace trace = Load(Seldom, reading);

        ReplayResult result = Replay.Run<SglangPlus>(trace, new() { CapacityBytes = Endless });

        Assert.Equal((30L, hitTokens), (result.InputTokens, result.HitTokens));
        Assert.Equal(16 / 30.0, TraceInfo.Of(trace).ReusableShare);
        Assert.Equal(reading != PartialBlocks.Auto, trace.PartialBlocks!.IsAsked);
    }

    [Fact]
    public void BlocksWithoutAnIdAreDropped()
    {
        Trace trace = Load("""
            {"timestamp":0,"input_length":10,"hash_ids":[1,2],"block_size":4}
            {"timestamp":1,"input_length":11,"hash_ids":[1,2],"block_size":4}
            """);

        Assert.Equal(new PartialBlockReading(PartialBlocks.Drop, IsAsked: false, Count: 2, Named: 0, Again: 0), trace.PartialBlocks);
        Assert.Equal(8, Replay.Run<SglangPlus>(trace, new() { CapacityBytes = Endless }).HitTokens);
    }

    [Theory]
    [InlineData("""{"timestamp":0,"input_length":5,"hash_ids":[1,2],"block_size":4}""", """{"timestamp":1,"input_length":8,"hash_ids":[1,2],"block_size":4}""", 1, 5)]
    [InlineData("""{"timestamp":0,"input_length":5,"hash_ids":[1,2],"block_size":4}""", """{"timestamp":1,"input_length":5,"hash_ids":[1,2],"block_size":4}""", 2, 5)]
    public void BlocksThatComeAgainAreKept(string first, string second, int partial, long hitTokens)
    {
        Trace trace = Load(first + "\n" + second);

        Assert.Equal((PartialBlocks.Keep, partial, partial), (trace.PartialBlocks!.Taken, trace.PartialBlocks.Count, trace.PartialBlocks.Again));
        Assert.Equal(hitTokens, Replay.Run<Lru>(trace, new() { CapacityBytes = Endless, Model = ModelCatalog.Resolve("transformer-7b") }).HitTokens);
    }

    [Fact]
    public void APromptWithinOneBlockCountsAsInputAlone()
    {
        Trace trace = Load("""
            {"timestamp":0,"input_length":3,"hash_ids":[1],"block_size":4}
            {"timestamp":1,"input_length":3,"hash_ids":[1],"block_size":4}
            """, PartialBlocks.Drop);

        ReplayResult result = Replay.Run<Marconi>(trace, new() { CapacityBytes = 1_000_000_000 });

        Assert.Equal((6L, 0L, 0), (result.InputTokens, result.HitTokens, result.Nodes));
        Assert.Equal(0, Replay.Run<Belady>(trace, new() { CapacityBytes = 1_000_000_000 }).HitTokens);
    }

    [Fact]
    public void TracesWithoutPartialBlocksSayNothing()
    {
        Trace full = Load("""{"timestamp":0,"input_length":8,"hash_ids":[1,2],"block_size":4}""");
        Trace tokens = Load("""{"ts":0,"input_tokens":[1,2],"output_tokens":[3]}""", PartialBlocks.Drop);

        Assert.Equal(0, full.PartialBlocks!.Count);
        Assert.Null(tokens.PartialBlocks);
        Assert.Empty(full.Notes.Concat(tokens.Notes));
    }

    /// <summary>A reading is one of replays: what is written again is what was read.</summary>
    [Fact]
    public void DroppedBlocksAreWrittenWithTheirIds()
    {
        using var stream = new MemoryStream();
        TraceWriter.WriteBlocks(stream, "t.jsonl", Load(Seldom).Requests, 4, 4);
        stream.Position = 0;

        Assert.Equal(Load(Seldom).PartialBlocks, TraceReader.Load(stream, "t.jsonl").PartialBlocks);
    }

    /// <summary>
    /// Mooncake's trace: an endless cache of a hybrid model finds 35.9 % of it (36.7 % of what stands in full blocks), where partial blocks made it 21.8 %.
    /// </summary>
    [Theory]
    [InlineData(PartialBlocks.Keep, 0.2185, 0.2185)]
    [InlineData(PartialBlocks.Auto, 0.3586, 0.3668)]
    public void MooncakesPartialBlocksSeldomComeAgain(PartialBlocks reading, double endless, double ofPages)
    {
        using TraceInput input = TraceInput.Open(Path.Combine(SharedData.Repository, "Tool", "Traces", "mooncake-conversation.jsonl.gz"));
        Trace trace = TraceReader.Load(input, new TraceReading { PartialBlocks = reading });

        Assert.Equal((12_009, 12_009, 206), (trace.PartialBlocks!.Count, trace.PartialBlocks.Named, trace.PartialBlocks.Again));
        ReplayResult result = Replay.Run<Lru>(trace, new() { CapacityBytes = Endless });
        Assert.Equal(endless, result.TokenHitRate, 4);
        Assert.Equal(ofPages, (double)result.HitTokens / trace.Requests.Sum(request => (long)request.ReusableInputTokens), 4);
    }

    private static Trace Load(string text, PartialBlocks reading = PartialBlocks.Auto)
    {
        using var input = new TraceInput(TraceText.Stream(text), "t.jsonl");
        return TraceReader.Load(input, new TraceReading { PartialBlocks = reading });
    }
}
