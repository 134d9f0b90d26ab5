namespace Squelch.Tool.Tests;

public class DefaultRunTests
{
    [Fact]
    public async Task Without_arguments_the_bundled_trace_is_compared_and_a_next_step_shown()
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
