namespace Squelch.Tool;

/// <summary>The roles of those who speak, whatever a notation calls them. Letters' case says nothing.</summary>
internal static class Roles
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";

    /// <summary>What a tool gave back.</summary>
    public const string Tool = "tool";

    private static readonly Dictionary<string, string> s_roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["system"] = System,
        ["developer"] = System,
        ["user"] = User,
        ["human"] = User,
        ["prompter"] = User,
        ["customer"] = User,
        ["assistant"] = Assistant,
        ["gpt"] = Assistant,
        ["chatgpt"] = Assistant,
        ["ai"] = Assistant,
        ["bot"] = Assistant,
        ["chatbot"] = Assistant,
        ["model"] = Assistant,
        ["bing"] = Assistant,
        ["bard"] = Assistant,
        ["claude"] = Assistant,
        ["gemini"] = Assistant,
        ["agent"] = Assistant,
        ["function_call"] = Assistant,
        ["tool_call"] = Assistant,
        ["tool"] = Tool,
        ["function"] = Tool,
        ["observation"] = Tool,
        ["tool_response"] = Tool,
        ["tool_result"] = Tool,
        ["toolResult"] = Tool,
        ["function_response"] = Tool,
        ["ipython"] = Tool,
    };

    /// <summary>The role that a name stands for, or null where it stands for none.</summary>
    public static string? Of(string name)
        => s_roles.GetValueOrDefault(name.Trim()) ?? (name.TrimStart().StartsWith("gpt", StringComparison.OrdinalIgnoreCase) ? Assistant : null);

    /// <summary>True for the roles whose text is a call of a tool.</summary>
    public static bool IsCall(string name) => name.Trim().ToLowerInvariant() is "function_call" or "tool_call";
}
