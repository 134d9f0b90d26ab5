using System.Text.Json;

namespace Squelch.Lab;

/// <summary>The fields of an event by name, whether it is an object or a list that begins with its type.</summary>
internal readonly struct KvEventFields(JsonElement known, string kind, KvEventOrigin origin)
{
    /// <summary>The places of fields in an event that is a list, as vLLM and SGLang order them.</summary>
    private static readonly string[] s_stored = ["type", "block_hashes", "parent_block_hash", "token_ids", "block_size", "lora_id", "medium", "lora_name", "extra_keys", "group_idx", "kv_cache_spec_kind"];
    private static readonly string[] s_removed = ["type", "block_hashes", "medium", "group_idx"];
    private static readonly string[] s_cleared = ["type", "medium"];

    /// <summary>What messages call the event.</summary>
    public string Kind { get; } = kind;

    /// <summary>What the records around it say.</summary>
    public KvEventOrigin Origin { get; } = origin;

    private string[] Places => Kind switch
    {
        "BlockStored" => s_stored,
        "BlockRemoved" => s_removed,
        _ => s_cleared,
    };

    /// <summary>The property of an object, or null where it is absent or null.</summary>
    public static JsonElement? Get(JsonElement record, string name)
        => record.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A field, or null where it is absent or null.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="other">What other logs call it.</param>
    public JsonElement? Get(string name, string? other = null)
    {
        if (known.ValueKind == JsonValueKind.Object)
        {
            return Get(known, name) ?? (other is null ? null : Get(known, other));
        }

        int place = Array.IndexOf(Places, name);
        return place >= 0 && place < known.GetArrayLength() && known[place] is { ValueKind: not JsonValueKind.Null } value ? value : null;
    }

    /// <summary>A field that must be there.</summary>
    /// <exception cref="SquelchException">It is not.</exception>
    public JsonElement Require(string name, string? other = null)
    {
        if (Get(name, other) is { } value)
        {
            return value;
        }

        int place = Array.IndexOf(Places, name);
        throw known.ValueKind == JsonValueKind.Array && place >= known.GetArrayLength()
            ? Error($"has {known.GetArrayLength()} fields; field {place + 1}, {name}, is missing", "Write events as the engine publishes them")
            : Error($"has no {name}", "Write events as the engine publishes them");
    }

    /// <summary>A field that is a list.</summary>
    /// <exception cref="SquelchException">It is none.</exception>
    public JsonElement RequireList(string name, string? other = null)
        => Require(name, other) is { ValueKind: JsonValueKind.Array } list ? list : throw Error($"has a {name} that is no list", "Write events as the engine publishes them");

    /// <summary>A text field, or null where it is absent or no text.</summary>
    public string? Text(string name) => Get(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A whole number from 0; null where it is absent.</summary>
    /// <exception cref="SquelchException">It is another thing.</exception>
    public long? Whole(string name)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0
            ? number
            : throw Error($"has a {name} that is no whole number from 0", "Write events as the engine publishes them");
    }

    /// <summary>A block's hash as text, as different engines write it.</summary>
    /// <exception cref="SquelchException">It is neither a whole number nor text.</exception>
    public string HashOf(JsonElement hash)
    {
        if (hash.ValueKind == JsonValueKind.String)
        {
            return hash.GetString()!;
        }

        // A fraction or an exponent comes of a number that went through floating point, which joins different blocks.
        string text = hash.ValueKind == JsonValueKind.Number ? hash.GetRawText() : "";
        return text.Length > 0 && !text.AsSpan().ContainsAny('.', 'e', 'E')
            ? text
            : throw Error("has a block's hash that is neither a whole number nor text", "Write hashes whole: as numbers without fractions, or as text");
    }

    /// <summary>A message that names the place and the event.</summary>
    public SquelchException Error(string what, string remedy) => Origin.Error($"{Kind} {what}", remedy);
}
