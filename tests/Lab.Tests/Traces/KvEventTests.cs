namespace Squelch.Lab.Tests.Traces;

public sealed class KvEventTests
{
    private const string Vllm = """
        {"ts": 100.5, "events": [{"type": "BlockStored", "block_hashes": ["aa", "bb"], "parent_block_hash": null, "token_ids": [1,2,3,4], "block_size": 2, "lora_id": null}]}
        {"ts": 101.5, "events": [{"type": "BlockStored", "block_hashes": ["cc"], "parent_block_hash": "aa", "token_ids": [5,6], "block_size": 2}, {"type": "BlockStored", "block_hashes": ["m"], "parent_block_hash": null, "token_ids": [], "block_size": 2, "group_idx": 1}]}
        {"ts": 102.0, "events": [{"type": "BlockRemoved", "block_hashes": ["bb"]}, {"type": "AllBlocksCleared"}]}
        {"ts": 103.0, "events": [{"type": "BlockStored", "block_hashes": ["dd"], "parent_block_hash": "bb", "token_ids": [7,8], "block_size": 2}]}
        """;

    private const string Sglang = """
        [100.5, [["BlockStored", [11, 12], null, [1,2,3,4], 2, null, "GPU"]]]
        [101.5, [["BlockStored", [13], 11, [5,6], 2, null, "GPU"]]]

        [103.0, [["BlockRemoved", [12], "GPU"], ["BlockStored", [14], 12, [7,8], 2, null, "GPU"]]]
        """;

    /// <summary>Three chains: a b, a c, a b d. Both engines' forms give the same trace.</summary>
    [Theory]
    [InlineData(Vllm)]
    [InlineData(Sglang)]
    public void AStoredChainIsARequestWithAllThatItHangsFrom(string log)
    {
        Trace trace = Load(log);

        Assert.StartsWith("KV events", trace.Format, StringComparison.Ordinal);
        Assert.Equal(2, trace.PageTokens);
        Assert.Equal([[0, 1], [0, 2], [0, 1, 3]], trace.Requests.Select(request => request.Pages.ToArray()));
        Assert.Equal([0, 1, 2.5], trace.Requests.Select(request => request.Time));
        Assert.Equal([4, 4, 6], trace.Requests.Select(request => request.InputTokens));
    }

    [Theory]
    [InlineData("line 2", "{\"ts\": 1, \"events\": [[\"AllBlocksCleared\"]]}\n{\"ts\": 2}")]
    [InlineData("line 1", "[\"BlockStored\"]")]
    [InlineData("line 1", "[1e400, [[\"BlockStored\", [1], null, [], 2]]]")]
    [InlineData("line 2", "[1, [[\"BlockStored\", [1], null, [], 2]]]\n[2, [[\"BlockStored\", [1], null, [], 4]]]")]
    [InlineData("line 1", "[1, [[\"BlockStored\", [[]], null, [], 2]]]")]
    [InlineData("nothing to replay", "[1, [[\"AllBlocksCleared\"]]]")]
    public void WhatIsWrongIsNamed(string place, string log)
        => Assert.Contains(place, Assert.Throws<SquelchException>(() => Load(log)).Message, StringComparison.Ordinal);

    private static Trace Load(string log) => TraceReader.Load(TraceText.Stream(log), "events.jsonl");
}
