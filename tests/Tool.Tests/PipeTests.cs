using System.Text.Json;

namespace Squelch.Tool.Tests;

/// <summary>Standard input, standard output and what they are joined to.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task ATraceIsReadFromStandardInput()
    {
        ToolProcess file = await ToolProcess.BashAsync("squelch trace info \"$1\" --json", _workplace.Trace);
        ToolProcess pipe = await ToolProcess.BashAsync("squelch trace info - --json < \"$1\"", _workplace.Trace);
        ToolProcess replay = await ToolProcess.BashAsync("gzip < \"$1\" | squelch replay - --policy Lru --capacity 90MB --json - | cat", _workplace.Trace);

        Assert.Equal("", pipe.Error);
        Assert.Equal(file.Out.Replace("\"small\"", "\"stdin\"", StringComparison.Ordinal), pipe.Out);
        Assert.Equal(Workplace.Requests, JsonDocument.Parse(replay.Out).RootElement[0].GetProperty("requests").GetInt32());
    }

    /// <summary>Standard output has the result, to the byte as a file would have it, and nothing else.</summary>
    [Theory]
    [InlineData("trace", "generate", "--sessions", "3", "--out")]
    [InlineData("trace", "convert", "TRACE", "--block", "16", "--out")]
    [InlineData("trace", "plot", "TRACE", "--out")]
    [InlineData("replay", "TRACE", "--policy", "Lru", "--capacity", "90MB", "--requests")]
    [InlineData("replay", "TRACE", "--policy", "Lru", "--capacity", "90MB", "--victims")]
    [InlineData("policies", "--json")]
    [InlineData("models", "--json")]
    [InlineData("features", "--json")]
    [InlineData("explain", "Marconi", "--json")]
    [InlineData("trace", "info", "TRACE", "--json")]
    public async Task AResultThatIsNamedDashGoesToStandardOutput(params string[] args)
    {
        string[] real = [.. args.Select(arg => arg == "TRACE" ? _workplace.Trace : arg)];
        string path = _workplace.PathOf("result.svg");
        ToolRun file = await ToolRun.OfAsync([.. real, path]);
        ToolRun output = await ToolRun.OfAsync([.. real, "-"]);

        Assert.Equal((ExitCode.Success, ""), (file.ExitCode, file.Error));
        Assert.Equal((ExitCode.Success, ""), (output.ExitCode, output.Error));
        Assert.Equal(await File.ReadAllTextAsync(path), output.Out);
        Assert.EndsWith("\n", output.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonOfAReplayOnStandardOutputIsAllThatIsThere()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru,Marconi", "--capacity", "90MB", "--json", "-");
        Assert.Equal(2, JsonDocument.Parse(run.Out).RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("--json", "-", "--requests", "-")]
    [InlineData("--json", "-", "--victims", "/dev/stdout")]
    public async Task TwoResultsOnStandardOutputAreRefused(params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["replay", _workplace.Trace, "--policy", "Lru", .. options]);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains("standard output", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A million sessions would take minutes: the end of the reader ends the command, and that quietly.</summary>
    [Fact]
    public async Task ACommandWhoseReaderGoesAwayEndsQuietly()
    {
        ToolProcess run = await ToolProcess.BashAsync("squelch trace generate --sessions 1000000 --out - | head -c 10");
        Assert.Equal((ExitCode.ClosedPipe, ""), (run.ExitCode, run.Error));
        Assert.Equal(10, run.Out.Length);
    }

    [Theory]
    [InlineData("squelch policies")]
    [InlineData("squelch explain Marconi --json")]
    [InlineData("squelch replay --help")]
    public async Task NobodyNeedsToRead(string command)
    {
        ToolProcess run = await ToolProcess.BashAsync($"{command} | true");
        Assert.Contains(run.ExitCode, (int[])[ExitCode.Success, ExitCode.ClosedPipe]);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task StandardOutputThatIsFullIsTold()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        ToolProcess run = await ToolProcess.BashAsync("squelch models > /dev/full");
        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.StartsWith("error: cannot write to standard output", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Results of several commands in one file stand one after the other.</summary>
    [Fact]
    public async Task CommandsThatShareAFileDoNotOverwriteEachOther()
    {
        string path = _workplace.PathOf("all.txt");
        await ToolProcess.BashAsync("{ echo first; squelch explain Lru --json; squelch models; echo last; } > \"$1\"", path);
        string text = await File.ReadAllTextAsync(path);
        Assert.StartsWith("first\n{", text, StringComparison.Ordinal);
        Assert.Contains("}\nmodel ", text, StringComparison.Ordinal);
        Assert.EndsWith("\nlast\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS=true TERM=xterm-256color squelch explain Marconi")]
    [InlineData("TERM=xterm-256color COLORTERM=truecolor squelch nonsense")]
    public async Task APipeGetsNoColours(string command)
    {
        ToolProcess run = await ToolProcess.BashAsync(command);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
    }
}
