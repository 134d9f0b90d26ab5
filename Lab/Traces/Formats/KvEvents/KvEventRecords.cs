using System.Text.Json;

namespace Squelch.Lab;

/// <summary>
/// Finds the KV events in a record of a log: an event, a batch of them, a list, or any of these in the envelopes that recorders and message queues put
/// around them.
/// </summary>
internal static class KvEventRecords
{
    private const int MostDepth = 8;

    /// <summary>Letters of the shortest batch: shorter ones are words.</summary>
    private const int LeastPacked = 12;

    private const string Remedy = "A line is a batch ({\"ts\": .., \"events\": [..]} or [ts, [..]]), an event, or one of them under payload, event or data, as the engine or its recorder writes it";

    /// <summary>What envelopes call what they hold.</summary>
    private static readonly string[] s_contents = ["payload", "event", "data", "batch", "message", "msg", "value", "kv_event", "batches"];

    /// <summary>Names of events, and what they mean.</summary>
    private static readonly Dictionary<string, Func<KvEventFields, KvEvent?>> s_kinds = new()
    {
        ["BlockStored"] = StoredBlocks.Read,
        ["stored"] = StoredBlocks.Read,
        ["BlockRemoved"] = Removed,
        ["removed"] = Removed,
        ["AllBlocksCleared"] = Cleared,
        ["cleared"] = Cleared,
        ["TierBlocksCleared"] = Cleared,
        ["created"] = _ => null,
    };

    /// <summary>True for the name of an event of a known kind.</summary>
    public static bool IsKind(string? name) => name is not null && s_kinds.ContainsKey(name);

    /// <summary>The events of a record, in order.</summary>
    /// <exception cref="SquelchException">It holds none, or one that cannot be understood.</exception>
    public static IEnumerable<KvEvent> Read(JsonElement record, KvEventOrigin origin) => Read(record, origin, 0);

    /// <summary>True for an object that holds nothing that may be an event, as the first line of a recorder that tells about itself.</summary>
    public static bool IsHeader(JsonElement record)
        => record.ValueKind == JsonValueKind.Object && !IsKind(Kind(record, "type")) && record.EnumerateObject().All(property =>
            property.Value.ValueKind != JsonValueKind.Array && property.Name is not ("events" or "event_type") && !s_contents.Contains(property.Name)
            && (property.Value.ValueKind != JsonValueKind.Object || IsHeader(property.Value)));

    /// <summary>The names of an object's first properties, for messages.</summary>
    public static string Names(JsonElement record) => Lab.Names.Listed(record.EnumerateObject().Select(property => property.Name), 6);

    /// <summary>Refuses an object that has a property twice: which of them is meant nobody knows.</summary>
    public static void RequireOnce(JsonElement record, KvEventOrigin origin)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        HashSet<string> seen = [];
        foreach (JsonProperty property in record.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                throw origin.Error($"property '{Lab.Names.Listed([property.Name])}' appears twice", "Remove one of them");
            }
        }
    }

    private static IEnumerable<KvEvent> Read(JsonElement record, KvEventOrigin origin, int depth)
    {
        if (depth > MostDepth)
        {
            throw origin.Error($"it has envelopes in envelopes, more than {MostDepth} deep", Remedy);
        }

        RequireOnce(record, origin);
        return record.ValueKind switch
        {
            JsonValueKind.Object => InObject(record, origin.Within(record), depth),
            JsonValueKind.Array => InList(record, origin, depth),
            JsonValueKind.String when depth > 0 => InText(record.GetString()!, origin, depth),
            _ => throw origin.Error("it is no KV event", Remedy),
        };
    }

    private static IEnumerable<KvEvent> InObject(JsonElement record, KvEventOrigin origin, int depth)
    {
        if (KvEventFields.Get(record, "events") is { } events)
        {
            return events.ValueKind == JsonValueKind.Array ? Each(events, origin, depth) : throw origin.Error("its events are no list", Remedy);
        }

        string? kind = Kind(record, "type") ?? Kind(record, "event_type");
        if (IsKind(kind))
        {
            return One(kind!, record, origin);
        }

        // Dynamo names the event by the property that holds it.
        foreach (string name in (string[])["stored", "removed"])
        {
            if (KvEventFields.Get(record, name) is { ValueKind: JsonValueKind.Object } body)
            {
                RequireOnce(body, origin);
                return One(name, body, origin);
            }
        }

        foreach (string name in s_contents)
        {
            if (KvEventFields.Get(record, name) is { } inner)
            {
                return Read(inner, origin, depth + 1);
            }
        }

        return kind is not null && depth > 0
            ? [new OtherEvent(origin, kind)]
            : throw origin.Error($"no KV event is in it (its properties are {Names(record)}); events is missing, or the type of an event", Remedy);
    }

    private static IEnumerable<KvEvent> InList(JsonElement list, KvEventOrigin origin, int depth)
    {
        int count = list.GetArrayLength();
        JsonValueKind first = count > 0 ? list[0].ValueKind : JsonValueKind.Undefined;
        if (first == JsonValueKind.String)
        {
            string text = list[0].GetString()!;
            bool isFrame = count == 3 && list[1].ValueKind == JsonValueKind.Number && !IsKind(text);
            return isFrame ? Read(list[2], text.Length > 0 ? origin with { Worker = text } : origin, depth + 1)
                : IsKind(text) ? One(text, list, origin)
                : depth > 0 ? [new OtherEvent(origin, text)]
                : throw origin.Error("it is no KV event", Remedy);
        }

        if (first == JsonValueKind.Number && count > 1 && list[1].ValueKind == JsonValueKind.Array)
        {
            return Each(list[1], origin.Within(list[0], count > 2 ? list[2] : null), depth);
        }

        return first == JsonValueKind.Number ? throw Packed(origin, "a list of bytes") : Each(list, origin, depth);
    }

    private static IEnumerable<KvEvent> Each(JsonElement list, KvEventOrigin origin, int depth)
    {
        foreach (JsonElement item in list.EnumerateArray())
        {
            foreach (KvEvent known in Read(item, origin, depth + 1))
            {
                yield return known;
            }
        }
    }

    /// <summary>A payload that was written as text: JSON once more, or packed.</summary>
    private static IEnumerable<KvEvent> InText(string text, KvEventOrigin origin, int depth)
    {
        if (text == "cleared")
        {
            yield return new BlocksCleared(origin);
            yield break;
        }

        if (!text.AsSpan().TrimStart().StartsWith('{') && !text.AsSpan().TrimStart().StartsWith('['))
        {
            throw IsPacked(text) ? Packed(origin, "base64 or hex") : origin.Error($"no KV event is in it, but the text '{Lab.Names.Listed([text])}'", Remedy);
        }

        using JsonDocument inner = Parse(text, origin);
        foreach (KvEvent known in Read(inner.RootElement, origin, depth + 1))
        {
            yield return known;
        }
    }

    private static JsonDocument Parse(string text, KvEventOrigin origin)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw origin.Error("a text in it begins as JSON does, but is none", "Write the payload itself, not its text");
        }
    }

    private static bool IsPacked(string text)
        => text.Length >= LeastPacked && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '=' or '-' or '_');

    private static SquelchException Packed(KvEventOrigin origin, string how)
        => origin.Error($"its payload is packed ({how}, so likely MessagePack)", "Unpack payloads when they are recorded: in Python, msgspec.json.encode(msgspec.msgpack.decode(payload))");

    private static IEnumerable<KvEvent> One(string kind, JsonElement known, KvEventOrigin origin)
        => s_kinds[kind](new(known, kind, origin)) is { } read ? [read] : [];

    private static BlocksRemoved Removed(KvEventFields removed)
    {
        string[] hashes = KvTier.Of(removed) is null ? [.. removed.RequireList("block_hashes", "seq_hashes").EnumerateArray().Select(removed.HashOf)] : [];
        return new(removed.Origin, new(removed.Whole("group_idx") ?? 0, removed.Origin.Window), hashes);
    }

    private static BlocksCleared? Cleared(KvEventFields cleared) => KvTier.Of(cleared) is null ? new(cleared.Origin) : null;

    private static string? Kind(JsonElement record, string name) => KvEventFields.Get(record, name) is { ValueKind: JsonValueKind.String } kind ? kind.GetString() : null;
}
