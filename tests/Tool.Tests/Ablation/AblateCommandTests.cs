using System.Globalization;
using System.Text.Json.Nodes;

namespace Squelch.Tool.Tests;

public sealed class AblateCommandTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    /// <summary>Effects are those of the replays, and both files have the same replays.</summary>
    [Fact]
    public async Task EffectsAreMadeOfTheReplays()
    {
        (string json, string csv) = (_workplace.PathOf("a.json"), _workplace.PathOf("a.csv"));
        ToolRun run = await ToolRun.OfAsync("ablate", _workplace.Trace, "--capacity", "60MB,100MB", "--json", json, "--csv", csv);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("# Marconi as it is, Alpha 0, untuned: ", run.Out, StringComparison.Ordinal);

        string[][] rows = [.. (await File.ReadAllLinesAsync(csv)).Select(Cells)];
        Assert.Equal(["trace", "capacityBytes", "candidates", "touch", "score", "admission", "tokenHitRate"], rows[0]);
        JsonNode found = JsonNode.Parse(await File.ReadAllTextAsync(json))!;
        Assert.Equal(found["replays"]!.AsArray().Count, rows.Length - 1);
        Assert.Equal(found["replays"]!.AsArray().Select(replay => (double)replay!["tokenHitRate"]!), rows[1..].Select(row => Hit(row)));
        foreach (JsonNode? change in found["changes"]!.AsArray())
        {
            int aspect = Array.IndexOf(rows[0], (string?)change!["aspect"]);
            double[] points = [.. rows[1..].Where(row => row[aspect] == (string?)change["instead"] && row[2..6].Count(cell => cell.Length > 0) == 1).Select(row => 100 * (Hit(row) - Hit(AsItIs(row[1]))))];
            Assert.Equal(2, points.Length);
            Assert.Equal(points.Average(), (double)change["alone"]!, 1e-9);
            Assert.Equal(points.Min(), (double)change["worst"]!["points"]!, 1e-9);
        }

        string[] AsItIs(string capacity) => rows.Single(row => row[1] == capacity && row[2..6].All(cell => cell.Length == 0));
    }

    [Fact]
    public async Task JsonOnStandardOutputStandsAlone()
    {
        ToolRun run = await ToolRun.OfAsync("ablate", _workplace.Trace, "--capacity", "60MB", "--policy", "lru", "--json", "-");

        Assert.Equal("Lru", (string?)JsonNode.Parse(run.Out)!["policy"]);
    }

    [Theory]
    [InlineData("no policy 'Marcony'", "--policy", "Marcony")]
    [InlineData("OfflineGreedy knows the future", "--policy", "OfflineGreedy")]
    [InlineData("no tuner runs in an ablation", "--set", "Marconi.BootstrapMultiplier=10")]
    [InlineData("--capacity names no size", "--capacity", ",")]
    [InlineData("both write to standard output", "--json", "-", "--csv", "-")]
    public async Task WhatCannotBeDoneIsRefused(string message, params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["ablate", _workplace.Trace, .. options]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysAreRefused()
    {
        ToolRun run = await ToolRun.OfAsync("ablate", _workplace.Keys);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("is a trace of keys", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Keys among the traces are refused before anything is replayed, so that no note of a replay comes first.</summary>
    [Fact]
    public async Task KeysAmongOthersAreRefusedBeforeAnythingIsReplayed()
    {
        ToolRun run = await ToolRun.OfAsync("ablate", _workplace.Trace, _workplace.Keys, "--capacity", "1B");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("'keys' is a trace of keys", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A file that cannot be written is known before the replays, and takes no other file with it.</summary>
    [Theory]
    [InlineData("--csv", "")]
    [InlineData("--csv", "none/a.csv")]
    [InlineData("--json", "none/a.json")]
    public async Task AFileThatCannotBeWrittenIsKnownBeforeTheReplays(string option, string path)
    {
        string other = option == "--csv" ? "--json" : "--csv";
        ToolRun run = await ToolRun.OfAsync("ablate", _workplace.Trace, _workplace.PathOf("none.jsonl"), option, _workplace.PathOf(path), other, _workplace.PathOf("other"));

        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.Contains("cannot write", run.Error, StringComparison.Ordinal);
        Assert.Empty(_workplace.Results);
    }

    /// <summary>Where nothing is evicted, a table of zeros says nothing about candidates, touch and score.</summary>
    [Fact]
    public async Task AnAblationInARoomyCacheIsSaidToTellNothing()
    {
        ToolRun run = await ToolRun.OfAsync("ablate", _workplace.Trace, "--capacity", "60MB,1TB");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal("note: small: at 1TB the policy as it is evicts nothing, so no change of candidates, touch or score alone makes a difference; a smaller --capacity may\n", run.Error);
    }

    private static double Hit(string[] row) => double.Parse(row[^1], CultureInfo.InvariantCulture);

    /// <summary>Names of changes may have a comma, and then stand in quotes.</summary>
    private static string[] Cells(string line)
    {
        string[] quoted = line.Split('"');
        return string.Concat(quoted.Select((part, i) => i % 2 == 1 ? part.Replace(',', ';') : part)).Split(',') is { } cells ? [.. cells.Select(cell => cell.Replace(';', ','))] : [];
    }
}
