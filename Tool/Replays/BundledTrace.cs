namespace Squelch.Tool;

/// <summary>The production trace that comes with the command.</summary>
internal static class BundledTrace
{
    private const string FileName = "mooncake-conversation.jsonl.gz";

    /// <summary>Where it lies.</summary>
    /// <exception cref="SquelchException">The installation lacks it.</exception>
    public static string Path
    {
        get
        {
            string path = System.IO.Path.Combine(AppContext.BaseDirectory, "Traces", FileName);
            return File.Exists(path)
                ? path
                : throw new ToolException(ExitCode.Input, $"the bundled trace {FileName} is missing from this installation; name a trace: squelch replay <trace>");
        }
    }
}
