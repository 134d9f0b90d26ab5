using System.Text.Json;

namespace Squelch.Tool;

/// <summary>Calls of tools as text, the same for the same name and arguments, whatever the notation: <c>name({"argument":1})</c>.</summary>
internal static class ToolCalls
{
    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 1000, AllowTrailingCommas = true };

    /// <summary>A list of calls, one call, or either as JSON in a text; a text that is no JSON is taken as it is.</summary>
    public static IEnumerable<string> Of(JsonElement calls) => calls.ValueKind switch
    {
        JsonValueKind.String => OfText(calls.Text()),
        JsonValueKind.Array => [.. calls.EnumerateArray().SelectMany(Of)],
        JsonValueKind.Object => [OfCall(calls)],
        _ => [calls.Canonical()],
    };

    /// <summary>The calls that a text holds as JSON, or the text.</summary>
    public static string[] OfText(string text)
    {
        using JsonDocument? json = Parse(text);
        return json?.RootElement is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } calls ? [.. Of(calls)] : [text];
    }

    private static string OfCall(JsonElement call)
    {
        JsonElement named = call.Field("function", JsonValueKind.Object) ?? call.Field("custom", JsonValueKind.Object) ?? call;
        return (named.Text("name", "toolName", "tool_name") ?? NameInType(named.Text("type") ?? "")) is { } name
            ? $"{name}({Arguments(named.Field("arguments") ?? named.Field("input") ?? named.Field("args") ?? named.Field("parameters") ?? named.Field("action"))})"
            : call.Canonical();
    }

    /// <summary>Vercel's parts have the tool's name in their type, as have Codex' calls of the shell.</summary>
    private static string? NameInType(string type)
        => type.StartsWith("tool-", StringComparison.Ordinal) ? type["tool-".Length..] : type == "local_shell_call" ? "local_shell" : null;

    private static string Arguments(JsonElement? arguments)
    {
        if (arguments is not { } value)
        {
            return "{}";
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return value.Canonical();
        }

        string text = value.Text();
        using JsonDocument? json = Parse(text);
        return json?.RootElement.Canonical() ?? (string.IsNullOrWhiteSpace(text) ? "{}" : text);
    }

    /// <summary>The JSON that a text is, or null.</summary>
    public static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, s_json);
        }
        catch (Exception none) when (none is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
