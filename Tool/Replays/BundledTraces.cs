namespace Squelch.Tool;

/// <summary>The traces that come with the command: production chat as blocks, and coding agents as tokens with their outputs.</summary>
internal static class BundledTraces
{
    private static readonly string[] s_files = ["lmcache-miniswe.jsonl.gz", "mooncake-conversation.jsonl.gz"];

    /// <summary>Where they lie.</summary>
    /// <exception cref="SquelchException">The installation lacks one.</exception>
    public static IReadOnlyList<string> Paths => [.. s_files.Select(PathOf)];

    private static string PathOf(string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Traces", file);
        return File.Exists(path)
            ? path
            : throw new ToolException(ExitCode.Input, $"the bundled trace {file} is missing from this installation; name a trace: squelch replay <trace>");
    }
}
