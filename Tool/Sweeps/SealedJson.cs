using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Squelch.Tool;

/// <summary>JSON under a seal: a hash of it and of the name of its file, so that one which was edited, or copied over another, is not taken for what was kept.</summary>
internal static class SealedJson
{
    /// <summary>The text of a file.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="json">What it keeps.</param>
    public static string Of(string name, string json) => $"{{\"seal\":\"{SealOf(name, json)}\",\"kept\":{json}}}";

    /// <summary>What a file keeps.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="JsonException">It is not what was written under this name.</exception>
    public static string Open(string name, string text)
    {
        using var whole = JsonDocument.Parse(text);
        return whole.RootElement.ValueKind == JsonValueKind.Object
            && whole.RootElement.TryGetProperty("kept", out JsonElement kept)
            && whole.RootElement.TryGetProperty("seal", out JsonElement seal)
            && seal.ValueKind == JsonValueKind.String
            && seal.GetString() == SealOf(name, kept.GetRawText())
                ? kept.GetRawText()
                : throw new JsonException("it is not as it was written");
    }

    private static string SealOf(string name, string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{json}")));
}
