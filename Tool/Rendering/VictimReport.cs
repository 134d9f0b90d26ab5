using System.Globalization;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary>The victims of one request, each against the candidates that were next.</summary>
internal static class VictimReport
{
    /// <summary>Victims of one commit beyond this many are counted only.</summary>
    private const int MostVictims = 5;

    /// <summary>Writes a table per victim and the reason in a sentence.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="policy">Whose victims they are.</param>
    /// <param name="cell">The replay.</param>
    /// <param name="victims">Of one request.</param>
    public static void Write(IAnsiConsole console, PolicyDescriptor policy, ReplayCell cell, VictimsOfRequest victims)
    {
        var terms = new TraceTerms(cell.Trace);
        if (victims.Explained.Count == 0)
        {
            console.WriteLine($"Request {victims.Request} evicted nothing. {Nearest(victims, terms.Capacity(cell.CapacityBytes))}");
            return;
        }

        foreach ((int index, VictimExplanation victim) in victims.Explained.Take(MostVictims).Index())
        {
            console.WriteTable(TableOf(policy, terms, $"request {victims.Request}, victim {index + 1}", victim));
            console.WriteNote(Reason(victim));
            console.WriteLine();
        }

        if (victims.Explained.Count > MostVictims)
        {
            console.WriteNote($"{victims.Explained.Count - MostVictims} more victims of the same request are not shown.");
        }
    }

    private static string Nearest(VictimsOfRequest victims, string capacity) => (victims.Before, victims.After) switch
    {
        (null, null) => $"No request of this trace did at {capacity}; give a smaller --capacity.",
        ({ } before, null) => $"The nearest that did is --request {before}, before it; none after it did.",
        (null, { } after) => $"The nearest that did is --request {after}, after it; none before it did.",
        ({ } before, { } after) => $"The nearest that did are --request {before} before it, and --request {after} after it.",
    };

    private static Table TableOf(PolicyDescriptor policy, TraceTerms terms, string place, VictimExplanation victim)
    {
        string what = terms.IsKeys ? "a key" : victim.Victim.Action switch
        {
            StateActionKind.Join => "the checkpoint of a node with one child",
            StateActionKind.FreeCheckpoint => "the checkpoint of a node with several children",
            StateActionKind.Trim => "the last tokens of a leaf",
            _ => "a leaf",
        };
        Table table = new Table()
            .Border(TableBorder.Rounded)
            .Title(new TableTitle(Markup.Escape($"{place}: {what} · {policy.Name} · {Number.Counted(victim.Candidates, "candidate")}")));
        table.AddColumn("candidate");
        if (!terms.IsKeys)
        {
            table.AddColumn("what would go");
        }

        foreach (string header in (string[])[.. terms.IsKeys ? (string[])["frees"] : ["path tokens", "edge tokens", "frees", "costs tokens"], "score"])
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (TermValue term in victim.Lowest[0].Terms)
        {
            table.AddColumn(new TableColumn(Markup.Escape(Header(term))).RightAligned());
        }

        foreach ((int rank, CandidateScore candidate) in victim.Lowest.Index())
        {
            string name = rank == 0 ? "victim" : $"next {rank}";
            string[] cells =
            [
                name,
                .. terms.IsKeys ? (string[])[terms.Capacity(candidate.FreedBytes)] : OfTree(candidate),
                Short(candidate.Score),
                .. candidate.Terms.Select(Cell),
            ];
            table.AddRow(cells.Select(cell => new Text(cell, rank == 0 ? new Style(decoration: Decoration.Bold) : Style.Plain)));
        }

        return table;
    }

    private static string[] OfTree(CandidateScore candidate) =>
    [
        candidate.Children == 0 ? "leaf" : "checkpoint",
        Number.Count(candidate.PathTokens),
        Number.Count(candidate.EdgeTokens),
        ByteSize.Format(candidate.FreedBytes),
        Number.Count(candidate.LostTokens),
    ];

    private static string Header(TermValue term) => term.Weight == 1 ? term.Name : $"{Number.Exact(term.Weight)} x {term.Name}";

    private static string Cell(TermValue term)
        => term.Raw == term.Contribution ? Short(term.Raw) : $"{Short(term.Contribution)} ({Short(term.Raw)})";

    private static string Reason(VictimExplanation victim)
    {
        if (victim.IsLastResort)
        {
            return "There was no other candidate: the commit gave up the node that its own request had used.";
        }

        if (victim.Lowest.Count == 1)
        {
            return "It was the only candidate.";
        }

        CandidateScore lost = victim.Lowest[0];
        CandidateScore next = victim.Lowest[1];
        (string Name, double By)[] differences = [.. lost.Terms.Zip(next.Terms, (left, right) => (left.Name, By: right.Contribution - left.Contribution)).Where(term => term.By != 0)];
        if (differences.Length == 0)
        {
            return $"It ties with the next in every term and was made first (number {lost.Creation} against {next.Creation}).";
        }

        string parts = string.Join(", ", differences.OrderByDescending(term => term.By).Select(term => $"{term.Name} {(term.By > 0 ? "lower" : "higher")} by {Short(Math.Abs(term.By))}"));
        return $"Against the next candidate: {parts}.";
    }

    private static string Short(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
