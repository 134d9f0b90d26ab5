using System.Text.Json;
using Squelch.Tests;

namespace Squelch.Tool.Tests;

/// <summary>Small files as people have them, each with its right value or the message that helps: <c>tests/Cases</c>.</summary>
public sealed class CaseTests
{
    /// <summary>The file, then its requests, input tokens, seconds, share in percent that an endless cache reuses, and sessions (0 where none are told).</summary>
    public static TheoryData<string, int, long, double, double, int> Read => new()
    {
        { "blocks-array/t.json", 2, 16, 0.001, 50, 0 },
        { "blocks-big-ids/t.jsonl", 2, 16, 0.001, 50, 0 },
        { "blocks-iso-time/t.jsonl", 1, 8, 0, 0, 0 },
        { "blocks-out-len/t.jsonl", 1, 8, 0, 0, 0 },
        { "blocks-partial-grow/t.jsonl", 3, 25, 0.002, 52, 0 },
        { "blocks-pretty/t.json", 1, 8, 0, 0, 0 },
        { "blocks-seconds/bailian.jsonl", 8, 320, 213.5, 70, 4 },
        { "blocks-seconds/bailian-with-block.jsonl", 8, 320, 213.5, 70, 4 },
        { "csv-comment/k.csv", 3, 15, 0, 33.33, 0 },
        { "csv-cr/k.csv", 3, 15, 0, 33.33, 0 },
        { "csv-exp-key/k.csv", 2, 10, 0, 0, 0 },
        { "csv-float-key/k.csv", 2, 10, 0, 0, 0 },
        { "csv-float-size/k.csv", 1, 100, 0, 0, 0 },
        { "csv-header-order/keyfirst.csv", 30, 3000, 29, 90, 0 },
        { "csv-header-order/timefirst.csv", 30, 3000, 29, 90, 0 },
        { "csv-iso-time/k.csv", 1, 100, 0, 0, 0 },
        { "csv-leading-zero/k.csv", 3, 3, 0, 0, 0 },
        { "csv-neg-key/k.csv", 2, 10, 0, 50, 0 },
        { "csv-neg-time/k.csv", 2, 10, 1, 0, 0 },
        { "csv-noext/keys", 3, 15, 0, 33.33, 0 },
        { "csv-other-header/k.csv", 3, 3, 0, 33.33, 0 },
        { "csv-over-cache/k.csv", 4, 4020, 0, 50, 0 },
        { "csv-quoted/all-quoted.csv", 3, 300, 2, 33.33, 0 },
        { "csv-quoted/quoted-key-comma.csv", 3, 16, 0, 31.25, 0 },
        { "csv-quoted/quoted-keys.csv", 3, 16, 0, 31.25, 0 },
        { "csv-separators/semicolon.csv", 30, 3000, 29, 90, 0 },
        { "csv-separators/tab.csv", 30, 3000, 29, 90, 0 },
        { "csv-size-change/grow.csv", 3, 500, 0, 60, 0 },
        { "csv-size-change/shrink.csv", 3, 400, 0, 50, 0 },
        { "csv-text-txt/k.txt", 3, 15, 0, 33.33, 0 },
        { "csv-trailing-comma/k.csv", 2, 10, 1, 0, 0 },
        { "csv-twitter/cluster.csv", 30, 3120, 29, 90, 0 },
        { "csv-unit-keys/k.csv", 3, 3, 0, 66.67, 0 },
        { "csv-upper-hex/k.csv", 3, 15, 0, 0, 0 },
        { "csv-utf16/k.csv", 3, 15, 0, 33.33, 0 },
        { "dynamo-events/events.jsonl", 1, 16, 0, 0, 0 },
        { "events-enveloped/events.jsonl", 1, 2, 0, 0, 0 },
        { "events-removals-first/events.jsonl", 2, 64, 1, 25, 0 },
        { "offload-tier-zero-block/events.jsonl", 1, 32, 0, 0, 0 },
        { "oracle-nextmax/t.oracleGeneral.bin", 3, 15, 2, 33.33, 0 },
        { "packing/pzstd.jsonl.zst", 20, 80, 19, 71.25, 0 },
        { "packing/small.jsonl", 20, 80, 19, 71.25, 0 },
        { "packing/trailing.jsonl.gz", 20, 80, 19, 71.25, 0 },
        { "partial-parent/events.jsonl", 2, 64, 1, 0, 0 },
        { "session-id-text/blocks.jsonl", 2, 16, 0.005, 50, 1 },
        { "session-id-text/tokens.jsonl", 1, 2, 0, 0, 1 },
        { "sglang-page-events/events.jsonl", 2, 16, 1, 0, 0 },
        { "short-prompts/t.jsonl", 4, 32, 3, 75, 0 },
        { "trtllm-events/events.jsonl", 1, 1, 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Read))]
    public async Task ACaseHasItsRightValue(string file, int requests, long inputTokens, double seconds, double reusable, int sessions)
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", PathOf(file), "--json");

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        using JsonDocument info = JsonDocument.Parse(run.Out);
        JsonElement value = info.RootElement;
        Assert.Equal((requests, inputTokens), (value.GetProperty("requests").GetInt32(), value.GetProperty("inputTokens").GetInt64()));
        Assert.Equal(seconds, value.GetProperty("seconds").GetDouble(), 6);
        Assert.Equal(reusable, value.GetProperty("reusableShare").GetDouble() * 100, 2);
        Assert.Equal(sessions, value.GetProperty("sessions").ValueKind == JsonValueKind.Null ? 0 : value.GetProperty("sessions").GetInt32());
    }

    [Theory]
    [InlineData("blocks-dup-session/t.jsonl", "line 1: property 'session_id' appears twice")]
    [InlineData("blocks-empty-prompt/t.jsonl", "line 2: the input is empty: input_length has 0 tokens")]
    [InlineData("blocks-hex-ids/t.jsonl", "line 1: hash_ids[0] is '\"a1\"'. Block ids are whole numbers")]
    [InlineData("blocks-unsorted/t.jsonl", "line 2: timestamp is 9.999, less than 10 on the request before")]
    [InlineData("csv-big-object/k.csv", "line 1: the size is '3000000000'")]
    [InlineData("dup-key-tokens/t.jsonl", "line 1: property 'session_id' appears twice")]
    [InlineData("dup-messages/chats.jsonl", "an object has 'messages' twice")]
    [InlineData("first-line-comment/t.jsonl", "its first line is '# exported'")]
    [InlineData("nan-value/chats.jsonl", "'NaN' is no JSON: write null; json.dumps(.., allow_nan=False) finds where it arises")]
    [InlineData("nan-value/trace.jsonl", "'NaN' is no JSON: write null; json.dumps(.., allow_nan=False) finds where it arises")]
    [InlineData("oracle-size0-unit/t.oracleGeneral.bin", "record 1: the size is 0")]
    [InlineData("packing/small.jsonl.bz2", "it is packed with bzip2, which is not read. Unpack it (bunzip2)")]
    public async Task ACaseThatCannotBeReadSaysWhy(string file, string message)
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", PathOf(file));

        Assert.Equal((ExitCode.Input, ""), (run.ExitCode, run.Out));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    /// <summary>Hit rates in percent.</summary>
    [Theory]
    [InlineData("csv-leading-zero/k.csv", 0, "--unit-sizes", "--capacity", "10")]
    [InlineData("csv-over-cache/k.csv", 0.25, "--capacity", "100")]
    [InlineData("csv-size-change/grow.csv", 20, "--capacity", "150")]
    [InlineData("csv-size-change/grow.csv", 60, "--capacity", "1000")]
    [InlineData("csv-size-change/shrink.csv", 50, "--capacity", "1000")]
    [InlineData("csv-twitter/cluster.csv", 90, "--capacity", "1000")]
    [InlineData("csv-unit-keys/k.csv", 66.67, "--capacity", "10")]
    [InlineData("oracle-size0-unit/t.oracleGeneral.bin", 33.33, "--unit-sizes", "--capacity", "10")]
    [InlineData("short-prompts/t.jsonl", 75, "--model", "transformer-7b", "--capacity", "1TB")]
    public async Task LruHasItsRightHitRate(string file, double percent, params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["replay", PathOf(file), "--policy", "Lru", "--no-bounds", "--json", "-", .. options]);

        Assert.Equal(ExitCode.Success, run.ExitCode);
        using JsonDocument outcomes = JsonDocument.Parse(run.Out);
        Assert.Equal(percent, Assert.Single(outcomes.RootElement.EnumerateArray()).GetProperty("tokenHitRate").GetDouble() * 100, 2);
    }

    private static string PathOf(string file) => Path.Combine(SharedData.Repository, "tests", "Cases", file);
}
