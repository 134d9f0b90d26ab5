using System.Globalization;
using System.Text.Json;

namespace Squelch.Tool;

/// <summary>
/// Gathers conversations from logs with one message per line, such as Claude Code's and Codex': those of a session are a conversation. A summary that
/// replaces what was said begins a new one.
/// </summary>
internal sealed class MessageLog(Omissions omissions)
{
    private static readonly string[] s_sessions = ["sessionId", "session_id", "conversation_id", "conversationId", "thread_id", "threadId", "chat_id", "chatId", "dialogue_id"];

    private readonly MessageReader _messages = new(omissions);
    private readonly Dictionary<string, Session> _open = [];
    private readonly List<Chat> _chats = [];

    /// <summary>Takes a line; false where it belongs to no log.</summary>
    /// <exception cref="ConversationFault">It is a message that cannot be understood.</exception>
    public bool TryAdd(JsonElement line, int list)
    {
        if (MessageOf(line) is not { } message)
        {
            bool isOther = line.Text("type") is not null && (line.Has("sessionId", "leafUuid", "messageId", "payload", "timestamp") || _chats.Count > 0 || omissions.OtherLines > 0);
            omissions.OtherLines += isOther ? 1 : 0;
            return isOther;
        }

        if (line.Has("parent_id"))
        {
            throw new ConversationFault("its messages hang in a tree (parent_id). Write each path from the root to an answer as a conversation");
        }

        if (line.Is("isSidechain") && !line.Has("agentId"))
        {
            omissions.Sidechains++;
        }
        else if (line.Is("isApiErrorMessage"))
        {
            omissions.OtherLines++;
        }
        else
        {
            Add(SessionOf(line, list), message, TimeOf(line));
        }

        return true;
    }

    /// <summary>The conversations, in the order in which they begin.</summary>
    public IEnumerable<Chat> Chats() => _chats;

    private static JsonElement? MessageOf(JsonElement line)
    {
        JsonElement message = line.Field("message", JsonValueKind.Object) ?? (line.Text("type") == "response_item" ? line.Field("payload", JsonValueKind.Object) : null) ?? line;
        return MessageReader.IsMessage(message) || (!message.Equals(line) && message.Text("type") == "reasoning") ? message : null;
    }

    private static double? TimeOf(JsonElement line)
        => line.Field("timestamp", JsonValueKind.Number) is { } number ? SecondsOf(number.GetDouble())
            : DateTimeOffset.TryParse(line.Text("timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? (time - DateTimeOffset.UnixEpoch).TotalSeconds
            : null;

    /// <summary>Since 1970, in a unit that its size tells. Smaller numbers may count anything.</summary>
    private static double? SecondsOf(double number) => number switch
    {
        >= 1e19 or < 1e8 or double.NaN => null,
        >= 1e17 => number / 1e9,
        >= 1e14 => number / 1e6,
        >= 1e11 => number / 1e3,
        _ => number,
    };

    private Session SessionOf(JsonElement line, int list)
    {
        string name = line.Fields(s_sessions).Where(named => named.ValueKind is JsonValueKind.String or JsonValueKind.Number).Take(1).ToArray() is [var named]
            ? $"{(named.ValueKind == JsonValueKind.String ? named.Text() : named.GetRawText())}/{line.Text("agentId")}"
            : $"{list}";
        if (!_open.TryGetValue(name, out Session? session) || line.Is("isCompactSummary"))
        {
            omissions.Unnamed |= name == "0";
            session = _open[name] = new();
            _chats.Add(session.Chat);
        }

        return session;
    }

    private void Add(Session session, JsonElement message, double? time)
    {
        var spoken = new Chat();
        _messages.Read(spoken, message, ++session.Messages, time);
        string? answer = message.Text("id");
        foreach (Turn turn in spoken.Turns)
        {
            // The parts of one answer may stand on several lines, with the results of its first calls between them.
            if (turn.IsAnswer && answer is not null && answer == session.AnswerName)
            {
                session.Answer!.Pieces.AddRange(turn.Pieces);
                continue;
            }

            Turn held = session.Chat.Say(turn.Role, turn.Pieces, turn.Time);
            (session.Answer, session.AnswerName) = held.IsAnswer ? (held, answer) : (session.Answer, session.AnswerName);
        }
    }

    private sealed class Session
    {
        public Chat Chat { get; } = new();

        public int Messages { get; set; }

        /// <summary>The last answer.</summary>
        public Turn? Answer { get; set; }

        public string? AnswerName { get; set; }
    }
}
