using System.Text.Json;

namespace Squelch.Tool;

/// <summary>Tells conversations by the outlines of their first values.</summary>
internal static class ConversationShape
{
    /// <summary>Envelopes, lists and messages stand no deeper: response, body, choices, an item, message.</summary>
    private const int MostDepth = 6;

    private static readonly string[] s_contents = ["content", "value", "text", "parts", "tool_calls", "function_call"];
    private static readonly (string Question, string Answer)[] s_pairs =
    [
        ("instruction", "output"), ("query", "response"), ("question", "answer"),
    ];

    /// <summary>True where a value holds conversations, is one, or is a line of a log of them.</summary>
    public static bool IsFound(JsonOutline value, int depth = 0)
        => IsMessage(value)
            || value.Properties.Any(property => property.Value.Kind == JsonValueKind.Array && ConversationReader.IsListName(property.Key))
            || s_pairs.Any(pair => value.Has(pair.Question, JsonValueKind.String) && value.Has(pair.Answer, JsonValueKind.String))
            || value.Has("prompt", JsonValueKind.String)
            || (value.Has("model", JsonValueKind.String) && value.Has("input", JsonValueKind.String))
            || (value.Has("sessionId", JsonValueKind.String) && value.Has("type", JsonValueKind.String))
            || (depth < MostDepth && value.Properties.Values.Concat(value.Items).Any(inner => IsFound(inner, depth + 1)));

    private static bool IsMessage(JsonOutline value)
        => (value.Has("role", JsonValueKind.String) || value.Has("from", JsonValueKind.String)) && s_contents.Any(name => value[name] is not null);
}
