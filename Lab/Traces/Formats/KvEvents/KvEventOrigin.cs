using System.Globalization;
using System.Text.Json;

namespace Squelch.Lab;

/// <summary>What the records around a KV event say of it: batches, envelopes of a recorder, the file.</summary>
internal readonly record struct KvEventOrigin
{
    private static readonly string[] s_times = ["ts", "batch_ts", "timestamp", "time", "recv_ts"];
    private static readonly string[] s_ranks = ["data_parallel_rank", "attn_dp_rank", "attention_dp_rank", "dp_rank"];
    private static readonly string[] s_workers = ["worker_id", "engine_id", "instance_id", "backend_id", "pod", "topic"];

    /// <summary>Where it stands.</summary>
    public TraceLine Place { get; init; }

    /// <summary>Seconds since whatever the log counts from; null where nothing tells.</summary>
    public double? Seconds { get; init; }

    /// <summary>The data-parallel rank; null where nothing tells.</summary>
    public string? Rank { get; init; }

    /// <summary>The worker, or the topic that it publishes under; null where nothing tells.</summary>
    public string? Worker { get; init; }

    /// <summary>The tier of the blocks; null where nothing tells.</summary>
    public string? Medium { get; init; }

    /// <summary>Tokens of a block; 0 where nothing tells.</summary>
    public int BlockTokens { get; init; }

    /// <summary>TensorRT-LLM's attention window; 0 where nothing tells.</summary>
    public long Window { get; init; }

    /// <summary>The engine's cache that it is of: each rank of each worker has its own.</summary>
    public string Cache => Worker is null ? Rank ?? "0" : Rank is null ? Worker : $"{Worker}/{Rank}";

    /// <summary>This with what an object says besides.</summary>
    public KvEventOrigin Within(JsonElement record)
    {
        // Dynamo's recorder counts milliseconds, from the epoch or from its start.
        bool isDynamo = record.TryGetProperty("event", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object && inner.TryGetProperty("worker_id", out _);
        return this with
        {
            Seconds = Find(record, s_times) is { } time ? SecondsOf(time.Value, time.Name) * (isDynamo && IsSmall(time.Value) ? 0.001 : 1) : Seconds,
            Rank = Name(record, s_ranks) ?? Rank,
            Worker = Name(record, s_workers) ?? Worker,
            Medium = Name(record, ["storage_tier"]) ?? Medium,
            BlockTokens = KvEventFields.Get(record, "block_size") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt32(out int tokens) && tokens is > 0 and <= BlockHashLines.LargestBlock ? tokens : BlockTokens,
            Window = KvEventFields.Get(record, "window_size") is { ValueKind: JsonValueKind.Number } window && window.TryGetInt64(out long most) ? most : Window,
        };
    }

    /// <summary>This with the time and the rank of a batch that is a list.</summary>
    public KvEventOrigin Within(JsonElement time, JsonElement? rank)
        => this with { Seconds = SecondsOf(time, "ts"), Rank = rank is { } known && known.ValueKind != JsonValueKind.Null ? NameOf(known, "the batch's rank") : Rank };

    /// <summary>A message that names the place.</summary>
    public SquelchException Error(string what, string remedy) => Place.Error(what, remedy);

    private static (string Name, JsonElement Value)? Find(JsonElement record, string[] names)
    {
        foreach (string name in names)
        {
            if (KvEventFields.Get(record, name) is { } value)
            {
                return (name, value);
            }
        }

        return null;
    }

    private static bool IsSmall(JsonElement time) => time.ValueKind == JsonValueKind.Number && time.TryGetDouble(out double number) && Since1970.UnitsPerSecond(number) == 1;

    private string? Name(JsonElement record, string[] names)
        => Find(record, names) is { } found && NameOf(found.Value, found.Name) is { Length: > 0 } text ? text : null;

    private string NameOf(JsonElement value, string what) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => value.GetString()!,
        _ => throw Error($"{what} is neither a number nor text", "Write it as the engine numbers its ranks, or leave it out"),
    };

    /// <summary>Times since the epoch tell their unit by their size; a text is a date.</summary>
    private double SecondsOf(JsonElement time, string name)
    {
        double seconds = double.NaN;
        if (time.ValueKind == JsonValueKind.String)
        {
            string text = time.GetString()!;
            seconds = double.TryParse(text, CultureInfo.InvariantCulture, out double told) ? told
                : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date.ToUnixTimeMilliseconds() / 1000.0
                : double.NaN;
        }
        else if (time.ValueKind == JsonValueKind.Number && time.TryGetDouble(out double number))
        {
            seconds = number;
        }

        if (!double.IsFinite(seconds))
        {
            throw Error($"{name} is no time", "Write seconds as a number, or leave it out");
        }

        return seconds / Since1970.UnitsPerSecond(Math.Abs(seconds));
    }
}
