using System.Text.Json;

namespace Squelch.Tool;

/// <summary>Finds the answer that stands beside a conversation's messages: a text, a message, or the response of an API in its envelopes.</summary>
internal sealed class Answers(Omissions omissions, MessageReader messages)
{
    private static readonly string[] s_names = ["response", "output", "choices", "candidates", "completion", "chosen", "answer", "result"];

    /// <summary>True for names under which answers stand, or what is no answer but looks like one.</summary>
    public static bool IsName(string name) => s_names.Contains(name) || name == "rejected";

    /// <summary>The answer of a record, or null.</summary>
    public static JsonElement? Of(JsonElement record)
        => record.Fields(s_names).Where(CanAnswer).Select(answer => (JsonElement?)answer).FirstOrDefault()
            ?? (record.Field("result", JsonValueKind.Object) is { } result && result.Has("message") ? result : null);

    /// <summary>Adds the answer of a record to its conversation, where there is one.</summary>
    public void Read(Chat chat, JsonElement record)
    {
        if (Of(record) is { } answer)
        {
            ReadAnswer(chat, answer);
        }
    }

    private static bool CanAnswer(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => true,
        JsonValueKind.Array => value.Items().Take(1).Any(item => item.ValueKind == JsonValueKind.Object),
        JsonValueKind.Object => MessageReader.IsMessage(value) || value.Has("message", "body", "choices", "candidates", "output", "content"),
        _ => false,
    };

    private void ReadAnswer(Chat chat, JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.String)
        {
            messages.ReadContent(chat, Roles.Assistant, answer);
        }
        else if (answer.ValueKind == JsonValueKind.Array)
        {
            ReadItems(chat, [.. answer.EnumerateArray()]);
        }
        else if (MessageReader.IsMessage(answer))
        {
            messages.Read(chat, answer, chat.Turns.Count + 1);
        }
        else if (answer.Fields(["message", "body", "choices", "candidates", "output", "content", "text"]).Take(1).ToArray() is [var inner])
        {
            ReadAnswer(chat, inner);
        }
    }

    /// <summary>Messages, or choices among answers, of which the first is taken.</summary>
    private void ReadItems(Chat chat, JsonElement[] items)
    {
        if (items.Length > 0 && items[0].ValueKind == JsonValueKind.Object && !items[0].Has("role", "from", "type"))
        {
            omissions.FurtherAnswers += items.Length - 1;
            ReadAnswer(chat, items[0]);
            return;
        }

        // Sets of preferences repeat the prompt before the answer.
        foreach (JsonElement item in items.SkipWhile(item => item.Text("role", "from") is { } name && Roles.Of(name) != Roles.Assistant))
        {
            messages.Read(chat, item, chat.Turns.Count + 1);
        }
    }
}
