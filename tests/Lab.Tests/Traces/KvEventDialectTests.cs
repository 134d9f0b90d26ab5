using static Squelch.Lab.Tests.Traces.KvEventText;

namespace Squelch.Lab.Tests.Traces;

/// <summary>One small history, a b and then a c, as each engine and recorder writes it.</summary>
public sealed class KvEventDialectTests
{
    private const string First = """{"type": "BlockStored", "block_hashes": [1, 2], "parent_block_hash": null, "token_ids": [1, 2, 3, 4], "block_size": 2, "lora_id": null, "medium": "GPU", "lora_name": null}""";
    private const string Second = """{"type": "BlockStored", "block_hashes": [3], "parent_block_hash": 1, "token_ids": [5, 6], "block_size": 2, "lora_id": null, "medium": "GPU", "lora_name": null}""";

    public static TheoryData<string, string> Logs => new()
    {
        { "batches", $$"""{"ts": 1, "events": [{{First}}]}""" + "\n" + $$"""{"ts": 2, "events": [{{Second}}]}""" },
        { "batches that are lists, events that are maps", $"[1, [{First}], 0]\n[2, [{Second}], 0]" },
        { "events that are lists", """
            [1, [["BlockStored", [1, 2], null, [1,2,3,4], 2, null]]]
            [2, [["BlockStored", [3], 1, [5,6], 2, null]]]
            """ },
        { "one list of batches", $"[[1, [{First}]],\n [2, [{Second}]],]" },
        { "indented", $$"""
            {
              "ts": 1,
              "events": [ {{First}} ]
            }
            {
              "ts": 2,
              "events": [ {{Second}} ]
            }
            """ },
        { "an event per line", $"{First[..^1]}, \"ts\": 1}}\n{Second[..^1]}, \"ts\": 2}}" },
        { "the frames as an object", $$"""{"topic": "kv@pod1", "seq": 0, "payload": {"ts": 1, "events": [{{First}}]} }""" + "\n" + $$"""{"topic": "kv@pod1", "seq": 1, "payload": [2, [{{Second}}], 0]}""" },
        { "the frames as a list", $"[\"kv@pod1\", 0, [1, [{First}], 0]]\n[\"kv@pod1\", 1, [2, [{Second}], 0]]" },
        { "a payload that is JSON text", """{"topic": "", "seq": 0, "payload": "[1, [[\"BlockStored\", [1, 2], null, [1,2,3,4], 2, null]]]"}""" + "\n" + """{"topic": "", "seq": 1, "payload": "[2, [[\"BlockStored\", [3], 1, [5,6], 2, null]]]"}""" },
        { "an envelope in an envelope", $$"""{"partition": 3, "value": {"recv_ts": 5, "message": {"ts": 1, "events": [{{First}}]} } }""" + "\n" + $$"""{"partition": 3, "value": {"recv_ts": 5, "message": {"ts": 2, "events": [{{Second}}]} } }""" },
        { "milliseconds since 1970", $"[1745000001000, [{First}]]\n[1745000002000, [{Second}]]" },
        { "nanoseconds since 1970", $"[1745000001000000000, [{First}]]\n[1745000002000000000, [{Second}]]" },
        { "a recorder's header", $$"""{"type": "header", "engine": {"model": "m"}, "version": 1}""" + "\n" + $"[1, [{First}], 0]\n[2, [{Second}], 0]" },
        { "batches under one property", $$"""{"model": "m", "batches": [{"ts": 1, "events": [{{First}}]}, {"ts": 2, "events": [{{Second}}]}]}""" },
        { "dates", $$"""{"time": "2026-03-01T00:00:01Z", "event": {{First}} }""" + "\n" + $$"""{"time": "2026-03-01T00:00:02Z", "event": {{Second}} }""" },
        { "Dynamo", """
            {"timestamp": 1745000000000, "event": {"worker_id": 1, "event": {"event_id": 0, "block_size": 2, "data": {"stored": {"parent_hash": null, "blocks": [{"block_hash": 1, "tokens_hash": 21}, {"block_hash": 2, "tokens_hash": 22}]}}, "dp_rank": 0}}}
            {"timestamp": 1745000001000, "event": {"worker_id": 1, "event": {"event_id": 1, "data": {"stored": {"parent_hash": 1, "blocks": [{"block_hash": 3, "tokens_hash": 23}]}}, "dp_rank": 0}}}
            """ },
        { "Dynamo, from its start", """
            {"timestamp": 0, "event": {"worker_id": 1, "storage_tier": "device", "event": {"event_id": 0, "block_size": 2, "data": {"stored": {"parent_hash": null, "start_position": null, "blocks": [{"block_hash": 1, "tokens_hash": 21}, {"block_hash": 2, "tokens_hash": 22}]}}}}}
            {"timestamp": 1000, "event": {"worker_id": 1, "storage_tier": "device", "event": {"event_id": 1, "data": {"stored": {"parent_hash": 1, "blocks": [{"block_hash": 3, "tokens_hash": 23}]}}}}}
            """ },
        { "TensorRT-LLM with times", """
            {"event_id": 0, "data": {"type": "created", "num_blocks_per_cache_level": [10, 0]}, "window_size": 512, "timestamp": 1}
            {"event_id": 1, "timestamp": 1, "data": {"type": "stored", "parent_hash": null, "blocks": [{"type": "stored_block", "block_hash": 1, "tokens": [{"token_id": 1, "token_extra_id": 0}, {"token_id": 2, "token_extra_id": 0}], "cache_level": 0, "priority": 35}, {"block_hash": 2, "tokens": [{"token_id": 3}, {"token_id": 4}], "cache_level": 0}]}, "window_size": 512}
            {"event_id": 2, "timestamp": 2, "data": {"type": "stored", "parent_hash": 1, "blocks": [{"block_hash": 3, "tokens": [{"token_id": 5}, {"token_id": 6}], "cache_level": 0}]}, "window_size": 512, "attention_dp_rank": 0}
            """ },
        { "the fields of Mooncake's proposal", """
            [1000000000000, [{"event_type": "stored", "seq_hashes": [1, 2], "parent_hash": null, "token_ids": [1,2,3,4], "block_size": 2, "medium": "gpu", "dp_rank": null}]]
            [1000000001000, [{"event_type": "stored", "seq_hashes": [3], "parent_hash": 1, "token_ids": [5,6], "block_size": 2, "medium": "gpu", "dp_rank": null}]]
            """ },
    };

    [Theory]
    [MemberData(nameof(Logs))]
    public void EveryNotationGivesTheSameTrace(string notation, string log)
    {
        Trace trace = Load(log);

        Assert.StartsWith("KV events (", trace.Format, StringComparison.Ordinal);
        Assert.True(trace.PageTokens == 2, notation);
        Assert.Equal(["0,1", "0,2"], Chains(trace));
        Assert.Equal([4, 4], trace.Requests.Select(request => request.InputTokens));
        Assert.Equal([0, 1.0], trace.Requests.Select(request => Math.Round(request.Time, 6)));
    }

    [Fact]
    public void WithoutTimesTheOrderTells()
    {
        Trace trace = Load("""
            {"event_id": 0, "data": {"type": "stored", "parent_hash": null, "blocks": [{"block_hash": 1, "tokens": [{"token_id": 1}, {"token_id": 2}]}]}, "window_size": 512}
            {"event_id": 1, "data": {"type": "stored", "parent_hash": null, "blocks": [{"block_hash": 2, "tokens": [{"token_id": 3}]}]}, "window_size": 512}
            """);

        Assert.Equal([0, 0.001], trace.Requests.Select(request => request.Time));
        Assert.Equal([2, 1], trace.Requests.Select(request => request.InputTokens));
        AssertNote("The events have no times: each is put 1 ms after the one before", trace);
        AssertNote("2 tokens, the most that one holds, are taken", trace);
    }

    /// <summary>Hashes of all kinds are names: signed, over 2^63, text.</summary>
    [Theory]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551615")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    [InlineData("\"q83vASNFZ4k=\"")]
    public void AHashIsAName(string hash) => Assert.Equal(["0", "0,1"], Chains(Load(Batch(1, Stored(hash)) + Batch(20, Stored("7", hash)))));

    [Fact]
    public void EventsOfOtherKindsAreCounted()
    {
        Trace trace = Load(Batch(1, "{\"type\": \"TransferInitiated\", \"transfer_id\": 1}, " + Stored("1") + ", [\"CacheEviction\", 3], [\"CacheEviction\", 4]"));

        Assert.Single(trace.Requests);
        AssertNote("Events of other kinds are left out: CacheEviction (2), TransferInitiated (1).", trace);
    }
}
