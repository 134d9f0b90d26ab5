using Spectre.Console;

namespace Squelch.Tool;

/// <summary>Regret for a person: a sentence per model, every cell, and the summary.</summary>
/// <param name="results">What was found.</param>
internal sealed class RegretTable(RegretResults results)
{
    /// <summary>How many of the others the summary shows, besides LRU.</summary>
    private const int MostOthers = 3;

    private string Name => results.Policy.Policy.Descriptor.Name;

    /// <summary>Writes all of it.</summary>
    public void Write(IAnsiConsole console)
    {
        foreach (RegretOfModel ofModel in results.Models)
        {
            console.WriteNote(Sentence(ofModel));
        }

        console.WriteTable(Cells());
        console.WriteLine();
        console.WriteTable(Summaries());
        console.WriteNote($"regret: token hit rate of the best policy of a cell less that of another, in points. Below 0, {Name} is better than all that it is held against: {string.Join(", ", results.Models[0].Cells[0].Others.Select(other => other.Policy))}.");
    }

    private Table Cells()
    {
        Table table = New("model", "trace", "capacity", "best policy");
        AddNumbers(table, "its hit rate %", $"{Name} %", "regret");
        foreach (RegretCell cell in results.Models.SelectMany(ofModel => ofModel.Cells))
        {
            AddRow(table, cell.Model, cell.Trace, ByteSize.Format(cell.CapacityBytes), cell.Best.Policy, Number.Percent(cell.Best.HitRate), Number.Percent(cell.HitRate), Number.Hundredths(cell.Regret));
        }

        return table;
    }

    private Table Summaries()
    {
        Table table = New("model", "policy");
        AddNumbers(table, "mean regret", "worst", "cells within 0.5");
        table.AddColumn("worst at");
        foreach (RegretOfModel ofModel in results.Models)
        {
            foreach (RegretSummary summary in (IEnumerable<RegretSummary>)[ofModel.Own, .. ofModel.Others.Where((other, place) => place < MostOthers || other.Policy == nameof(Policies.Lru))])
            {
                AddRow(
                    table,
                    ofModel.Model,
                    summary.Policy,
                    Number.Hundredths(summary.Mean),
                    Number.Hundredths(summary.Worst.Points),
                    $"{Number.Count(summary.Within)} of {Number.Count(ofModel.Cells.Count)}",
                    $"{summary.Worst.Cell.Trace} at {ByteSize.Format(summary.Worst.Cell.CapacityBytes)}");
            }
        }

        return table;
    }

    private string Sentence(RegretOfModel ofModel)
    {
        RegretSummary own = ofModel.Own;
        RegretSummary other = ofModel.Others[0];
        string place = $"{own.Worst.Cell.Trace} at {ByteSize.Format(own.Worst.Cell.CapacityBytes)}, against {own.Worst.Cell.Best.Policy}";
        return $"{ofModel.Model}: {Name} has a mean regret of {Number.Hundredths(own.Mean)} points over {Number.Counted(ofModel.Cells.Count, "cell")} ({Number.Counted(ofModel.Traces, "trace")}), {Number.Hundredths(own.Worst.Points)} at worst ({place}); the best single one of the others, {other.Policy}, has {Number.Hundredths(other.Mean)}.";
    }

    private static Table New(params ReadOnlySpan<string> headers)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string header in headers)
        {
            table.AddColumn(header);
        }

        return table;
    }

    private static void AddNumbers(Table table, params ReadOnlySpan<string> headers)
    {
        foreach (string header in headers)
        {
            table.AddColumn(new TableColumn(Markup.Escape(header)).RightAligned());
        }
    }

    private static void AddRow(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);
}
