using System.Globalization;

namespace Squelch.Lab.Tests.Traces;

/// <summary>Logs of KV events that tests spell out, and what is read of them.</summary>
internal static class KvEventText
{
    public static Trace Load(string log, string? rank = null)
    {
        using var input = new TraceInput(TraceText.Stream(log), "events.jsonl");
        return TraceReader.Load(input, new TraceReading { Rank = rank });
    }

    public static string ErrorOf(string log, string? rank = null) => Assert.Throws<SquelchException>(() => Load(log, rank)).Message;

    /// <summary>The chains of a trace's requests, each as its pages with commas.</summary>
    public static string[] Chains(Trace trace) => [.. trace.Requests.Select(request => string.Join(",", request.Pages.ToArray()))];

    /// <summary>A batch of a second, with events that are maps.</summary>
    public static string Batch(double ts, string events, int? rank = null)
        => string.Create(CultureInfo.InvariantCulture, $"{{\"ts\": {ts}, \"events\": [{events}]{(rank is { } known ? $", \"data_parallel_rank\": {known}" : "")}}}\n");

    /// <summary>Blocks of two tokens.</summary>
    public static string Stored(string hashes, string parent = "null", string rest = "")
        => $"{{\"type\": \"BlockStored\", \"block_hashes\": [{hashes}], \"parent_block_hash\": {parent}, \"token_ids\": [], \"block_size\": 2{rest}}}";

    public static string Removed(string hashes, string rest = "") => $"{{\"type\": \"BlockRemoved\", \"block_hashes\": [{hashes}]{rest}}}";

    public static void AssertNote(string words, Trace trace) => Assert.Contains(trace.Notes, note => note.Contains(words, StringComparison.Ordinal));
}
