using Spectre.Console;

namespace Squelch.Tool;

/// <summary>What became of every claim: a row each, a column per group of traces.</summary>
internal static class FindingsTable
{
    /// <summary>What stands for verdicts in cells.</summary>
    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "yes",
        Verdict.TrendOnly => "trend",
        _ => "no",
    };

    /// <summary>Writes it, and how to read it.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<FigureResult> figures, StudyResults results)
    {
        string[] groups = [.. figures.SelectMany(figure => figure.Findings).Select(finding => finding.Group).Distinct()];
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("figure").NoWrap());
        table.AddColumn("claim");
        table.AddColumn(new TableColumn("paper").RightAligned());
        foreach (string group in groups)
        {
            table.AddColumn(new TableColumn(group.Replace(", ", ",\n", StringComparison.Ordinal)).RightAligned());
        }

        foreach (FigureResult figure in figures)
        {
            foreach (IGrouping<Claim, StudyFinding> claim in figure.ByClaim)
            {
                table.AddRow([figure.Figure.Name, claim.Key.Text, Paper(claim), .. groups.Select(group => claim.FirstOrDefault(finding => finding.Group == group) is { } found ? $"{claim.Key.Measure.Text(found.Here.Value)}\n{Mark(found.Verdict)}" : "")]);
            }
        }

        console.WriteTable(table);
        console.WriteNote(Judging.Rule);
        foreach (GroupResults group in results.Groups)
        {
            console.WriteNote($"{group.Group.Name}: {group.Group.About}; {(group.Group.AreSeeds ? Number.Counted(group.Members.Count, "seed") : Number.Counted(group.Members.Count, "trace"))}.");
        }
    }

    /// <summary>The paper's numbers, that of prompts that append first.</summary>
    private static string Paper(IGrouping<Claim, StudyFinding> claim)
        => string.Join("\n", claim.Select(finding => claim.Key.Measure.Text(finding.Paper)).Distinct().Take(2));
}
