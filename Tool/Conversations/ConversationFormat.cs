using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Squelch.Tool;

/// <summary>
/// Conversations: ShareGPT's (<c>conversations</c> of <c>from</c> and <c>value</c>) and messages of agents and chats (<c>messages</c> of <c>role</c> and
/// <c>content</c>), as one JSON array or as JSON lines, plain or packed. Text becomes tokens of o200k_base. Conversations have no times;
/// they are given.
/// </summary>
/// <param name="times">When they begin and go on.</param>
internal sealed class ConversationFormat(SessionTimes times) : TraceFormat
{
    private static readonly Lazy<Tokenizer> s_tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public override string Name => "conversations";

    public override string Looks => "conversations (JSON with conversations or messages)";

    public override bool Recognises(TraceSample sample)
        => sample.Records.Any(record => record.Has("conversations", JsonValueKind.Array) || record.Has("messages", JsonValueKind.Array));

    /// <summary>The conversations as a trace.</summary>
    /// <exception cref="SquelchException">The file is not what it looks like, or no conversation has an answer.</exception>
    public override Trace Load(TraceInput input, TraceReading reading)
    {
        List<ConversationSession> sessions = [];
        foreach (JsonRecord conversation in JsonValues.Read(input, reading))
        {
            if (SessionOf(conversation.Value, sessions.Count, $"{input.Name}, conversation {conversation.Number}") is { } session)
            {
                sessions.Add(session);
            }
        }

        return sessions.Count > 0
            ? new(TraceReader.NameOf(input.Name), 1, [.. times.Interleave(sessions)]) { Format = input.Describe(Name) }
            : throw new SquelchException($"{input.Name}: no conversation has an answer (gpt or assistant) to a question; there is nothing to replay.");
    }

    private static ConversationSession? SessionOf(JsonElement conversation, int number, string place)
    {
        if (conversation.ValueKind != JsonValueKind.Object
            || (!conversation.TryGetProperty("conversations", out JsonElement said) && !conversation.TryGetProperty("messages", out said))
            || said.ValueKind != JsonValueKind.Array)
        {
            throw new SquelchException($"{place}: it has no list of conversations or messages. Remove it, or write one.");
        }

        List<int> tokens = [];
        List<(int, int)> turns = [];
        foreach (JsonElement message in said.EnumerateArray())
        {
            string role = Text(message, place, "from", "role");
            int begin = tokens.Count;
            tokens.AddRange(s_tokenizer.Value.EncodeToIds($"{role}: {Text(message, place, "value", "content")}\n"));
            if (begin > 0 && role is "gpt" or "assistant" or "chatgpt" or "bing" or "bard" or "model")
            {
                turns.Add((begin, tokens.Count));
            }
        }

        return turns.Count == 0 ? null : new(number, [.. tokens], turns);
    }

    private static string Text(JsonElement message, string place, string name, string other)
    {
        if (message.ValueKind != JsonValueKind.Object || (!message.TryGetProperty(name, out JsonElement text) && !message.TryGetProperty(other, out text)))
        {
            throw new SquelchException($"{place}: a message has neither {name} nor {other}. Remove it, or write one.");
        }

        // Agents' messages may have parts, or call a tool and say nothing.
        return text.ValueKind switch { JsonValueKind.String => StringOf(text), JsonValueKind.Null => "", _ => text.GetRawText() };
    }

    /// <summary>Crawled conversations have halves of surrogate pairs, which are no text: such a message is taken as it is written.</summary>
    private static string StringOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText()[1..^1];
        }
    }
}
