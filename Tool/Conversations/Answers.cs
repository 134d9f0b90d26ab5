using System.Text.Json;

namespace Squelch.Tool;

/// <summary>Finds the answer that stands beside a conversation's messages: a text, a message, or the response of an API in its envelopes.</summary>
internal sealed class Answers(Omissions omissions, MessageReader messages)
{
    private static readonly string[] s_names = ["response", "output", "outputs", "choices", "candidates", "completion", "chosen", "preferred_output", "answer", "answers", "responses", "completions", "generations", "response_body", "modelOutput", "result", "targets"];

    /// <summary>What an answer stands in.</summary>
    private static readonly string[] s_inner = ["message", "body", "choices", "candidates", "outputBodyJson", "output", "content", "text"];

    /// <summary>True for names under which answers stand, or what is no answer but looks like one.</summary>
    public static bool IsName(string name) => s_names.Contains(name) || name is "rejected" or "non_preferred_output";

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

    private static bool IsPrompt(JsonElement message) => message.Text("role", "from") is { } name && Roles.Of(name) != Roles.Assistant;

    private static bool CanAnswer(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => true,
        JsonValueKind.Array => value.Items().Take(1).Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.String),
        JsonValueKind.Object => MessageReader.IsMessage(value) || value.Has(s_inner),
        _ => false,
    };

    private void ReadAnswer(Chat chat, JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.String)
        {
            ReadText(chat, answer);
        }
        else if (answer.ValueKind == JsonValueKind.Array)
        {
            ReadItems(chat, [.. answer.EnumerateArray()]);
        }
        else if (MessageReader.IsMessage(answer))
        {
            messages.Read(chat, answer, chat.Turns.Count + 1);
        }
        else if (answer.Fields(s_inner).Take(1).ToArray() is [var inner])
        {
            ReadAnswer(chat, inner);
        }
    }

    /// <summary>Logs keep an API's response as a text, and sets of calls theirs.</summary>
    private void ReadText(Chat chat, JsonElement answer)
    {
        string text = answer.Text();
        using JsonDocument? json = text.AsSpan().TrimStart() is ['{' or '[', ..] ? ToolCalls.Parse(text) : null;
        if (json?.RootElement is { ValueKind: JsonValueKind.Object } response && response.Has("choices", "candidates"))
        {
            ReadAnswer(chat, response);
        }
        else if (json?.RootElement.Items().ToArray() is [_, ..] calls && calls.All(call => call.Has("name") && call.Has("arguments")))
        {
            chat.Say(Roles.Assistant, ToolCalls.Of(json.RootElement));
        }
        else
        {
            messages.ReadContent(chat, Roles.Assistant, answer);
        }
    }

    /// <summary>Messages, or choices among answers, of which the first is taken.</summary>
    private void ReadItems(Chat chat, JsonElement[] items)
    {
        if (items.Length > 0 && !items[0].Has("role", "from", "type"))
        {
            omissions.FurtherAnswers += items.Length - 1;
            ReadAnswer(chat, items[0]);
            return;
        }

        if (items.Any(item => item.Text("type") == "text") && !items.Any(item => item.Has("role", "from")))
        {
            items.ToList().ForEach(part => messages.ReadContent(chat, Roles.Assistant, part));
            return;
        }

        // Sets of preferences repeat the prompt before the answer, with the answers in it.
        int prompt = IsPrompt(items[0]) ? Array.FindLastIndex(items, IsPrompt) + 1 : 0;
        foreach (JsonElement item in items[prompt..])
        {
            messages.Read(chat, item, chat.Turns.Count + 1);
        }
    }
}
