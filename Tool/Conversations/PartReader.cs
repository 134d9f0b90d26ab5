using System.Text.Json;

namespace Squelch.Tool;

/// <summary>Reads the parts of a message: texts, thoughts, calls of tools and their results. What is no text is counted.</summary>
internal sealed class PartReader(Omissions omissions, Saying said)
{
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
        string type = part.Text("type") ?? "";
        if (MessageReader.IsCall(type) || part.Field("functionCall") is not null)
        {
            said.Add(ToolCalls.Of(part.Field("functionCall") ?? part));
        }
        else if (MessageReader.IsResult(type))
        {
            said.Result(TextOf(part.Field("output") ?? part.Field("content") ?? part.Field("result")));
        }
        else if (part.Field("functionResponse") is { } response)
        {
            said.Result(Response(response.Field("response")));
        }
        else if (type is "thinking" or "reasoning" || part.Is("thought"))
        {
            ReadThought(part, type);
        }
        else if (part.Text("text", "refusal") is { } text)
        {
            said.Text(text);
        }
        else if (part.Field("source") is { } source && source.Text("type") == "text" && source.Text("data") is { } document)
        {
            said.Text(document);
        }
        else if (type.Length == 0 && !part.Has("inlineData", "fileData", "inline_data", "file_data"))
        {
            said.Text(part.Canonical());
        }
        else
        {
            omissions.Part(type.Length > 0 ? type : part.Has("fileData", "file_data") ? "fileData" : "inlineData");
        }
    }

    /// <summary>What the model thinks before it speaks.</summary>
    public void Think(string thought)
    {
        omissions.Thoughts++;
        said.Add([thought]);
    }

    /// <summary>Thoughts may be hidden: encrypted, or left out.</summary>
    private void ReadThought(JsonElement part, string type)
    {
        string thought = part.Text("thinking", "text", "reasoning") ?? TextOf(part.Field("content") ?? part.Field("summary"));
        if (thought.Length > 0)
        {
            Think(thought);
        }
        else
        {
            omissions.Part(type.Length > 0 ? type : "thought");
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
