using System.Text.Json;

namespace Squelch.Tool;

/// <summary>Reads the parts of a message: texts, thoughts, calls of tools and their results. What is no text is counted.</summary>
internal sealed class PartReader(Omissions omissions, Saying said)
{
    /// <summary>Bedrock's and Qwen's parts have no type: their first property says what they are.</summary>
    private static readonly string[] s_media =
    [
        "image", "image_url", "audio", "video", "file", "document", "inlineData", "inline_data", "fileData", "file_data", "cachePoint", "thoughtSignature", "thought_signature",
    ];

    /// <summary>A text, a list of parts, a part, or an object with parts.</summary>
    public void ReadContent(JsonElement content)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                said.Text(content.Text());
                break;
            case JsonValueKind.Array:
                foreach (JsonElement part in content.EnumerateArray())
                {
                    ReadContent(part);
                }

                break;
            case JsonValueKind.Object when content.Field("parts", JsonValueKind.Array) is { } parts:
                ReadContent(parts);
                break;
            case JsonValueKind.Object:
                Read(content);
                break;
            case JsonValueKind.Null:
                break;
            default:
                said.Text(content.Canonical());
                break;
        }
    }

    /// <summary>One part.</summary>
    public void Read(JsonElement part)
    {
        string type = part.Text("type", "content_type", "block_type") ?? "";
        if (CallOf(part, type) is { } call)
        {
            ReadCall(call, type);
        }
        else if (ResultOf(part, type) is { } result)
        {
            said.Result(result);
        }
        else if (type is "thinking" or "reasoning" || part.Is("thought") || part.Has("reasoningContent"))
        {
            ReadThought(part.Field("reasoningContent", JsonValueKind.Object) ?? part, type);
        }
        else if ((type is "json" or "error-json" ? part.Field("value") : type.Length == 0 && part.EnumerateObject().Count() == 1 ? part.Field("json") : null) is { } json)
        {
            said.Text(json.Canonical());
        }
        else if (TextOfPart(part, type) is { } text)
        {
            ReadContent(text);
        }
        else if (type.Length == 0 && Medium(part).Length == 0)
        {
            said.Text(part.Canonical());
        }
        else
        {
            omissions.Part(type.Length > 0 ? type : Medium(part));
        }
    }

    private static JsonElement? CallOf(JsonElement part, string type)
        => part.Fields(["functionCall", "function_call", "toolUse"]).Where(call => call.ValueKind == JsonValueKind.Object).Select(call => (JsonElement?)call).FirstOrDefault()
            ?? (MessageReader.IsCall(type) ? part.Field("toolInvocation", JsonValueKind.Object) ?? part : null);

    /// <summary>A call; what ran it may have put the result into the same part.</summary>
    private void ReadCall(JsonElement call, string type)
    {
        said.Add(ToolCalls.Of(call));
        if (MessageReader.HoldsResult(type) && (call.Field("output") ?? call.Field("result")) is { } result)
        {
            said.Result(TextOf(result));
        }
    }

    private string? ResultOf(JsonElement part, string type)
        => MessageReader.IsResult(type) ? TextOf(part.Field("output") ?? part.Field("content") ?? part.Field("result"))
            : (part.Field("functionResponse") ?? part.Field("function_response")) is { } response ? Response(response.Field("response"))
            : (part.Field("codeExecutionResult") ?? part.Field("code_execution_result")) is { } run ? run.Text("output") ?? ""
            : part.Field("toolResult", JsonValueKind.Object) is { } result ? TextOf(result.Field("content"))
            : null;

    /// <summary>Where the text of a part stands: plain, in an object, or in a document that is text.</summary>
    private static JsonElement? TextOfPart(JsonElement part, string type)
    {
        if (part.Text("text", "refusal") is not null)
        {
            return part.Fields(["text", "refusal"]).First(text => text.ValueKind == JsonValueKind.String);
        }

        if (type.Length == 0)
        {
            return (part.Field("executableCode") ?? part.Field("executable_code"))?.Field("code");
        }

        JsonElement? source = part.Field("source", JsonValueKind.Object);
        return type is "text" or "error-text" or "content" ? part.Field("text", JsonValueKind.Object)?.Field("value") ?? part.Field("value")
            : source?.Text("type") == "text" ? source.Value.Field("data")
            : source?.Field("content") ?? part.Field("document", JsonValueKind.Object)?.Field("data") ?? part.Field("content");
    }

    /// <summary>What a part without a type holds besides text: empty where it is data, which counts as its JSON.</summary>
    private static string Medium(JsonElement part)
        => part.EnumerateObject().Take(1).Select(property => property.RawName()).FirstOrDefault(name => s_media.Contains(name)) ?? "";

    /// <summary>What the model thinks before it speaks.</summary>
    public void Think(string thought)
    {
        omissions.Thoughts++;
        said.Add([thought]);
    }

    /// <summary>Thoughts may be hidden: encrypted, or left out.</summary>
    private void ReadThought(JsonElement part, string type)
    {
        string thought = part.Text("thinking", "text", "reasoning") ?? TextOf(part.Field("thinking") ?? part.Field("content") ?? part.Field("summary") ?? part.Field("reasoningText"));
        if (thought.Length > 0)
        {
            Think(thought);
        }
        else
        {
            omissions.Part(type.Length > 0 ? type : "thought");
        }
    }

    /// <summary>Thoughts that stand in a list beside what is said.</summary>
    public void ReadThoughts(JsonElement thoughts)
    {
        foreach (JsonElement thought in thoughts.Items())
        {
            ReadThought(thought, thought.Text("type") ?? "");
        }
    }

    /// <summary>The texts of a result, or the result as JSON.</summary>
    private string TextOf(JsonElement? content)
    {
        if (content is not { } value)
        {
            return "";
        }

        var chat = new Chat();
        var inner = new Saying(chat, Roles.Tool, null);
        new PartReader(omissions, inner).ReadContent(value);
        inner.End();
        return string.Concat(chat.Turns.SelectMany(turn => turn.Pieces));
    }

    /// <summary>Gemini wraps texts of tools in objects of one property, whose name is free.</summary>
    private static string Response(JsonElement? response)
        => response is not { } value ? ""
            : value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToArray() is [{ Value.ValueKind: JsonValueKind.String } only] ? only.Value.Text()
            : value.Canonical();
}
