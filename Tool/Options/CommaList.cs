namespace Squelch.Tool;

/// <summary>Lists written as <c>a,b,c</c>.</summary>
internal static class CommaList
{
    /// <summary>The items, trimmed, empty ones left out.</summary>
    public static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
