namespace Squelch.Tool.Tests;

public class CompletionTests
{
    [Theory]
    [InlineData("squelch rep", "replay")]
    [InlineData("squelch trace con", "convert")]
    [InlineData("squelch replay --capa", "--capacity")]
    [InlineData("squelch replay --policy Marc", "Marconi")]
    [InlineData("squelch replay --policy Lru,Marc", "Lru,Marconi")]
    [InlineData("squelch replay --model jam", "jamba-1.5-mini")]
    [InlineData("squelch replay --clock ti", "ticks", "time")]
    [InlineData("squelch replay --set Marconi.A", "Marconi.Alpha=")]
    [InlineData("squelch trace generate --family agent-", "agent-compact")]
    [InlineData("squelch trace generate --think log", "lognormal")]
    [InlineData("squelch explain Marc", "Marconi")]
    [InlineData("squelch explain-victim t.jsonl --policy Marc", "Marconi")]
    [InlineData("squelch completion z", "zsh")]
    public async Task ACommandLineIsCompleted(string line, params string[] items)
    {
        ToolRun run = await ToolRun.OfAsync($"[suggest:{line.Length}]", line);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal(items, items.Intersect(run.Out.Split('\n')));
    }

    /// <summary>The script for bash, run by bash as its completion runs it.</summary>
    [Theory]
    [InlineData("squelch re", "regret", "replay")]
    [InlineData("squelch replay --policy Lru,Marc", "Lru,Marconi", "Lru,MarconiShadow")]
    [InlineData("squelch replay --pol", "--policies", "--policy")]
    [InlineData("squelch trace generate --family fe", "fewshot")]
    public async Task BashCompletes(string line, params string[] items)
    {
        ToolProcess run = await ToolProcess.BashAsync(
            """
            eval "$(squelch completion bash)"
            complete -p squelch >&2
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$1"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _squelch
            printf '%s\n' "${COMPREPLY[@]}"
            """,
            line);
        Assert.Equal("complete -o default -F _squelch squelch\n", run.Error);
        Assert.Equal(items, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "compdef ")]
    [InlineData("fish", "complete -c squelch")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task EveryShellHasItsScript(string shell, string part)
    {
        ToolRun run = await ToolRun.OfAsync("completion", shell);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains(part, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AShellWithoutAScriptIsRefused()
    {
        ToolRun run = await ToolRun.OfAsync("completion", "csh");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("bash, zsh, fish, pwsh", run.Error, StringComparison.Ordinal);
    }
}
