using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Squelch.Tool;

/// <summary>What a command lists, as JSON: names in camel case, values of enums too, a line's end at the end.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The text of an object whose properties are named as they shall appear.</summary>
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, s_options) + "\n";

    /// <summary>JSON has no infinity and no NaN: null.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
