using System.Text;

namespace Squelch.Tool.Tests;

/// <summary>What one command line did.</summary>
internal sealed record ToolRun(int ExitCode, string Out, string Error)
{
    public static Task<ToolRun> OfAsync(params string[] args) => OfAsync(CancellationToken.None, args);

    public static async Task<ToolRun> OfAsync(CancellationToken cancellation, params string[] args)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        int code = await SquelchTool.RunAsync(args, Terminal.Plain(output, error), cancellation);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
