namespace Squelch.Tool.Tests;

/// <summary>Traces of one name in one command: nothing may be written twice to one place, or called by one name.</summary>
public sealed class TraceNameTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task TracesOfOneNameAreToldApart()
    {
        string[] traces = [Copy("monday", "chat.jsonl"), Copy("tuesday", "chat.jsonl"), Copy("tuesday", "other.jsonl")];
        string json = _workplace.PathOf("all.json");
        string plots = _workplace.PathOf("plots");
        ToolRun run = await ToolRun.OfAsync(["replay", .. traces, "--policy", "Lru", "--capacity", "90MB", "--json", json, "--plots", plots]);

        Assert.Equal("", run.Error);
        Assert.Equal(["monday-chat.jsonl", "other", "tuesday-chat.jsonl"], Directory.GetDirectories(plots).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
        Assert.Equal(ExitCode.Success, (await ToolRun.OfAsync("compare", json, json)).ExitCode);
        Assert.Contains("# tuesday-chat.jsonl: ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereTheEndingsDifferTheyAreEnough()
        => Assert.Equal(["chat.jsonl", "chat.csv", "rest"], Names("/a/chat.jsonl", "/a/chat.csv", "/a/rest.csv"));

    [Fact]
    public async Task OneFileIsReplayedOnce()
    {
        string again = Path.Combine(_workplace.Folder, ".", Path.GetFileName(_workplace.Trace));
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, again, "--policy", "Lru", "--capacity", "90MB");

        Assert.Single(run.Out.Split('\n'), line => line.Contains("of what it fills", StringComparison.Ordinal));
    }

    private static string[] Names(params string[] paths)
        => [.. TraceNames.Distinct([.. paths.Select(path => (path, new Trace(Path.GetFileNameWithoutExtension(path), 1, [])))]).Select(trace => trace.Name)];

    private string Copy(string folder, string name)
    {
        string path = Path.Combine(_workplace.PathOf(folder), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(_workplace.Trace, path);
        return path;
    }
}
