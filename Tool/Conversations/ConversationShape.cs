using System.Text.Json;

namespace Squelch.Tool;

/// <summary>Tells conversations by the outlines of their first values.</summary>
internal static class ConversationShape
{
    /// <summary>Envelopes, lists and messages stand no deeper: response, body, choices, an item, message.</summary>
    private const int MostDepth = 6;

    private static readonly string[] s_speakers = ["role", "from", "sender"];
    private static readonly string[] s_contents = ["content", "value", "text", "parts", "tool_calls", "function_call"];
    private static readonly string[] s_questions = ["instruction", "query", "question", "input", "inputs"];
    private static readonly string[] s_answers = ["output", "response", "answer", "answers", "completion", "chosen", "targets"];

    /// <summary>True where a value holds conversations, is one, or is a line of a log of them.</summary>
    public static bool IsFound(JsonOutline value, int depth = 0)
        => IsMessage(value)
            || value.Properties.Any(property => ConversationReader.IsListName(property.Key))
            || (s_questions.Any(name => value.Has(name, JsonValueKind.String)) && s_answers.Any(name => value.Has(name, JsonValueKind.String)))
            || (value.Has("id", JsonValueKind.String) && value["data"] is { Items: [{ Kind: JsonValueKind.String }, { Kind: JsonValueKind.String }, ..] })
            || (value.Has("mapping", JsonValueKind.Object) && value.Has("current_node", JsonValueKind.String))
            || value.Has("prompt", JsonValueKind.String)
            || (value.Has("model", JsonValueKind.String) && value.Has("input", JsonValueKind.String))
            || (value.Has("sessionId", JsonValueKind.String) && value.Has("type", JsonValueKind.String))
            || (depth < MostDepth && value.Properties.Values.Concat(value.Items).Any(inner => IsFound(inner, depth + 1)));

    private static bool IsMessage(JsonOutline value)
        => (s_speakers.Any(name => value.Has(name, JsonValueKind.String)) && s_contents.Any(name => value[name] is not null))
            || (value["type"]?.Text is "human" or "ai" or "system" && (value["content"] ?? value["data"]?["content"]) is not null);
}
