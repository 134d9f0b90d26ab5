using System.Text.Json;

namespace Squelch.Tool;

/// <summary>
/// Finds conversations in the values of a file, by their structure: a list of messages, a list of conversations, a question with its answer, a request
/// and its response in their envelopes, or one message of a log.
/// </summary>
internal sealed class ConversationReader(Omissions omissions)
{
    /// <summary>Names of lists of messages; where there are several, the first counts.</summary>
    private static readonly string[] s_lists = ["messages", "conversations", "conversation", "contents", "history", "chat_history", "trajectory", "prompt", "input"];

    /// <summary>What APIs' requests stand in, in files of batches and logs.</summary>
    private static readonly string[] s_envelopes = ["body", "params", "request", "input", "inputs", "request_body", "modelInput", "inputBodyJson", "chat", "row"];

    /// <summary>Lists of what was said before a question that stands beside them.</summary>
    private static readonly string[] s_histories = ["history", "chat_history"];

    private static readonly string[] s_systems = ["system", "system_prompt", "system_message", "systemInstruction", "system_instruction"];
    private static readonly string[] s_media = ["image", "images", "audio", "audios", "video", "videos"];

    /// <summary>Envelopes in envelopes: a request of HTTP has a body.</summary>
    private const int MostEnvelopes = 2;

    private readonly MessageReader _messages = new(omissions);
    private readonly MessageLog _log = new(omissions);

    /// <summary>True where a list of some names is a list of messages, if it is empty or broken inside.</summary>
    public static bool IsListName(string name) => s_lists.AsSpan(0, 4).Contains(name);

    /// <summary>The conversations of a value; none where it is a line of a log, which <see cref="Logged"/> gives.</summary>
    /// <param name="record">The value.</param>
    /// <param name="list">The list of the file that it stands in, from 1; 0 for none.</param>
    /// <exception cref="ConversationFault">It is none.</exception>
    public IEnumerable<Chat> Read(JsonElement record, int list)
    {
        JsonElement request = RequestOf(record);
        JsonElement? question = Question(request, record);
        if (Messages(request) is { } messages && !(question is not null && s_histories.Contains(ListName(request))))
        {
            return [Of(record, request, messages)];
        }

        if (question is { } asked)
        {
            return [Of(record, request, asked)];
        }

        if (record.Field("chosen") is { } chosen && IsListOfMessages(chosen))
        {
            return [Of(record, request, chosen)];
        }

        if (record.Field("data") is { } texts && AreTexts(texts))
        {
            return [Alternating(texts)];
        }

        if (ChatGptExport.Is(record))
        {
            return [Of(record, request, ChatGptExport.Messages(record, omissions))];
        }

        if (Conversations(record) is { } conversations)
        {
            return conversations.EnumerateArray().SelectMany(item => Read(item, list));
        }

        if (request.Fields(s_lists.Take(4)).Where(list => list.ValueKind == JsonValueKind.Array && list.Items().All(item => item.ValueKind != JsonValueKind.String)).Take(1).ToArray() is [var empty])
        {
            return [Of(record, request, empty)];
        }

        return _log.TryAdd(record, list) ? [] : throw new ConversationFault(None(record));
    }

    /// <summary>The conversations whose messages stood in lines of their own.</summary>
    public IEnumerable<Chat> Logged() => _log.Chats();

    /// <summary>What was sent, out of its envelopes.</summary>
    private static JsonElement RequestOf(JsonElement record, int depth = 0)
        => record.Fields(depth < MostEnvelopes && !record.Fields(s_lists.Take(4)).Any(IsListOfMessages) ? s_envelopes : [])
            .Where(inner => inner.ValueKind == JsonValueKind.Object)
            .Select(inner => RequestOf(inner, depth + 1))
            .FirstOrDefault(inner => Messages(inner) is not null || inner.Fields(s_lists).Any(list => list.ValueKind != JsonValueKind.Object), record);

    private static bool IsListOfMessages(JsonElement value) => value.Items().Take(4).Any(MessageReader.IsListed);

    private static bool IsConversation(JsonElement value)
        => RequestOf(value) is var request && (Messages(request) is not null || Question(request, value) is not null || value.Field("conversations") is not null);

    /// <summary>The list of messages of a conversation, which may be that list.</summary>
    private static JsonElement? Messages(JsonElement conversation)
        => conversation.ValueKind != JsonValueKind.Object ? IsListOfMessages(conversation) ? conversation : null
            : ListName(conversation) is { } name ? conversation.Field(name)
            : null;

    private static string? ListName(JsonElement conversation)
    {
        if (conversation.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string[] names = [.. conversation.EnumerateObject().Where(property => IsListOfMessages(property.Value) && !Answers.IsName(property.RawName())).Select(property => property.RawName()).Distinct()];
        string? name = s_lists.FirstOrDefault(names.Contains) ?? (names.Length == 1 ? names[0] : null);
        return name is not null || names.Length == 0 ? name
            : throw new ConversationFault($"it has several lists of messages, {Names.Listed(names, separator: " and ")}. Keep one, or write each as a conversation");
    }

    /// <summary>A list of conversations under some property.</summary>
    private static JsonElement? Conversations(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            return record.Items().Take(4).Any(IsConversation) ? record : null;
        }

        string[] names = [.. record.EnumerateObject().Where(IsListOfConversations).Select(property => property.RawName()).Distinct()];
        return names.Length <= 1
            ? names.Length == 0 ? null : record.Field(names[0])
            : throw new ConversationFault($"it has several lists of conversations, {Names.Listed(names, separator: " and ")}. Write each into a file of its own");
    }

    /// <summary>Under the name of a list of messages, questions with answers are those of one conversation.</summary>
    private static bool IsListOfConversations(JsonProperty property)
        => property.Value.Items().Take(4).Any(IsListName(property.RawName()) ? item => Messages(item) is not null : IsConversation);

    /// <summary>What is asked where question and answer are texts. Only a prompt and what is sent to an API may lack the answer.</summary>
    private static JsonElement? Question(JsonElement request, JsonElement record)
    {
        foreach (string name in (ReadOnlySpan<string>)["instruction", "query", "prompt", "question", "input", "inputs"])
        {
            if (request.Field(name, JsonValueKind.String) is { } asked && (name == "prompt" || request.Has("model") || record.Has("body") || Answers.Of(record) is not null))
            {
                return asked;
            }
        }

        return null;
    }

    private Chat Of(JsonElement record, JsonElement request, JsonElement said)
    {
        if (said.ValueKind != JsonValueKind.String)
        {
            return Of(record, request, said.EnumerateArray());
        }

        var chat = new Chat();
        ReadSystem(chat, request);
        ReadQuestion(chat, request, said);
        return Ended(chat, record, request);
    }

    private Chat Of(JsonElement record, JsonElement request, IEnumerable<JsonElement> said)
    {
        var chat = new Chat();
        int number = 0;
        foreach (JsonElement message in said)
        {
            if (number == 0 && SaysSystem(message) is var own)
            {
                ReadSystem(chat, request, own);
            }

            _messages.Read(chat, message, ++number);
        }

        return Ended(chat, record, request);
    }

    private static bool AreTexts(JsonElement list) => list.Items().Count() > 1 && list.Items().All(item => item.ValueKind == JsonValueKind.String);

    /// <summary>UltraChat's texts, of which the user says the first.</summary>
    private Chat Alternating(JsonElement texts)
    {
        var chat = new Chat();
        omissions.Alternating++;
        foreach ((int i, JsonElement text) in texts.Items().Index())
        {
            _messages.ReadContent(chat, i % 2 == 0 ? Roles.User : Roles.Assistant, text);
        }

        return chat;
    }

    private Chat Ended(Chat chat, JsonElement record, JsonElement request)
    {
        MessageReader.CountMedia(request, omissions, s_media);
        omissions.WithTools += request.Fields(["tools", "functions"]).Any(tools => tools.Items().Any() || (tools.ValueKind == JsonValueKind.String && tools.Text() is not ("" or "[]"))) ? 1 : 0;
        if (chat.Turns.Count > 0 && !chat.Turns[^1].IsAnswer)
        {
            new Answers(omissions, _messages).Read(chat, record);
        }

        return chat;
    }

    /// <summary>Alpaca's question: an instruction, maybe with an input or a context, after a history of pairs or messages.</summary>
    private void ReadQuestion(Chat chat, JsonElement request, JsonElement asked)
    {
        int number = 0;
        foreach (JsonElement pair in request.Fields(s_histories).FirstOrDefault().Items())
        {
            number++;
            if (MessageReader.IsListed(pair))
            {
                _messages.Read(chat, pair, number);
                continue;
            }

            JsonElement[] both = [.. pair.Items()];
            if (both.Length != 2)
            {
                throw new ConversationFault("its history is no list of [question, answer]. Write it so, or leave it out");
            }

            _messages.ReadContent(chat, Roles.User, both[0]);
            _messages.ReadContent(chat, Roles.Assistant, both[1]);
        }

        string input = (request.Field("instruction") is not null ? request.Text("input", "context") : request.Text("context")) ?? "";
        string[] question = [.. ((string[])[asked.Text(), input]).Where(text => text.Length > 0)];
        if (chat.Turns is not [.., { Role: Roles.User } last] || !last.Pieces.SequenceEqual(question))
        {
            chat.Say(Roles.User, question);
        }
    }

    private static string? SaysSystem(JsonElement message)
        => message.Text("role", "from") is { } name && Roles.Of(name) == Roles.System ? message.Text("content", "value") : null;

    /// <summary>What stands beside the messages and comes before them, unless the first message says the same.</summary>
    private void ReadSystem(Chat chat, JsonElement request, string? first = null)
    {
        IEnumerable<string> names = request.Has("input") && !request.Has("instruction") ? [.. s_systems, "instructions"] : s_systems;
        foreach (JsonElement system in request.Fields(names).Take(1))
        {
            bool isText = system.ValueKind is JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object;
            if (isText && !(system.ValueKind == JsonValueKind.String && (system.Text() is "" || system.Text() == first)))
            {
                _messages.ReadContent(chat, Roles.System, system);
            }
        }
    }

    private static string None(JsonElement record)
    {
        const string Remedy = "A conversation is an object with messages (role, content) or conversations (from, value)";
        if (record.ValueKind != JsonValueKind.Object)
        {
            return $"it is no object. {Remedy}";
        }

        if (record.Field("prompt", JsonValueKind.Object)?.Has("replies") == true)
        {
            return "its messages hang in a tree (replies). Write each path from the root to an answer as a conversation";
        }

        string[] names = [.. record.EnumerateObject().Select(property => property.RawName())];
        if (s_lists.FirstOrDefault(name => record.Field(name) is { ValueKind: not JsonValueKind.Array } || record.Field(name)?.Items().Any() == true) is { } list)
        {
            return $"'{list}' {Kind(record.Field(list)!.Value)}. Write a list of messages, each an object with role and content";
        }

        return Answers.Of(record) is not null
            ? $"it has an answer ({Names.Listed(names.Where(Answers.IsName))}) but not the messages that it answers. Put both into one object: the request's body and its response"
            : $"it has no list of messages; it has {Names.Listed(names)}. {Remedy}";
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "is a text",
        JsonValueKind.Object => "is an object",
        JsonValueKind.Array when value[0].ValueKind == JsonValueKind.String => "is a list of texts, of which nobody knows who says them",
        JsonValueKind.Array => "is a list of other things",
        _ => "is no list",
    };
}
