namespace Squelch.Tool.Tests;

public sealed class KvEventTests : IDisposable
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

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    /// <summary>Three chains: a b, a c, a b d. Both engines' forms give the same trace.</summary>
    [Theory]
    [InlineData(Vllm)]
    [InlineData(Sglang)]
    public void A_stored_chain_is_a_request_with_all_that_it_hangs_from(string log)
    {
        using TraceInput input = TraceInput.Open(Write(log));

        Assert.True(KvEventReader.Recognises(input));
        Trace trace = KvEventReader.Load(input, CancellationToken.None);
        Assert.Equal(2, trace.PageTokens);
        Assert.Equal([[0, 1], [0, 2], [0, 1, 3]], trace.Requests.Select(request => request.Pages.ToArray()));
        Assert.Equal([0, 1, 2.5], trace.Requests.Select(request => request.Time));
        Assert.Equal([4, 4, 6], trace.Requests.Select(request => request.InputTokens));
    }

    [Fact]
    public async Task A_log_is_replayed()
    {
        ToolRun run = await ToolRun.OfAsync("replay", Write(Vllm), "--policy", "Lru,Marconi", "--capacity", "1GB");

        Assert.Equal("", run.Error);
        Assert.Contains("3 requests", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line 2", "{\"ts\": 1, \"events\": [[\"AllBlocksCleared\"]]}\n{\"ts\": 2}")]
    [InlineData("line 1", "[\"BlockStored\"]")]
    [InlineData("line 1", "[1e400, [[\"BlockStored\", [1], null, [], 2]]]")]
    [InlineData("line 2", "[1, [[\"BlockStored\", [1], null, [], 2]]]\n[2, [[\"BlockStored\", [1], null, [], 4]]]")]
    [InlineData("line 1", "[1, [[\"BlockStored\", [[]], null, [], 2]]]")]
    [InlineData("nothing to replay", "[1, [[\"AllBlocksCleared\"]]]")]
    public async Task What_is_wrong_is_named(string place, string log)
    {
        ToolRun run = await ToolRun.OfAsync("replay", Write(log));

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains(place, run.Error, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        string path = _workplace.PathOf("events.jsonl");
        File.WriteAllText(path, text);
        return path;
    }
}
