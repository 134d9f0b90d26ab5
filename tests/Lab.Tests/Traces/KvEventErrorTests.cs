using static Squelch.Lab.Tests.Traces.KvEventText;

namespace Squelch.Lab.Tests.Traces;

/// <summary>What is wrong is named with its place, and what mends it.</summary>
public sealed class KvEventErrorTests
{
    [Theory]
    [InlineData("{\"ts\": 1, \"events\": [{\"type\": \"BlockStored\", \"token_ids\": [], \"block_size\": 2}]}", "line 1: BlockStored has no block_hashes.")]
    [InlineData("{\"ts\": 1, \"events\": [{\"type\": \"BlockStored\", \"block_hashes\": [1]}]}", "line 1: BlockStored has no block_size.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, []]]]", "line 1: BlockStored has 4 fields; field 5, block_size, is missing.")]
    [InlineData("[1, [[\"BlockStored\"]]]", "line 1: BlockStored has 1 fields; field 2, block_hashes, is missing.")]
    [InlineData("[1, [[\"BlockRemoved\"]]]", "line 1: BlockRemoved has 1 fields; field 2, block_hashes, is missing.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 2.5]]]", "line 1: BlockStored has the block_size 2.5.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 0]]]", "line 1: BlockStored has the block_size 0.")]
    [InlineData("[1, [[\"BlockStored\", [1.5e19], null, [], 2]]]", "line 1: BlockStored has a block's hash that is neither a whole number nor text.")]
    [InlineData("[1, [[\"BlockStored\", 1, null, [], 2]]]", "line 1: BlockStored has a block_hashes that is no list.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, \"ab\", 2]]]", "line 1: BlockStored has token_ids that are no list.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [true, 2], 2]]]", "line 1: BlockStored has true among its tokens.")]
    [InlineData("[1, [[\"BlockStored\", [1, 2], null, [1,2,3,4,5], 2]]]", "line 1: BlockStored has 5 token_ids for 2 hashes of 2 tokens.")]
    [InlineData("[1, [[\"BlockStored\", [1, 2], null, [1, 2], 2]]]", "line 1: BlockStored has 2 token_ids for 2 hashes of 2 tokens.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [1, 2], 2]]]\n[2, [[\"BlockStored\", [1], null, [1, 3], 2]]]", "line 2: block 1 is stored with other tokens than before.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 2]]]\n\n[2, [[\"BlockStored\", [2], null, [], 4]]]", "line 3: a block has 4 tokens, those before had 2.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 2]]]\n{\"ts\": 2}", "line 2: no KV event is in it (its properties are ts); events is missing")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 2]]]\n12", "line 2: it is no KV event.")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 2]]]\n{\"msg\": \"hi\"}", "line 2: no KV event is in it, but the text 'hi'.")]
    [InlineData("{\"ts\": 1, \"events\": [], \"events\": [[\"BlockStored\", [1], null, [], 2]]}", "line 1: property 'events' appears twice.")]
    [InlineData("{\"ts\": 1, \"events\": [{\"type\": \"BlockStored\", \"block_hashes\": [1], \"block_hashes\": [2], \"block_size\": 2}]}", "line 1: property 'block_hashes' appears twice.")]
    [InlineData("{\"event_id\": 0, \"data\": {\"stored\": {\"parent_hash\": null, \"blocks\": [{\"block_hash\": 1, \"block_hash\": 2}]}}}", "line 1: property 'block_hash' appears twice.")]
    [InlineData("{\"ts\": 1, \"events\": [{\"type\": \"block_stored\", \"block_hashes\": [1]}]}", "its events are of other kinds: block_stored (1).")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 2]]]\n{'ts': 2}", "''ts'' is Python's and no JSON: json.dumps writes it right")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 2]]]\n{\"ts\": 1, \"eve", "value 2, line 2: it ends in the middle of a value: it was cut short")]
    [InlineData("{\"ts\": \"soon\", \"events\": []}", "line 1: ts is no time.")]
    [InlineData("[1e999, []]", "line 1: ts is no time.")]
    [InlineData("{\"ts\": 1, \"events\": [[\"AllBlocksCleared\"]], \"data_parallel_rank\": []}", "line 1: data_parallel_rank is neither a number nor text.")]
    [InlineData("{\"topic\": \"kv\", \"seq\": 0, \"payload\": \"k8s/8AAAAAAAAJGX\"}", "line 1: its payload is packed (base64 or hex, so likely MessagePack). Unpack payloads when they are recorded")]
    [InlineData("{\"topic\": \"kv\", \"seq\": 0, \"payload\": [147, 203, 63, 240]}", "line 1: its payload is packed (a list of bytes, so likely MessagePack). Unpack payloads when they are recorded")]
    [InlineData("{\"topic\": \"kv\", \"seq\": 0, \"payload\": \"{broken\"}", "line 1: a text in it begins as JSON does, but is none.")]
    [InlineData("{\"event_id\": 0, \"data\": {\"stored\": {\"parent_hash\": null, \"blocks\": [{\"tokens_hash\": 1}]}}}", "line 1: stored has a block without block_hash.")]
    [InlineData("[1, [[\"BlockStored\", [1], 1, [], 2]]]", "block 1 hangs from itself, over 1 block.")]
    [InlineData("[1, [[\"BlockStored\", [1], 2, [], 2], [\"BlockStored\", [2], 1, [], 2]]]", "hangs from itself, over 2 blocks.")]
    [InlineData("[1, [[\"AllBlocksCleared\"], [\"BlockRemoved\", [1]]]]", "no block was stored; there is nothing to replay.")]
    [InlineData("[1, []]", "no block was stored; there is nothing to replay.")]
    [InlineData("[1, [[\"BlockStored\", [\"\\ud800\"], null, [], 2]]]", "line 1: a text in it is no Unicode text.")]
    [InlineData("{\"events\": [{\"type\": \"BlockStored\"", "it ends in the middle of a value: it was cut short")]
    public void AFaultIsNamed(string log, string message)
    {
        string error = ErrorOf(log);

        Assert.StartsWith("events.jsonl", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    /// <summary>A group that is not read may be as it likes.</summary>
    [Fact]
    public void AFaultOfAnotherGroupDoesNotMatter()
        => Assert.Single(Load(Batch(1, Stored("1") + "," + Stored("2", rest: ", \"group_idx\": 1").Replace("[],", "[1,2,3,4,5],", StringComparison.Ordinal))).Requests);

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void DeepNestingIsRefused(char opening)
    {
        string deep = string.Concat(Enumerable.Repeat(opening == '[' ? "[" : "{\"payload\":", 900));
        string closing = string.Concat(Enumerable.Repeat(opening == '[' ? "]" : "}", 900));

        Assert.Contains("more than 8 deep", ErrorOf(Batch(1, Stored("1")) + deep + "1" + closing), StringComparison.Ordinal);
    }

    /// <summary>Whatever is changed in a log, it is read or refused, and no message speaks of the reader's own innards.</summary>
    [Fact]
    public void AnythingIsReadOrRefused()
    {
        string[] logs = [.. KvEventDialectTests.Logs.Select(row => (string)row[1])];
        string[] pieces = ["", "null", "[]", "{}", "-1", "1e400", "\"\"", "\"BlockStored\"", "true", "0", ",", "\"a\":", "99999999999999999999", "\"events\"", "[[", "\\u0000"];
        var random = new Random(5);
        for (int round = 0; round < 4000; round++)
        {
            string log = logs[random.Next(logs.Length)];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(log.Length);
                int length = Math.Min(random.Next(12), log.Length - at);
                log = string.Concat(log.AsSpan(0, at), pieces[random.Next(pieces.Length)], log.AsSpan(at + length));
            }

            try
            {
                Load(log);
            }
            catch (SquelchException refused)
            {
                Assert.DoesNotContain("dictionary", refused.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("JsonElement", refused.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("Exception", refused.Message, StringComparison.Ordinal);
            }
        }
    }
}
