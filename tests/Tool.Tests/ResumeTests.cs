using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Squelch.Tool.Tests;

public sealed partial class ResumeTests : IDisposable
{
    private static readonly string[] Sweep = ["--capacity", "70MB,100MB,1GB", "--policy", "Marconi,Lru,Gdsf,VllmPlus"];

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    /// <summary>Half of the finished replays are taken away, as if the sweep had been killed before them: the rest is used again, and the results are the same.</summary>
    [Fact]
    public async Task ASweepThatWasKilledGivesTheTablesOfAnUndisturbedOne()
    {
        string undisturbed = await RunAsync();
        string[] finished = await ResumeAsync("whole");
        
        // Four policies, two more that the bounds take, the endless cache; the limits of two admissions.
        Assert.Equal((3 * 6) + 1 + (3 * 2), finished.Length);
        string[] kept = [.. finished.Where((_, i) => i % 2 == 0)];
        foreach (string cell in finished.Except(kept))
        {
            File.Delete(cell);
        }

        Dictionary<string, DateTime> written = kept.ToDictionary(cell => cell, File.GetLastWriteTimeUtc);
        string resumed = WithoutTimes(await JsonAsync("--resume", _workplace.PathOf("whole")));

        Assert.Equal(undisturbed, resumed);
        Assert.Equal(finished.Order(), Cells("whole").Order());
        Assert.All(kept, cell => Assert.Equal(written[cell], File.GetLastWriteTimeUtc(cell)));
    }

    [Fact]
    public async Task ASweepThatIsStoppedKeepsWhatIsFinishedAndNothingHalf()
    {
        using var stop = new CancellationTokenSource();
        using var watch = new FileSystemWatcher(_workplace.Folder) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        watch.Renamed += (_, _) => stop.Cancel();
        await ToolRun.OfAsync(stop.Token, ["replay", _workplace.Trace, .. Sweep, "--jobs", "1", "--resume", _workplace.PathOf("cells")]);

        Assert.All(Cells("cells"), cell => Assert.EndsWith(".json", cell, StringComparison.Ordinal));
        Assert.Equal(await RunAsync(), WithoutTimes(await JsonAsync("--resume", _workplace.PathOf("cells"))));
    }

    [Fact]
    public async Task OtherSettingsDoNotTakeEachOthersReplays()
    {
        int first = (await ResumeAsync("cells")).Length;
        await ResumeAsync("cells", "--seed", "1");
        int seeded = Cells("cells").Length;
        await ResumeAsync("cells", "--clock", "time");

        // Limits depend on neither.
        int limits = Cells("cells").Count(cell => Path.GetFileName(cell).Contains("-limits-", StringComparison.Ordinal));
        Assert.Equal(3 * 2, limits);
        Assert.Equal((2 * first) - limits, seeded);
        Assert.Equal((3 * first) - (2 * limits), Cells("cells").Length);
    }

    /// <summary>Bounds take as long as replays; what was kept of them is not found again, nor taken for another model.</summary>
    [Fact]
    public async Task BoundsThatWereKeptAreUsedAgain()
    {
        await ResumeAsync("cells");
        Dictionary<string, DateTime> written = Limits().ToDictionary(limits => limits, File.GetLastWriteTimeUtc);
        await ResumeAsync("cells");
        Assert.Equal(written, Limits().ToDictionary(limits => limits, File.GetLastWriteTimeUtc));

        await ResumeAsync("cells", "--model", "transformer-7b");
        Assert.Equal(2 * written.Count, Limits().Length);

        string[] Limits() => [.. Cells("cells").Where(cell => Path.GetFileName(cell).Contains("-limits-", StringComparison.Ordinal))];
    }

    /// <summary>Whatever is not as it was written is named and refused: a wrong number in a table would not be noticed.</summary>
    [Theory]
    [InlineData("", "-Gdsf-")]
    [InlineData("{}", "-Gdsf-")]
    [InlineData("null", "-limits-")]
    [InlineData("{\"Trace\": ", "-Gdsf-")]
    [InlineData("half of it", "-Gdsf-")]
    [InlineData("another number", "-Gdsf-")]
    [InlineData("another number", "-limits-")]
    [InlineData("another replay's", "-Gdsf-")]
    public async Task ADamagedCellIsNamed(string damage, string kind)
    {
        string[] cells = [.. (await ResumeAsync("cells")).Where(cell => cell.Contains(kind, StringComparison.Ordinal))];
        string text = await File.ReadAllTextAsync(cells[0]);
        await File.WriteAllTextAsync(cells[0], damage switch
        {
            "half of it" => text[..(text.Length / 2)],
            "another number" => HitTokens().Replace(text, "\"HitTokens\":1", 1),
            "another replay's" => await File.ReadAllTextAsync(cells[1]),
            _ => damage,
        });
        ToolRun run = await ToolRun.OfAsync(["replay", _workplace.Trace, .. Sweep, "--resume", _workplace.PathOf("cells")]);

        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains(Path.GetFileName(cells[0]), run.Error.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("delete it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsNamed()
    {
        ToolRun run = await ToolRun.OfAsync(["replay", _workplace.Trace, .. Sweep, "--resume", Path.Combine(_workplace.Trace, "inside")]);

        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.Contains("--resume", run.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex("\"HitTokens\":[0-9]+")]
    private static partial Regex HitTokens();

    private static string WithoutTimes(string json)
    {
        JsonArray all = JsonNode.Parse(json)!.AsArray();
        foreach (JsonNode? one in all)
        {
            one!.AsObject().Remove("seconds");
            one.AsObject().Remove("requestsPerSecond");
        }

        return all.ToJsonString();
    }

    private string[] Cells(string folder) => Directory.GetFiles(_workplace.PathOf(folder));

    private async Task<string[]> ResumeAsync(string folder, params string[] options)
    {
        await JsonAsync([.. options, "--resume", _workplace.PathOf(folder)]);
        return Cells(folder);
    }

    private async Task<string> RunAsync() => WithoutTimes(await JsonAsync());

    private async Task<string> JsonAsync(params string[] options)
    {
        string path = _workplace.PathOf("results.json");
        ToolRun run = await ToolRun.OfAsync(["replay", _workplace.Trace, .. Sweep, .. options, "--json", path]);
        Assert.Equal("", run.Error);
        return await File.ReadAllTextAsync(path);
    }
}
