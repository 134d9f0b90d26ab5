namespace Squelch.Tool.Tests;

/// <summary>The exit code says who is at fault.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private static readonly string s_ownPolicies = typeof(ThrowingPolicy).Assembly.Location;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData(0, "policies")]
    [InlineData(2)]
    [InlineData(2, "nonsense")]
    [InlineData(2, "replay", "TRACE", "--policy", "Marcony")]
    [InlineData(2, "replay", "TRACE", "--capacity", "1")]
    [InlineData(2, "replay", "TRACE", "--set", "Marconi.Alpha=9")]
    [InlineData(2, "replay", "TRACE", "--model", "marcony-7b")]
    [InlineData(2, "explain", "Marcony")]
    [InlineData(2, "trace", "convert", "TRACE", "--block", "1000000000", "--out", "NEW")]
    [InlineData(2, "trace", "convert", "TRACE", "--rate", "2", "--out", "NEW")]
    [InlineData(3, "replay", "NEW")]
    [InlineData(3, "replay", "FOLDER")]
    [InlineData(3, "replay", "BROKEN")]
    [InlineData(3, "trace", "info", "BROKEN")]
    [InlineData(3, "explain-victim", "BROKEN", "--request", "1")]
    [InlineData(3, "compare", "BROKEN", "BROKEN")]
    [InlineData(3, "compare", "NEW", "NEW")]
    [InlineData(3, "replay", "TRACE", "--model", "NEW.json")]
    [InlineData(3, "replay", "TRACE", "--model", "BROKEN")]
    [InlineData(4, "policies", "--policies", "NEW")]
    [InlineData(4, "explain", "Lru", "--policies", "TRACE")]
    [InlineData(4, "replay", "TRACE", "--policies", "OWN", "--policy", "ThrowingPolicy")]
    [InlineData(4, "explain-victim", "TRACE", "--request", "1", "--policies", "OWN", "--policy", "ThrowingPolicy")]
    [InlineData(4, "explain-victim", "TRACE", "--request", "1", "--policy", "Sieve")]
    [InlineData(5, "replay", "TRACE", "--policy", "Lru", "--json", "FOLDER")]
    [InlineData(5, "replay", "TRACE", "--policy", "Lru", "--plots", "TRACE/inside")]
    [InlineData(5, "trace", "generate", "--out", "NEW/inside")]
    [InlineData(5, "policies", "--json", "NEW/inside")]
    public async Task TheExitCodeSaysWhoIsAtFault(int code, params string[] args)
    {
        string broken = _workplace.PathOf("broken.jsonl");
        await File.WriteAllTextAsync(broken, "{\"input_tokens\": [1, 2");
        if (args.Length == 0)
        {
            args = ["trace"];
        }

        ToolRun run = await ToolRun.OfAsync([.. args.Select(arg => arg
            .Replace("TRACE", _workplace.Trace, StringComparison.Ordinal)
            .Replace("BROKEN", broken, StringComparison.Ordinal)
            .Replace("FOLDER", _workplace.Folder, StringComparison.Ordinal)
            .Replace("OWN", s_ownPolicies, StringComparison.Ordinal)
            .Replace("NEW", _workplace.PathOf("new"), StringComparison.Ordinal))]);

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(code == ExitCode.Success, run.Error.Length == 0);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["broken.jsonl"], _workplace.Results);
    }

    [Fact]
    public async Task APolicyThatFailsIsNamedWithItsAssembly()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policies", s_ownPolicies, "--policy", "ThrowingPolicy");
        Assert.Contains("the policy ThrowingPolicy of Squelch.Tool.Tests failed", run.Error, StringComparison.Ordinal);
        Assert.Contains("the author's mistake", run.Error, StringComparison.Ordinal);
    }
}
