using System.Text.Json;

namespace Squelch.Tool;

/// <summary>ChatGPT's export: messages hang in a tree under <c>mapping</c>, and <c>current_node</c> is the last that the user sees.</summary>
internal static class ChatGptExport
{
    /// <summary>True for one of its chats.</summary>
    public static bool Is(JsonElement record) => record.Field("mapping", JsonValueKind.Object) is not null && record.Text("current_node") is not null;

    /// <summary>The messages from the root to the last; those of other branches are counted.</summary>
    /// <exception cref="ConversationFault">The tree is broken.</exception>
    public static IEnumerable<JsonElement> Messages(JsonElement record, Omissions omissions)
    {
        JsonElement mapping = record.Field("mapping")!.Value;
        Dictionary<string, JsonElement> nodes = new(StringComparer.Ordinal);
        foreach (JsonProperty node in mapping.EnumerateObject())
        {
            nodes[node.RawName()] = node.Value;
        }

        List<JsonElement> path = [];
        int left = nodes.Values.Count(Speaks);
        for (string? name = record.Text("current_node"); name is not null;)
        {
            if (!nodes.Remove(name, out JsonElement node))
            {
                throw new ConversationFault($"its mapping has no node '{Names.Listed([name])}' that goes on from the others. Export it again");
            }

            if (Speaks(node))
            {
                path.Add(node.Field("message")!.Value);
                left--;
            }

            name = node.Text("parent");
        }

        omissions.OtherBranches += left;
        return Enumerable.Reverse(path);
    }

    /// <summary>Empty messages are the program's own marks.</summary>
    private static bool Speaks(JsonElement node)
        => node.Field("message", JsonValueKind.Object) is { } message
            && message.Field("content", JsonValueKind.Object) is { } content
            && (!content.Has("parts") || content.Field("parts")?.Items().Any(part => part.ValueKind != JsonValueKind.String || part.Text().Length > 0) == true);
}
