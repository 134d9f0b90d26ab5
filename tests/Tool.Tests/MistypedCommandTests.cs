namespace Squelch.Tool.Tests;

/// <summary>A command line that names no command, or a value that cannot be: what is wrong, where, and what helps.</summary>
public sealed class MistypedCommandTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("squelch replay TRACE", "TRACE")]
    [InlineData("squelch replay TRACE", "TRACE", "--capacity", "20GB")]
    [InlineData("squelch trace info TRACE", "trace", "TRACE")]
    [InlineData("squelch ablate FOLDER", "FOLDER")]
    [InlineData("Did you mean 'replay'?", "repaly", "TRACE")]
    [InlineData("Did you mean 'convert'?", "trace", "covnert")]
    [InlineData("There are replay, ", "foo")]
    [InlineData("squelch replay FILE", "no-such.jsonl")]
    public async Task AWordThatIsNoCommandIsAnswered(string remedy, params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync([.. args.Select(Filled)]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(Filled(remedy), run.Error, StringComparison.Ordinal);
        Assert.Matches("^error: there is no command '[^']*' of squelch( trace)?\n", run.Error);
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--capacity is an option of replay, ", "--capacity", "20GB")]
    [InlineData("squelch study --figures", "--figures", "8")]
    public async Task AnOptionWithoutItsCommandIsAnswered(string remedy, params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
    }

    /// <summary>It is not taken for a file or a policy: a study would run for minutes before it looked for that file.</summary>
    [Theory]
    [InlineData("there is no option '--capcity' of squelch replay; did you mean '--capacity'?", "replay", "TRACE", "--capcity", "20GB")]
    [InlineData("there is no option '--capcity' of squelch ablate; did you mean '--capacity'?", "ablate", "TRACE", "--capcity=20GB")]
    [InlineData("there is no option '--quik' of squelch study; did you mean '--quick'?", "study", "--quik")]
    [InlineData("there is no option '--clumns' of squelch trace info; did you mean '--columns'?", "trace", "info", "--clumns")]
    [InlineData("there is no option '--xyz123' of squelch compare; a file of that name is ./--xyz123", "compare", "--xyz123", "TRACE")]
    [InlineData("there is no option '--diagnos' of squelch explain; did you mean '--diagnose'?", "explain", "--diagnos")]
    [InlineData("'GB' stands alone; write a size as one word, as in --capacity 20GB", "ablate", "TRACE", "--capacity", "20", "GB")]
    [InlineData("'GB' stands alone; write a size as one word, as in --capacity 20GB", "replay", "TRACE", "--capacity", "20", "GB")]
    public async Task AMistypedOptionIsNamed(string message, params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync([.. args.Select(Filled)]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith($"error: {message}\n", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Wherever a policy is named, one's own may have been meant.</summary>
    [Theory]
    [InlineData("", "explain", "Mine")]
    [InlineData("--policy: ", "replay", "TRACE", "--policy", "Mine")]
    [InlineData("--policy: ", "replay", "TRACE", "--policy", "Lru,Mine")]
    [InlineData("--set: ", "replay", "TRACE", "--set", "Mine.Alpha=1")]
    [InlineData("--policy: ", "explain-victim", "TRACE", "--request", "1", "--policy", "Mine")]
    [InlineData("--policy: ", "ablate", "TRACE", "--policy", "Mine")]
    public async Task AnUnknownPolicyMayBeOnesOwn(string option, params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync([.. args.Select(Filled)]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith($"error: {option}There is no policy 'Mine'", run.Error, StringComparison.Ordinal);
        Assert.Contains("--policies path/to/Mine.dll", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--capacity: '10XB' is not a size", "replay", "TRACE", "--capacity", "10XB")]
    [InlineData("--capacity: '-1GB' is no capacity", "replay", "TRACE", "--capacity", "20GB,-1GB")]
    [InlineData("--capacity: '10XB' is not a size", "explain-victim", "TRACE", "--request", "1", "--capacity", "10XB")]
    [InlineData("--capacity: '10XB' is not a size", "ablate", "TRACE", "--capacity", "10XB")]
    [InlineData("--model: no model is called 'foo'", "replay", "TRACE", "--model", "foo")]
    [InlineData("--model: no model is called 'foo'", "ablate", "TRACE", "--model", "foo")]
    [InlineData("--set: Marconi.Alpha lies between 0 and 2, not at 9", "replay", "TRACE", "--set", "Marconi.Alpha=9")]
    [InlineData("--set: Marconi.BootstrapMultiplier counts windows", "replay", "TRACE", "--set", "Marconi.BootstrapMultiplier=0.5")]
    [InlineData("--set: Marconi has no tunable 'Alhpa'; did you mean 'Alpha'?", "replay", "TRACE", "--set", "Marconi.Alhpa=1")]
    [InlineData("--set: Marconi.Alpha is set twice", "replay", "TRACE", "--set", "Marconi.Alpha=1", "--set", "Marconi.Alpha=2")]
    [InlineData("--set: Lru is not part of this replay", "replay", "TRACE", "--policy", "Marconi", "--set", "Lru.Alpha=1")]
    [InlineData("--set 'Alpha=1' is not of the form", "replay", "TRACE", "--set", "Alpha=1")]
    [InlineData("--alpha: Marconi.Alpha lies between 0 and 2, not at 9", "replay", "TRACE", "--policy", "Marconi", "--alpha", "9")]
    [InlineData("--columns: The columns 'foo=1' cannot be understood", "replay", "TRACE", "--columns", "foo=1")]
    [InlineData("--columns: The columns 'foo=1' cannot be understood", "trace", "info", "TRACE", "--columns", "foo=1")]
    [InlineData("--gpu is 'bar'", "replay", "TRACE", "--gpu", "bar")]
    [InlineData("--alpha: no policy of this replay has a tunable Alpha", "replay", "TRACE", "--policy", "Lru", "--alpha", "1")]
    public async Task AValueThatCannotBeIsSaidOfItsOption(string message, params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync([.. args.Select(Filled)]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith($"error: {message}", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A model's file is at fault itself, but stands behind the option, too.</summary>
    [Fact]
    public async Task AModelsFileIsSaidOfItsOption()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--model", _workplace.PathOf("none.json"));

        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.StartsWith("error: --model: ", run.Error, StringComparison.Ordinal);
    }

    private string Filled(string arg) => arg.Replace("TRACE", _workplace.Trace, StringComparison.Ordinal).Replace("FOLDER", _workplace.Folder, StringComparison.Ordinal);
}
