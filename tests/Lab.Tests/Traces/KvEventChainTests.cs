using static Squelch.Lab.Tests.Traces.KvEventText;

namespace Squelch.Lab.Tests.Traces;

/// <summary>What is a request, and what only says more of one.</summary>
public sealed class KvEventChainTests
{
    [Fact]
    public void StoresThatGoOnAreOneRequest()
    {
        Trace trace = Load(Batch(1, Stored("1") + "," + Stored("2", "1")) + Batch(2, Removed("90")) + Batch(3, Stored("3", "2")));

        Assert.Equal(["0,1,2"], Chains(trace));
        Assert.Equal((6, 0.0), (trace.Requests[0].InputTokens, trace.Requests[0].Time));
    }

    [Fact]
    public void AStoreBetweenBeginsARequest()
    {
        Trace trace = Load(Batch(1, Stored("1") + "," + Stored("9")) + Batch(2, Stored("2", "1")));

        Assert.Equal(["0", "1", "0,2"], Chains(trace));
        AssertNote("1 request goes on where another ended less than 10 seconds before", trace);
    }

    /// <summary>A user who thinks asks again; an engine that is at work does not pause so long.</summary>
    [Fact]
    public void WhatGoesOnLaterIsARequestOfItsOwn() => Assert.Equal(["0", "0,1"], Chains(Load(Batch(1, Stored("1")) + Batch(12, Stored("2", "1")))));

    [Fact]
    public void AnAnswerStoredBlockByBlockTakesNoMoreMemoryThanItsBlocks()
    {
        // Two answers grow by turns: 2 x 20,000 requests with 400 million pages, were they not shared.
        IEnumerable<string> steps = Enumerable.Range(0, 20_000).Select(step => Batch(step, Stored($"\"a{step}\"", step == 0 ? "null" : $"\"a{step - 1}\"") + "," + Stored($"\"b{step}\"", step == 0 ? "null" : $"\"b{step - 1}\"")));
        string log = string.Concat(steps);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Trace trace = Load(log);

        Assert.Equal((40_000, 20_000), (trace.Requests.Count, trace.Requests[^1].Pages.Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000_000);
    }

    [Fact]
    public void CopiesInOtherTiersAreCountedAndLeftOut()
    {
        Trace trace = Load(
            Batch(1, Stored("1", rest: ", \"medium\": \"GPU\"") + "," + Stored("1", rest: ", \"medium\": \"CPU\""))
            + Batch(2, "[\"BlockStored\", [1, 5], null, null, 0, null, \"DISK\"], " + Removed("1", ", \"medium\": \"CPU\"") + "," + Stored("6", rest: ", \"medium\": \"GPU\", \"locality\": \"REMOTE\""))
            + Batch(3, Stored("1", rest: ", \"medium\": \"cuda:0\"")));

        Assert.Equal(["0", "0"], Chains(trace));
        AssertNote("4 copies of blocks in other tiers are left out: CPU (1), DISK (2), REMOTE (1).", trace);
        Assert.DoesNotContain(trace.Notes, note => note.Contains("again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"timestamp\": 1, \"event\": {\"worker_id\": 1, \"storage_tier\": \"host_pinned\", \"event\": {\"event_id\": 0, \"data\": {\"stored\": {\"parent_hash\": null, \"blocks\": [{\"block_hash\": 1, \"tokens_hash\": 2}]}}}}}", "host_pinned (1)")]
    [InlineData("{\"event_id\": 0, \"data\": {\"type\": \"stored\", \"parent_hash\": null, \"blocks\": [{\"block_hash\": 1, \"tokens\": [], \"cache_level\": 1}]}}", "cache level 1 (1)")]
    [InlineData("[1780000000000, [{\"event_id\": 1, \"event_type\": \"stored\", \"type\": \"BlockStored\", \"block_size\": null, \"backend_id\": \"m\", \"medium\": \"cpu\", \"seq_hashes\": [42], \"block_hashes\": [42], \"token_ids\": null}], 0]", "cpu (1)")]
    public void ALogOfOtherTiersAloneIsRefused(string log, string copies)
        => Assert.Contains($"no block was stored on the device, only elsewhere: {copies}; there is nothing to replay.", ErrorOf(log), StringComparison.Ordinal);

    /// <summary>The same hash is the same content in both ranks; what it hangs from is looked up in its own.</summary>
    [Fact]
    public void RanksHaveChainsOfTheirOwn()
    {
        string log = Batch(1, Stored("1"), 0) + Batch(1, Stored("1"), 1) + Batch(2, Stored("2", "1"), 0) + Batch(2, Stored("3", "1"), 1) + Batch(30, Stored("4", "2"), 1);

        Trace both = Load(log);
        Assert.Equal(["0,1", "0,2", "1,3"], Chains(both));
        AssertNote("The log is of 2 caches (data-parallel ranks or workers): 0, 1. Their requests are replayed in one cache", both);
        AssertNote("1 block that others hang from was never stored", both);

        Trace one = Load(log, "0");
        Assert.Equal(["0,1"], Chains(one));
        AssertNote("2 caches (data-parallel ranks or workers); the others are left out", one);
        Assert.Contains("none of its caches is called '7'. They are 0, 1.", ErrorOf(log, "7"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"topic\": \"kv@pod1\", \"seq\": 0, \"payload\": [1, [[\"BlockStored\", [1], null, [], 2]], 3]}", "kv@pod1/3")]
    [InlineData("{\"timestamp\": 1, \"event\": {\"worker_id\": 7, \"event\": {\"event_id\": 0, \"dp_rank\": 2, \"data\": {\"stored\": {\"parent_hash\": null, \"blocks\": [{\"block_hash\": 1}]}}}}}", "7/2")]
    [InlineData("{\"event_id\": 0, \"attention_dp_rank\": 4, \"data\": {\"type\": \"stored\", \"parent_hash\": null, \"blocks\": [{\"block_hash\": 1}]}, \"window_size\": 1}", "4")]
    [InlineData("{\"batch_ts\": 5, \"attn_dp_rank\": 6, \"events\": [[\"BlockStored\", [1], null, [], 2]]}", "6")]
    [InlineData("[1, [[\"BlockStored\", [1], null, [], 2]]]", "0")]
    public void ACacheIsARankOfAWorker(string log, string cache) => Assert.Single(Load(log, cache).Requests);

    [Fact]
    public void WhatIsStoredAgainAfterItsRemovalIsTheEnginesLoss()
    {
        Trace trace = Load(Batch(1, Stored("1, 2")) + Batch(2, Removed("2, 77")) + Batch(3, Stored("2", "1")) + Batch(4, Stored("3", "1")));

        Assert.Equal(["0,1", "0,1", "0,2"], Chains(trace));
        AssertNote("The engine stored 1 block (2 tokens, 25.0 % of what it stored) again after it had removed them", trace);
    }

    [Theory]
    [InlineData("\"AllBlocksCleared\"", true)]
    [InlineData("\"TierBlocksCleared\", \"GPU\"", true)]
    [InlineData("\"TierBlocksCleared\", \"CPU\"", false)]
    public void AClearedCacheLosesNothingToEviction(string cleared, bool isOfDevice)
    {
        Trace trace = Load(Batch(1, Stored("1, 2")) + Batch(2, Removed("2")) + Batch(3, $"[{cleared}]") + Batch(4, Stored("2", "1")));

        Assert.Equal(["0,1", "0,1"], Chains(trace));
        Assert.Equal(!isOfDevice, trace.Notes.Any(note => note.Contains("after it had removed", StringComparison.Ordinal)));
    }

    [Fact]
    public void AParentThatIsStoredLaterTakesItsPlace()
        => Assert.Equal(["2,0,1", "2,0"], Chains(Load(Batch(1, Stored("5", "4")) + Batch(20, Stored("3") + "," + Stored("4", "3")))));

    [Fact]
    public void ABlockThatMovesKeepsItsFirstPlace()
    {
        Trace trace = Load(Batch(1, Stored("1, 2") + "," + Stored("3")) + Batch(2, Stored("2", "3")));

        Assert.Equal(["0,1", "2", "0,1"], Chains(trace));
        AssertNote("1 block was stored behind another block than before: the first place counts.", trace);
    }

    /// <summary>Of a hybrid model the layers that attend to all tokens are read, wherever the engine counts them.</summary>
    [Theory]
    [InlineData("sliding_window", "full_attention", "1", "group 1")]
    [InlineData("mla_attention", "mamba", "0", "group 0")]
    [InlineData("mamba", "sliding_window", "0", "group 0")]
    public void OneGroupIsRead(string first, string second, string chain, string group)
    {
        Trace trace = Load(Batch(1, Stored("1", rest: $", \"group_idx\": 0, \"kv_cache_spec_kind\": \"{first}\"") + "," + Stored("2, 3", rest: $", \"group_idx\": 1, \"kv_cache_spec_kind\": \"{second}\"").Replace("\"block_size\": 2", "\"block_size\": 528", StringComparison.Ordinal)));

        Assert.Equal(chain == "1" ? ["0,1"] : ["0"], Chains(trace));
        AssertNote($"The model is hybrid: {group} is read; 1 store of other groups left out.", trace);
    }

    [Fact]
    public void OfAttentionWindowsTheLongestIsRead()
    {
        static string Event(int window, int hash) => $"{{\"event_id\": 1, \"window_size\": {window}, \"data\": {{\"type\": \"stored\", \"parent_hash\": null, \"blocks\": [{{\"block_hash\": {hash}, \"tokens\": [{{\"token_id\": 1}}]}}]}}}}\n";

        Trace trace = Load(Event(512, 1) + Event(32768, 1) + Event(32768, 2) + Event(512, 3));

        Assert.Equal(2, trace.Requests.Count);
        AssertNote("attention window 32768 is read; 2 stores of other groups left out", trace);
    }

    [Fact]
    public void EventsOutOfOrderTakeTheTimeOfTheOneBefore()
    {
        Trace trace = Load(Batch(5, Stored("1")) + Batch(3.5, Stored("2")) + Batch(6, Stored("3")));

        Assert.Equal([0, 0, 1.0], trace.Requests.Select(request => request.Time));
        AssertNote("1 event is older than the one before, by up to 1.5 seconds", trace);
    }

    [Fact]
    public void ALastBlockMayBePartial()
    {
        Trace trace = Load(Batch(1, Stored("1, 2").Replace("[],", "[1, 2, 3],", StringComparison.Ordinal)) + Batch(2, Stored("3", "2")));

        Assert.Equal([6], trace.Requests.Select(request => request.InputTokens));
        AssertNote("1 block hangs from one that is not full", trace);
    }
}
