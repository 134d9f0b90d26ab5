using System.Text.Json;

namespace Squelch.Tool;

/// <summary>
/// Finds conversations in the values of a file, by their structure: a list of messages, a list of conversations, a question with its answer, a request
/// and its response in their envelopes, or one message of a log.
/// </summary>
internal sealed class ConversationReader(Omissions omissions)
{
    /// <summary>Names of lists of messages; where there are several, the first counts.</summary>
    private static readonly string[] s_lists = ["messages", "conversations", "conversation", "contents", "history", "trajectory", "prompt", "input"];

    /// <summary>What APIs' requests stand in, in files of batches and logs.</summary>
    private static readonly string[] s_envelopes = ["body", "params", "request", "input"];

    private static readonly string[] s_systems = ["system", "system_prompt", "systemInstruction", "system_instruction"];

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
        JsonElement request = record.Fields(s_envelopes).FirstOrDefault(IsRequest, record);
        if (Messages(request) is { } messages)
        {
            return [Of(record, request, messages)];
        }

        if (Question(request, record) is { } question)
        {
            return [Of(record, request, question)];
        }

        if (Conversations(record) is { } conversations)
        {
            return conversations.EnumerateArray().SelectMany(item => Read(item, list));
        }

        if (request.Fields(s_lists.Take(4)).Where(list => list.ValueKind == JsonValueKind.Array).Take(1).ToArray() is [var empty])
        {
            return [Of(record, request, empty)];
        }

        return _log.TryAdd(record, list) ? [] : throw new ConversationFault(None(record));
    }

    /// <summary>The conversations whose messages stood in lines of their own.</summary>
    public IEnumerable<Chat> Logged() => _log.Chats();

    private static bool IsRequest(JsonElement value) => value.ValueKind == JsonValueKind.Object && (Messages(value) is not null || value.Fields(s_lists).Any());

    private static bool IsListOfMessages(JsonElement value) => value.Items().Take(4).Any(MessageReader.IsMessage);

    private static bool IsConversation(JsonElement value) => Messages(value) is not null || Question(value, value) is not null || value.Field("conversations") is not null;

    /// <summary>The list of messages of a conversation, which may be that list.</summary>
    private static JsonElement? Messages(JsonElement conversation)
    {
        if (conversation.ValueKind != JsonValueKind.Object)
        {
            return IsListOfMessages(conversation) ? conversation : null;
        }

        string[] names = [.. conversation.EnumerateObject().Where(property => IsListOfMessages(property.Value) && !Answers.IsName(property.RawName())).Select(property => property.RawName()).Distinct()];
        string? name = s_lists.FirstOrDefault(names.Contains) ?? (names.Length == 1 ? names[0] : null);
        return name is not null ? conversation.Field(name)
            : names.Length == 0 ? null
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
        foreach (string name in (ReadOnlySpan<string>)["instruction", "query", "prompt", "question", "input"])
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
        var chat = new Chat();
        if (said.ValueKind == JsonValueKind.String)
        {
            ReadSystem(chat, request);
            ReadQuestion(chat, request, said);
        }
        else
        {
            int number = 0;
            foreach (JsonElement message in said.EnumerateArray())
            {
                if (number == 0 && SaysSystem(message) is var own)
                {
                    ReadSystem(chat, request, own);
                }

                _messages.Read(chat, message, ++number);
            }
        }

        omissions.WithTools += request.Fields(["tools", "functions"]).Any(tools => tools.Items().Any() || (tools.ValueKind == JsonValueKind.String && tools.Text() is not ("" or "[]"))) ? 1 : 0;
        if (chat.Turns.Count > 0 && !chat.Turns[^1].IsAnswer)
        {
            new Answers(omissions, _messages).Read(chat, record);
        }

        return chat;
    }

    /// <summary>Alpaca's question: an instruction, maybe with an input, after a history of pairs.</summary>
    private void ReadQuestion(Chat chat, JsonElement request, JsonElement asked)
    {
        foreach (JsonElement pair in request.Field("history", JsonValueKind.Array)?.Items() ?? [])
        {
            JsonElement[] both = [.. pair.Items()];
            if (both.Length != 2)
            {
                throw new ConversationFault("its history is no list of [question, answer]. Write it so, or leave it out");
            }

            _messages.ReadContent(chat, Roles.User, both[0]);
            _messages.ReadContent(chat, Roles.Assistant, both[1]);
        }

        string input = request.Field("instruction") is not null ? request.Text("input") ?? "" : "";
        string question = asked.Text();
        chat.Say(Roles.User, [.. ((string[])[question, input]).Where(text => text.Length > 0)]);
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

        string[] names = [.. record.EnumerateObject().Select(property => property.RawName())];
        return Answers.Of(record) is not null
            ? $"it has an answer ({Names.Listed(names.Where(Answers.IsName))}) but not the messages that it answers. Put both into one object: the request's body and its response"
            : $"it has no list of messages; it has {Names.Listed(names)}. {Remedy}";
    }
}
