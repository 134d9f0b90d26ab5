using Spectre.Console;

namespace Squelch.Tool;

/// <summary>What became of every claim: a row each, a column per group of traces.</summary>
internal sealed class FindingsTable
{
    private readonly StudyResults _results;
    private readonly string[] _groups;
    private readonly IReadOnlyList<IReadOnlyList<string>> _rows;

    /// <param name="results">All replays.</param>
    /// <param name="figures">What came out.</param>
    public FindingsTable(StudyResults results, IReadOnlyList<FigureResult> figures)
    {
        _results = results;
        _groups = [.. figures.SelectMany(figure => figure.Findings).Select(finding => finding.Group).Distinct()];
        _rows = [.. figures.SelectMany(figure => figure.ByClaim.Select(claim => Row(figure.Figure, claim)))];
    }

    /// <summary>What the words mean, and what the groups are.</summary>
    private IEnumerable<string> Notes
        => [Judging.Rule, .. _results.Groups.Select(group => $"{group.Group.Name}: {group.Group.About}; {Size(group)}{(_groups.Contains(group.Group.Name) ? "" : ", without a number in any of these figures")}.")];

    private string Size(GroupResults group) => group.Group.AreSeeds
        ? $"{Number.Counted(group.Members.Count, "seed")} of {Number.Counted(_results.Scale.Sessions, "session")}"
        : Number.Counted(group.Members.Count, "trace");

    /// <summary>Writes it for a person, or as plain lines.</summary>
    public void Write(IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("figure").NoWrap());
        table.AddColumn("claim");
        foreach (string header in _groups.Prepend("paper"))
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (IReadOnlyList<string> row in _rows)
        {
            table.AddRow([.. row]);
        }

        console.WriteTable(table);
        foreach (string note in Notes)
        {
            console.WriteNote(note);
        }
    }

    /// <summary>The same as Markdown.</summary>
    public string Markdown()
    {
        IEnumerable<string> lines =
        [
            Line(["figure", "claim", "paper", .. _groups]),
            Line(["---", "---", "--:", .. _groups.Select(_ => "--:")]),
            .. _rows.Select(row => Line(row.Select(cell => cell.Replace("\n", "<br>", StringComparison.Ordinal)))),
            "",
            .. Notes.SelectMany(note => (string[])[$"- {note}"]),
        ];
        return string.Join('\n', lines) + "\n";

        static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
    }

    private string[] Row(StudyFigure figure, IGrouping<Claim, StudyFinding> claim) =>
    [
        figure.Name,
        claim.Key.Text,

        // That of prompts that append first.
        string.Join('\n', claim.Select(finding => finding.PaperText).Distinct()),
        .. _groups.Select(group => claim.FirstOrDefault(finding => finding.Group == group) is { } found ? $"{claim.Key.Measure.Text(found.Here.Value)}\n{Mark(found.Verdict)}" : ""),
    ];

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "yes",
        Verdict.TrendOnly => "trend",
        _ => "no",
    };
}
