using System.Text.Json;

namespace Squelch.Lab;

/// <summary>Knows KV events by their structure, in whatever envelopes they stand.</summary>
internal static class KvEventShape
{
    private const int MostDepth = 6;

    /// <summary>What recorders call a payload that they did not unpack.</summary>
    private static readonly string[] s_frames = ["topic", "seq", "sequence"];

    /// <summary>True where a record is, or holds, an event or a batch of them.</summary>
    public static bool Holds(JsonOutline record) => Holds(record, 0);

    private static bool Holds(JsonOutline value, int depth)
        => IsBatch(value) || IsEvent(value) || IsNamed(value)
            || (value["payload"] is not null && s_frames.Any(name => value[name] is not null))
            || (depth < MostDepth && value.Properties.Values.Concat(value.Items).Any(inner => Holds(inner, depth + 1)));

    /// <summary>[ts, [events]] or an object with both.</summary>
    private static bool IsBatch(JsonOutline value)
        => value.Kind == JsonValueKind.Array
            ? value.Items.Count > 1 && value.Items[0].Kind == JsonValueKind.Number && value.Items[1] is { Kind: JsonValueKind.Array } items && items.Items.All(IsTyped)
            : value["events"] is { Kind: JsonValueKind.Array } events && (value["ts"] is not null || events.Items.Any(IsTyped)) && events.Items.All(item => item.Kind is JsonValueKind.Object or JsonValueKind.Array);

    private static bool IsTyped(JsonOutline item)
        => item.Kind == JsonValueKind.Array ? item.Items.Count > 0 && item.Items[0].Kind == JsonValueKind.String : item["type"] is not null || item["block_hashes"] is not null;

    private static bool IsEvent(JsonOutline value)
        => value.Kind == JsonValueKind.Array
            ? value.Items.Count > 0 && IsEngines(value.Items[0].Text)
            : IsEngines(value["type"]?.Text) || (KvEventRecords.IsKind(value["event_type"]?.Text) && (value["block_hashes"] ?? value["seq_hashes"]) is not null);

    /// <summary>TensorRT-LLM's and Dynamo's events have a number and data.</summary>
    private static bool IsNamed(JsonOutline value)
        => value["event_id"] is not null && value["data"] is { } data
            && (data.Has("stored", JsonValueKind.Object) || data.Has("removed", JsonValueKind.Object) || data.Text == "cleared" || KvEventRecords.IsKind(data["type"]?.Text) || data["type"]?.Text == "updated");

    // "stored" alone may be anyone's word.
    private static bool IsEngines(string? name) => name is not null && name.EndsWith("ed", StringComparison.Ordinal) && char.IsUpper(name[0]) && KvEventRecords.IsKind(name);
}
