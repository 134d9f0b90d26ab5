namespace Squelch.Lab.Tests;

public sealed class BlockTraceTests
{
    [Fact]
    public void BlockIdsOf64BitsBecomeNumbersInOrderOfAppearance()
    {
        List<Request> requests = TraceText.Read("""
            {"timestamp":1000,"input_length":10,"output_length":3,"hash_ids":[18446744073709551615,9000000000,5],"block_size":4}
            {"timestamp":2500,"input_length":12,"output_length":3,"hash_ids":[9000000000,5,7],"block_size":4,"session_id":2}
            {"timestamp":2500,"input_length":3,"output_length":3,"hash_ids":[18446744073709551615],"block_size":4,"session_id":2}
            """);

        Assert.Equal([0, 1, 2], requests[0].Pages.ToArray());
        Assert.Equal([1, 2, 3], requests[1].Pages.ToArray());
        Assert.Equal([0], requests[2].Pages.ToArray());
        Assert.Equal((3, 10, 0, 0.0, -1L), (requests[0].InputPages, requests[0].InputTokens, requests[0].OutputTokens, requests[0].Time, requests[0].Session));
        Assert.Equal((1.5, 2L), (requests[1].Time, requests[1].Session));
    }

    [Fact]
    public void APartialLastBlockWithoutAnIdBecomesAPageThatNoOtherRequestHas()
    {
        List<Request> requests = TraceText.Read("""
            {"timestamp":0,"input_length":10,"hash_ids":[3,4],"block_size":4}
            {"timestamp":0,"input_length":9,"hash_ids":[3,4],"block_size":4}
            {"timestamp":0,"input_length":2,"hash_ids":[],"block_size":4}
            """);

        Assert.Equal([3, 3, 1], requests.Select(request => request.InputPages));
        Assert.Equal([0, 1], requests[1].Pages[..2].ToArray());
        Assert.Equal(3, new[] { requests[0].Pages.Span[2], requests[1].Pages.Span[2], requests[2].Pages.Span[0] }.Distinct().Count());
    }

    [Fact]
    public void MooncakesOwnFilesNameNoBlockSizeAndHaveBlocksOf512Tokens()
    {
        Trace trace = TraceReader.Load(TraceText.Stream("{\"timestamp\": 0, \"input_length\": 513, \"output_length\": 1, \"hash_ids\": [0, 1]}"), "folder/mooncake.jsonl");

        Assert.Equal(("mooncake", 512), (trace.Name, trace.PageTokens));
    }

    [Fact]
    public void TheBundledTraceIsMooncakesConversationTrace()
    {
        TraceInfo info = TraceInfo.Of(TraceReader.Load(Path.Combine(SharedData.Repository, "Tool", "Traces", "mooncake-conversation.jsonl.gz")));

        Assert.Equal(("mooncake-conversation", 12_031, 0, 512), (info.Name, info.Requests, info.Sessions, info.PageTokens));
        Assert.Equal((6909.0, 27_367.0), (info.InputP50, info.InputP90));
        Assert.Equal(0.3734, info.ReusableShare, 4);
        Assert.Equal(59, info.DurationSeconds / 60, 0);
        Assert.Equal(0, info.OutputTokens);
    }

    [Fact]
    public void TheReusableShareCountsLeadingRunsSeenInAnyEarlierRequest()
    {
        TraceInfo info = TraceInfo.Of(TraceReader.Load(
            TraceText.Stream("""
                {"timestamp":0,"input_length":8,"hash_ids":[1,2],"block_size":4}
                {"timestamp":0,"input_length":11,"hash_ids":[1,2,3],"block_size":4,"session_id":1}
                {"timestamp":500,"input_length":11,"hash_ids":[1,2,3],"block_size":4,"session_id":1}
                {"timestamp":2000,"input_length":8,"hash_ids":[2,3],"block_size":4,"session_id":5}
                """),
            "t"));

        Assert.Equal((38L, 2, 2.0), (info.InputTokens, info.Sessions, info.DurationSeconds));
        Assert.Equal((8 + 11) / 38.0, info.ReusableShare);
    }
}
