using System.Text.Json;

namespace Squelch.Native;

/// <summary>The options that an object is opened with: one JSON object, of which nothing is left unread.</summary>
internal sealed class OptionFields : IDisposable
{
    private readonly JsonDocument _document;

    private OptionFields(JsonDocument document) => _document = document;

    /// <summary>Reads a text, and refuses fields of other names than these.</summary>
    /// <exception cref="Fault">It is no JSON object, or has a field that is not known or that is there twice.</exception>
    public static unsafe OptionFields Read(byte* text, long length, ReadOnlySpan<string> known)
    {
        if (text is null || length is < 1 or > int.MaxValue)
        {
            throw Fault.Argument($"There are no options: {length} bytes at {(text is null ? "NULL" : "an address")}. Pass a JSON object such as {{ \"policy\": \"Lru\" }}, and its length in bytes.");
        }

        try
        {
            var fields = new OptionFields(JsonDocument.Parse(new ReadOnlySpan<byte>(text, (int)length).ToArray()));
            fields.RequireKnown(known);
            return fields;
        }
        catch (JsonException malformed)
        {
            throw Fault.Argument($"The options are not valid JSON, at line {(malformed.LineNumber ?? 0) + 1}, byte {(malformed.BytePositionInLine ?? 0) + 1}. Correct them there; names and texts stand in double quotes, and the length is that of the text without its end mark.");
        }
    }

    public void Dispose() => _document.Dispose();

    /// <summary>A field, or null where it is left out.</summary>
    public JsonElement? Find(string name) => _document.RootElement.TryGetProperty(name, out JsonElement value) ? value : null;

    public JsonElement Require(string name, string wanted)
        => Find(name) ?? throw Fault.Argument($"The option '{name}' is missing. Add it: {wanted}.");

    public string? Text(string name) => Find(name) is { } value ? TextOf(name, value) : null;

    public string RequireText(string name, string wanted) => TextOf(name, Require(name, wanted));

    public long Whole(string name, long least, long most, long? or)
    {
        string wanted = $"a whole number from {least} to {most}";
        return (or is null ? Require(name, wanted) : Find(name)) is not { } value ? or!.Value
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= least && number <= most ? number
            : throw Wrong(name, value, wanted);
    }

    public ulong Bits(string name)
        => Find(name) is not { } value ? 0
            : value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number) ? number
            : throw Wrong(name, value, $"a whole number from 0 to {ulong.MaxValue}");

    public bool Flag(string name, bool or) => Find(name) is not { } value ? or : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, value, "true or false"),
    };

    /// <summary>The fields of an object, each of them a number.</summary>
    public IEnumerable<(string Name, double Value)> Numbers(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Select(field => field.Value.ValueKind == JsonValueKind.Number
                ? (field.Name, field.Value.GetDouble())
                : throw Wrong($"{name}.{field.Name}", field.Value, "a number"))
            : throw Wrong(name, value, "an object of numbers, such as { \"alpha\": 1.5 }");
    }

    public static Fault Wrong(string name, JsonElement value, string wanted)
    {
        string text = value.GetRawText();
        return Fault.Argument($"The option '{name}' is {(text.Length > 40 ? text[..40] + "..." : text)}. It must be {wanted}.");
    }

    private static string TextOf(string name, JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value, "a text");
        }
        catch (InvalidOperationException)
        {
            // An escape of half a surrogate pair, which the parser lets pass.
            throw Wrong(name, value, "a text of whole characters");
        }
    }

    private void RequireKnown(ReadOnlySpan<string> known)
    {
        if (_document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw Fault.Argument("The options are JSON, but no object. Write { \"policy\": ..., ... }.");
        }

        HashSet<string> seen = [];
        foreach (JsonProperty field in _document.RootElement.EnumerateObject())
        {
            string name = field.Name;
            if (!known.Contains(name))
            {
                string[] names = known.ToArray();
                string hint = NearestName.Find(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
                throw Fault.Unknown($"There is no option '{name}'.{hint} Known here: {string.Join(", ", names)}.");
            }

            if (!seen.Add(name))
            {
                throw Fault.Argument($"The option '{name}' is there twice. Keep one.");
            }
        }
    }
}
