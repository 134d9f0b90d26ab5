using System.Globalization;
using System.Text.Json.Nodes;

namespace Squelch.Tool.Tests;

public sealed class StudyCommandTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task WhatFormulasTellNeedsNoReplay()
    {
        ToolRun run = await ToolRun.OfAsync("study", "--figures", "3b,5", "no-such-trace.jsonl");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("17.398 GB yes", run.Out, StringComparison.Ordinal);
        Assert.Contains("3.32x yes", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(" no\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6", "there is no figure '6'")]
    [InlineData(",", "names no figure")]
    public async Task AFigureThatIsNotThereIsRefused(string figures, string message)
    {
        ToolRun run = await ToolRun.OfAsync("study", "--figures", figures);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysAreRefused()
    {
        ToolRun run = await ToolRun.OfAsync("study", _workplace.Keys, "--figures", "8", "--quick");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("trace of keys", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Generated traces take minutes: a given one that cannot be read or studied is to be known before.</summary>
    [Fact]
    public async Task WhatCannotBeReadIsKnownBeforeAnythingIsReplayed()
    {
        ToolRun run = await ToolRun.OfAsync("study", _workplace.Trace, _workplace.PathOf("none.jsonl"), "--figures", "8", "--quick", "--out", _workplace.PathOf("study"));

        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains("none.jsonl", run.Error, StringComparison.Ordinal);
        Assert.Empty(_workplace.Results);
        Assert.False(Directory.Exists(_workplace.PathOf("study")));
    }

    /// <summary>A trace in which nothing comes again gives no ratios, and so no column; that is said.</summary>
    [Fact]
    public async Task AGivenTraceWithoutANumberIsNotLeftOutWithoutAWord()
    {
        string path = _workplace.PathOf("one.jsonl");
        await File.WriteAllTextAsync(path, """{"ts":1,"input_tokens":[1,2,3],"output_tokens":[4]}""");
        ToolRun run = await ToolRun.OfAsync("study", path, "--figures", "7", "--quick");

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("given: the given traces as they are; 1 trace, without a number in any of these figures.", run.Out, StringComparison.Ordinal);
        Assert.Single(run.Out.Split("without a number").Skip(1));
    }

    /// <summary>Replays that are gone are run again, the rest is taken as it is, each is there once, and nothing changes.</summary>
    [Fact]
    public async Task AStudyGoesOnWhereItStopped()
    {
        string first = await StudyAsync("8,11");
        string[] kept = Replays();
        Assert.Equal(kept.Length, kept.Select(path => Path.GetFileName(path)).Distinct().Count());
        DateTime written = File.GetLastWriteTimeUtc(kept[1]);
        File.Delete(kept[0]);

        string again = await StudyAsync("8,11");

        Assert.Equal(first, again);
        Assert.Equal(kept.Order(), Replays().Order());
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept[1]));
        await StudyAsync("8");
        Assert.Equal(kept.Length, Replays().Length);
    }

    [Fact]
    public async Task AFolderHasThePageJsonCsvAndPictures()
    {
        await StudyAsync("9,13a,random");

        string[] files = [.. Directory.GetFiles(_workplace.PathOf("study")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(["figure-13a.csv", "figure-13a.svg", "figure-9.csv", "figure-9.svg", "figure-random.csv", "figure-random.svg", "replays.csv", "study.html", "study.json", "study.md"], files);
        JsonNode json = JsonNode.Parse(await ReadAsync("study.json"))!;
        Assert.Equal(["9", "13a", "random"], json["figures"]!.AsArray().Select(figure => (string?)figure!["name"]));
        Assert.All(json["figures"]!.AsArray().SelectMany(figure => figure!["claims"]!.AsArray()), claim => Assert.NotEmpty(claim!["findings"]!.AsArray()));
        string[] rows = (await ReadAsync("replays.csv")).TrimEnd('\n').Split('\n');
        Assert.Equal(json["replays"]!.AsArray().Count, rows.Length - 1);
        Assert.Equal(json["groups"]!.AsArray().Sum(group => group!["traces"]!.AsArray().Count), rows.Count(row => row.Contains(",no cache,", StringComparison.Ordinal)));
        Assert.Contains("sha-256", await ReadAsync("study.html"), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The table's numbers are those of the replays: the P95 over configurations of Marconi's hit rate over SGLang+'s.</summary>
    [Fact]
    public async Task FigureEightIsMadeOfTheReplays()
    {
        await StudyAsync("8");

        string[][] rows = [.. (await ReadAsync("replays.csv")).TrimEnd('\n').Split('\n').Skip(1).Select(row => row.Split(',')).Where(row => row[1] == "agents-1")];
        double[] gains =
        [
            .. rows.Where(row => row[2] == "Marconi").Select(row => Hit(row) / Hit(rows.Single(other => other[2] == "SGLang+" && other[4] == row[4] && other[6] == row[6]))).Order(),
        ];
        JsonNode seeds = JsonNode.Parse(await ReadAsync("study.json"))!["figures"]![0]!["claims"]![0]!["findings"]!.AsArray().Single(finding => (string?)finding!["group"] == "agents")!;

        Assert.Equal(2, gains.Length);
        Assert.InRange(gains[0] + (0.95 * (gains[1] - gains[0])) - 1, (double)seeds["low"]!, (double)seeds["high"]!);

        static double Hit(string[] row) => double.Parse(row[8], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void EveryFigureHasANameOfItsOwnAndSaysWhatThePaperSays()
    {
        Assert.Equal(StudyFigure.All.Count, StudyFigure.All.Select(figure => figure.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(StudyFigure.All, figure => Assert.True(figure.Paper.Length > 40, figure.Name));
        Assert.Superset(new HashSet<string>(["3b", "5", "7", "8", "9", "10", "11", "12a", "12b", "13a", "13b"]), StudyFigure.All.Select(figure => figure.Name).ToHashSet());
    }

    private string[] Replays() => Directory.GetFiles(_workplace.PathOf(Path.Combine("study", "replays")));

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(_workplace.PathOf(Path.Combine("study", name)));

    private async Task<string> StudyAsync(string figures)
    {
        ToolRun run = await ToolRun.OfAsync("study", _workplace.Trace, "--quick", "--figures", figures, "--out", _workplace.PathOf("study"));
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        return run.Out;
    }
}
