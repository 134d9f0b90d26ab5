using System.Text.Json;

namespace Squelch.Tool;

/// <summary>
/// Reads messages: of <c>role</c> and <c>content</c> or <c>from</c> and <c>value</c>, with texts or parts, with calls of tools beside or among them, and
/// the items of OpenAI's responses, which have a <c>type</c> instead of a role.
/// </summary>
internal sealed class MessageReader(Omissions omissions)
{
    /// <summary>The first that says something counts: some write the text again beside the parts, and set what does not apply to null or "".</summary>
    private static readonly string[] s_contents = ["parts", "content", "value", "text", "blocks", "tool_plan", "system_prompt"];
    private static readonly string[] s_thoughts = ["reasoning_content", "reasoning", "thinking"];
    private static readonly string[] s_listedThoughts = ["reasoning_details", "thinking_blocks"];
    private static readonly string[] s_calls = ["tool_calls", "function_call"];
    private static readonly string[] s_media = ["image", "images", "audio", "audios", "video", "videos", "files", "attachments"];

    /// <summary>True where a value is a message, as far as its properties tell.</summary>
    public static bool IsMessage(JsonElement value)
        => value.Has("role", "from") || (value.Text("sender") is not null && value.Has(s_contents)) || (value.Text("type") is { } type && (IsCall(type) || IsResult(type)));

    /// <summary>True for what is a message only where it stands in a list of them: LangChain's, and messages in an object of their own.</summary>
    public static bool IsListed(JsonElement value) => IsMessage(value) || Unwrapped(value) is not null || IsOfLangChain(value);

    /// <summary>The message that an object holds besides other things; null where it is one, or holds none.</summary>
    private static JsonElement? Unwrapped(JsonElement value)
        => IsMessage(value) ? null
            : value.Text("type") == "constructor" ? value.Field("kwargs", JsonValueKind.Object)
            : value.Field("data", JsonValueKind.Object) is { } data && IsOfLangChain(data) ? data
            : value.Field("message", JsonValueKind.Object) is { } message && (IsMessage(message) || message.Has("author")) ? message
            : null;

    /// <summary>LangChain's messages have their role as their type.</summary>
    private static bool IsOfLangChain(JsonElement value) => value.Text("type") is "human" or "ai" or "AIMessageChunk" or "system" or "tool" or "function" && value.Has("content");

    private static string? RoleOf(JsonElement message)
        => message.Text("role", "from", "sender")
            ?? message.Field("author", JsonValueKind.Object)?.Text("role")
            ?? (message.Has("role", "from") ? null : IsOfLangChain(message) ? message.Text("type") : message.Has("parts") ? Roles.User : null);

    /// <summary>Counts what stands beside a text and is none.</summary>
    public static void CountMedia(JsonElement value, Omissions omissions, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            int count = value.Field(name) switch
            {
                { ValueKind: JsonValueKind.Array } list => list.GetArrayLength(),
                { ValueKind: JsonValueKind.Object } => 1,
                { ValueKind: JsonValueKind.String } text => text.Text().Length > 0 ? 1 : 0,
                _ => 0,
            };
            for (; count > 0; count--)
            {
                omissions.Part(name);
            }
        }
    }

    /// <summary>Adds a message to a conversation.</summary>
    /// <param name="chat">The conversation.</param>
    /// <param name="message">The message.</param>
    /// <param name="number">Its number from 1, for messages.</param>
    /// <param name="time">When it was said.</param>
    /// <exception cref="ConversationFault">It cannot be understood.</exception>
    public void Read(Chat chat, JsonElement message, int number, double? time = null)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new ConversationFault($"message {number} is no object with a role and content. Write it as one");
        }

        message = Unwrapped(message) ?? message;
        string type = message.Text("type") ?? "";
        if (RoleOf(message) is { } name && !string.IsNullOrWhiteSpace(name))
        {
            Read(chat, message, name, number, time);
        }
        else if (IsCall(type) || IsResult(type) || type == "reasoning")
        {
            var said = new Saying(chat, IsResult(type) ? Roles.Tool : Roles.Assistant, time);
            new PartReader(omissions, said).Read(message);
            said.EndPart();
        }
        else if (type.Length > 0 && !message.Has(s_contents))
        {
            omissions.Part(type);
        }
        else if (!ReadByRoles(chat, message))
        {
            throw new ConversationFault($"message {number} has no role or from that is a text (it has {Named(message)}). Remove it, or write one");
        }
    }

    /// <summary>Adds what stands for a whole message: a text, parts, or an object with parts.</summary>
    public void ReadContent(Chat chat, string role, JsonElement content)
    {
        var said = new Saying(chat, role, null);
        new PartReader(omissions, said).ReadContent(content);
        said.End();
    }

    private void Read(Chat chat, JsonElement message, string name, int number, double? time)
    {
        string? role = Roles.Of(name);
        if (role is null)
        {
            role = name.Trim().ToLowerInvariant();
            omissions.Role(role);
        }

        if (!message.Has([.. s_contents, .. s_thoughts, .. s_calls, "refusal"]))
        {
            throw new ConversationFault($"message {number} has neither content nor value (it has {Named(message)}). Remove it, or write one");
        }

        var said = new Saying(chat, role, time);
        var parts = new PartReader(omissions, said);
        if (role == Roles.Assistant && message.Text(s_thoughts) is { Length: > 0 } thought)
        {
            parts.Think(thought);
        }
        else
        {
            message.Fields(s_listedThoughts).Take(1).ToList().ForEach(parts.ReadThoughts);
        }

        foreach (JsonElement content in message.Fields(s_contents).Where(SaysSomething).Take(1))
        {
            if (Roles.IsCall(name))
            {
                said.Add(ToolCalls.Of(content));
            }
            else
            {
                parts.ReadContent(content);
            }
        }

        said.Text(message.Text("refusal") ?? "");
        said.Add(message.Fields(s_calls).Where(SaysSomething).Take(1).SelectMany(ToolCalls.Of));
        CountMedia(message, omissions, s_media);
        said.End();
    }

    private static bool SaysSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.Text().Length > 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => true,
    };

    /// <summary>Some sets name properties by roles: {"human": .., "assistant": ..}, or {"system": .., "input": .., "output": ..}.</summary>
    private bool ReadByRoles(Chat chat, JsonElement message)
    {
        bool any = false;
        foreach (JsonProperty property in message.EnumerateObject())
        {
            string? role = property.RawName() switch { "input" => Roles.User, "output" => Roles.Assistant, string name => Roles.Of(name) };
            if (role is not null && property.Value.ValueKind == JsonValueKind.String)
            {
                ReadContent(chat, role, property.Value);
                any = true;
            }
        }

        return any;
    }

    internal static bool IsCall(string type) => type is "function_call" or "custom_tool_call" or "local_shell_call" or "tool_use" or "server_tool_use" or "mcp_tool_use" or "tool_call" or "tool-call" or "toolCall" || HoldsResult(type);

    /// <summary>True for calls that hold what they gave back: OpenAI's of MCP servers, and Vercel's, whose type names the tool.</summary>
    internal static bool HoldsResult(string type) => type is "mcp_call" or "dynamic-tool" || (type.StartsWith("tool-", StringComparison.Ordinal) && type is not ("tool-call" or "tool-result"));

    internal static bool IsResult(string type) => type is "function_call_output" or "custom_tool_call_output" or "tool_result" or "tool-result" || type.EndsWith("_tool_result", StringComparison.Ordinal);

    private static string Named(JsonElement message)
        => Names.Listed(message.EnumerateObject().Select(property => property.RawName()));
}
