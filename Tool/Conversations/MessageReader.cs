using System.Text.Json;

namespace Squelch.Tool;

/// <summary>
/// Reads messages: of <c>role</c> and <c>content</c> or <c>from</c> and <c>value</c>, with texts or parts, with calls of tools beside or among them, and
/// the items of OpenAI's responses, which have a <c>type</c> instead of a role.
/// </summary>
internal sealed class MessageReader(Omissions omissions)
{
    private static readonly string[] s_contents = ["content", "value", "text", "parts"];
    private static readonly string[] s_thoughts = ["reasoning_content", "reasoning", "thinking"];

    /// <summary>True where a value is a message, as far as its properties tell.</summary>
    public static bool IsMessage(JsonElement value)
        => value.Has("role", "from") || (value.Text("type") is { } type && (IsCall(type) || IsResult(type)));

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

        string type = message.Text("type") ?? "";
        if ((message.Text("role", "from") ?? (message.Has("parts") ? Roles.User : null)) is { } name)
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

        JsonElement? calls = message.Field("tool_calls") ?? message.Field("function_call");
        if (calls is null && !message.Has(s_contents) && !message.Has([.. s_thoughts, "refusal", "tool_calls", "function_call"]))
        {
            throw new ConversationFault($"message {number} has neither content nor value (it has {Named(message)}). Remove it, or write one");
        }

        var said = new Saying(chat, role, time);
        var parts = new PartReader(omissions, said);
        if (role == Roles.Assistant && message.Text(s_thoughts) is { Length: > 0 } thought)
        {
            parts.Think(thought);
        }

        foreach (JsonElement content in message.Fields(s_contents).Take(1))
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
        said.Add(calls is { } called ? ToolCalls.Of(called) : []);
        said.End();
    }

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

    internal static bool IsCall(string type) => type is "function_call" or "custom_tool_call" or "tool_use" or "server_tool_use" or "mcp_tool_use" or "tool_call" or "tool-call" or "toolCall";

    internal static bool IsResult(string type) => type is "function_call_output" or "custom_tool_call_output" or "tool_result" or "tool-result" || type.EndsWith("_tool_result", StringComparison.Ordinal);

    private static string Named(JsonElement message)
        => Names.Listed(message.EnumerateObject().Select(property => property.RawName()));
}
