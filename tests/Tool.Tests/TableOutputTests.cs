using System.Text.RegularExpressions;
using Spectre.Console;

namespace Squelch.Tool.Tests;

public sealed partial class TableOutputTests : IDisposable
{
    private const string LongName = "a name that is far longer than any terminal is wide, so that a table would have to break or to cut it, which no program that reads tables could put together again afterwards";

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void APipeGetsALinePerRowInAlignedColumns()
    {
        using var output = new MemoryStream();
        Terminal terminal = Terminal.Plain(output, TextWriter.Null);
        terminal.Out.WriteTable(Sample());

        Assert.Equal(
            $"""
            # what it shows
            name{new string(' ', LongName.Length - 4)}  token hit %  of what
            {LongName}        12.50  -
            b{new string(' ', LongName.Length - 1)}            7  two words
            # what it means

            """,
            System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    /// <summary>A terminal gets a frame as wide as it is, and colours unless they are unwanted.</summary>
    [Theory]
    [InlineData("COLUMNS=80", 80, true)]
    [InlineData("COLUMNS=150 NO_COLOR=", 150, true)]
    [InlineData("COLUMNS=100 NO_COLOR=1", 100, false)]
    [InlineData("COLUMNS=100 NO_COLOR=0", 100, false)]
    public async Task ATerminalGetsFramesAndColours(string variables, int width, bool hasColours)
    {
        ToolProcess run = await ToolProcess.BashAsync($"{variables} terminal replay \"$1\" --policy Lru,Marconi --capacity 90MB --quiet", _workplace.Trace);
        string[] lines = [.. Codes().Replace(run.Out, "").Split('\n').Select(line => line.TrimEnd('\r'))];

        Assert.Contains(lines, line => line.StartsWith('╭'));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Equal(hasColours, Colours().IsMatch(run.Out));
    }

    [Fact]
    public async Task NoColorTakesTheColoursAway()
    {
        ToolProcess run = await ToolProcess.BashAsync("terminal --no-color replay \"$1\" --policy Lru --capacity 90MB --quiet; terminal nonsense --no-color", _workplace.Trace);
        Assert.Contains("╭", run.Out, StringComparison.Ordinal);
        Assert.Contains("error: ", run.Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(Colours(), run.Out);
    }

    /// <summary>Each table of each command has one header, rows of as many cells, and nothing that only eyes can read.</summary>
    [Theory]
    [InlineData("policies")]
    [InlineData("models")]
    [InlineData("features")]
    [InlineData("regret", "TRACE", "--policy", "Lru", "--against", "Marconi,Mru", "--capacity", "90MB,100MB", "--quiet")]
    [InlineData("replay", "TRACE", "--policy", "Lru,Marconi,Belady", "--capacity", "90MB,1GB")]
    [InlineData("explain-victim", "TRACE", "--request", "11", "--policy", "Lru", "--capacity", "90MB")]
    public async Task ATableInAPipeHasAsManyCellsInEachRow(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync([.. args.Select(arg => arg == "TRACE" ? _workplace.Trace : arg)]);
        string[][] tables = [.. run.Out.Split("\n\n").Select(Rows).Where(rows => rows.Length > 0)];

        Assert.Equal("", run.Error);
        Assert.NotEmpty(tables);
        Assert.All(tables, rows =>
        {
            Assert.True(rows.Length > 1);
            Assert.Single(rows.Select(row => row.Split("  ", StringSplitOptions.RemoveEmptyEntries).Length).Distinct());
        });
        Assert.DoesNotContain(run.Out, letter => letter is >= '\u2500' and <= '\u257f' or '…' or '\u001b');
    }

    private static string[] Rows(string text) => [.. text.Split('\n').Where(line => line.Contains("  ", StringComparison.Ordinal) && !line.StartsWith('#'))];

    [Fact]
    public async Task QuietLeavesResultsAndTakesTheRest()
    {
        string made = _workplace.PathOf("made.jsonl");
        Assert.Equal("", (await ToolRun.OfAsync("trace", "generate", "--sessions", "2", "--out", made, "--quiet")).Out);
        Assert.Equal("", (await ToolRun.OfAsync("--quiet", "trace", "convert", made, "--out", _workplace.PathOf("again.jsonl"))).Out);
        Assert.NotEqual("", (await ToolRun.OfAsync("policies", "--quiet")).Out);
    }

    [GeneratedRegex("\u001b(\\[[0-9;?]*[A-Za-z]|=)")]
    private static partial Regex Codes();

    [GeneratedRegex("\u001b\\[[0-9;]*(3[0-8]|9[0-7])[;m]")]
    private static partial Regex Colours();

    private static Table Sample()
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("what it shows").Caption("what it means");
        table.AddColumn("name");
        table.AddColumn(new TableColumn("token\nhit %").RightAligned());
        table.AddColumn("of what");
        table.AddRow(new Text(LongName), new Text("12.50", new Style(Color.Green)), new Text(""));
        table.AddRow(new Text("b"), new Text("7"), new Text("two\n words"));
        return table;
    }
}
