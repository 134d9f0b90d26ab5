using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Squelch.Tool;

/// <summary>Looks into JSON that may be broken inside: properties that stand twice, halves of surrogate pairs, bytes that are no UTF-8.</summary>
internal static class JsonFields
{
    /// <summary>Every escape; halves of pairs that stand alone are in their own group.</summary>
    private static readonly Regex s_escapes = new(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", RegexOptions.CultureInvariant);

    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2000 };

    /// <summary>A property that is not null; null where there is none, or the value is no object.</summary>
    /// <exception cref="ConversationFault">It stands there twice.</exception>
    public static JsonElement? Field(this JsonElement value, string name)
    {
        JsonElement? found = null;
        int count = 0;
        foreach (JsonProperty property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
        {
            if (IsNamed(property, name))
            {
                found = property.Value;
                count++;
            }
        }

        return count <= 1
            ? found is { ValueKind: not JsonValueKind.Null } ? found : null
            : throw new ConversationFault($"an object has '{name}' twice, and which of them is meant nobody knows. Remove one");
    }

    /// <summary>A property of a kind, or null.</summary>
    public static JsonElement? Field(this JsonElement value, string name, JsonValueKind kind) => value.Field(name) is { } found && found.ValueKind == kind ? found : null;

    /// <summary>The properties of some names that are not null, in the names' order.</summary>
    public static IEnumerable<JsonElement> Fields(this JsonElement value, IEnumerable<string> names) => names.Select(name => value.Field(name)).OfType<JsonElement>();

    /// <summary>The first property of some names that is a text, or null.</summary>
    public static string? Text(this JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (value.Field(name, JsonValueKind.String) is { } text)
            {
                return text.Text();
            }
        }

        return null;
    }

    /// <summary>True where an object has a property, which may be null.</summary>
    public static bool Has(this JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (JsonProperty property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
        {
            foreach (string name in names)
            {
                if (IsNamed(property, name))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>True for a property that is true.</summary>
    public static bool Is(this JsonElement value, string name) => value.Field(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A list's items; none for other values.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>A property's name, escapes as they are written.</summary>
    public static string RawName(this JsonProperty property) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));

    /// <summary>A text's characters. Halves of surrogate pairs and bytes that are no UTF-8 become U+FFFD, as engines read them.</summary>
    public static string Text(this JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            string raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(text));
            return JsonSerializer.Deserialize<string>(s_escapes.Replace(raw, escape => escape.Groups["half"].Success ? "\uFFFD" : escape.Value))!;
        }
    }

    /// <summary>A value as JSON without needless spaces and escapes, so that the same value is the same text however it was written.</summary>
    public static string Canonical(this JsonElement value)
    {
        var bytes = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(bytes, s_plain);
            value.WriteTo(writer);
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value));
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static bool IsNamed(JsonProperty property, string name)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return raw.Length == name.Length && Ascii.Equals(raw, name);
    }
}
