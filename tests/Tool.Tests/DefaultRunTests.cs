namespace Squelch.Tool.Tests;

public class DefaultRunTests
{
    [Fact]
    public async Task WithoutArgumentsTheBundledTraceIsComparedAndANextStepShown()
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "Traces", "mooncake-conversation.jsonl.gz")))
        {
            return;
        }

        ToolRun run = await ToolRun.OfAsync();
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("mooncake-conversation", run.Out, StringComparison.Ordinal);
        Assert.Contains("Next:", run.Out, StringComparison.Ordinal);
    }
}
