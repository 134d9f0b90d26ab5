using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Squelch.Tool;

/// <summary>
/// Reads conversations: ShareGPT's (<c>conversations</c> of <c>from</c> and <c>value</c>) and messages of agents and chats (<c>messages</c> of <c>role</c> and
/// <c>content</c>), as one JSON array or as JSON lines, plain or packed. Text becomes tokens of o200k_base. Conversations have no times: one begins per
/// second, and the next request comes 10 seconds later in the mean (exponential), always the same.
/// </summary>
internal static class ConversationReader
{
    private const int HeadBytes = 1 << 16;

    private static readonly Lazy<Tokenizer> s_tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    /// <summary>True where the beginning of a file looks like conversations and not like requests.</summary>
    public static bool Recognises(string path) => FileHead.Of(path, HeadBytes) is { } head
        && (head.Contains("\"conversations\"", StringComparison.Ordinal) || head.Contains("\"messages\"", StringComparison.Ordinal))
        && !head.Contains("\"hash_ids\"", StringComparison.Ordinal) && !head.Contains("\"input_tokens\"", StringComparison.Ordinal);

    /// <summary>The conversations as a trace.</summary>
    /// <exception cref="SquelchException">The file is not what it looks like, or no conversation has an answer.</exception>
    public static Trace Load(string path, CancellationToken cancellation)
    {
        List<ConversationSession> sessions = [];
        try
        {
            int number = 0;
            foreach (JsonElement conversation in Elements(path))
            {
                cancellation.ThrowIfCancellationRequested();
                number++;
                if (SessionOf(conversation, sessions.Count, $"{path}, conversation {number}") is { } session)
                {
                    sessions.Add(session);
                }
            }
        }
        catch (JsonException exception)
        {
            throw new SquelchException($"{path}, after conversation {sessions.Count}: {exception.Message} Write the file again, or remove what is broken.", exception);
        }

        return sessions.Count > 0
            ? new(TraceReader.NameOf(path), 1, [.. new SessionTimes().Interleave(sessions)])
            : throw new SquelchException($"{path}: no conversation has an answer (gpt or assistant) to a question; there is nothing to replay.");
    }

    /// <summary>The elements of an array, or one value after the other.</summary>
    private static IEnumerable<JsonElement> Elements(string path)
    {
        bool isArray;
        using (Stream head = TraceReader.OpenPlain(path))
        {
            int first = head.ReadByte();
            while (first is ' ' or '\n' or '\r' or '\t' or 0xEF or 0xBB or 0xBF)
            {
                first = head.ReadByte();
            }

            isArray = first == '[';
        }

        using Stream plain = TraceReader.OpenPlain(path);
        foreach (JsonElement element in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(plain, topLevelValues: !isArray).ToBlockingEnumerable())
        {
            yield return element;
        }
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
        return text.ValueKind == JsonValueKind.String ? text.GetString()! : text.ValueKind == JsonValueKind.Null ? "" : text.GetRawText();
    }
}
