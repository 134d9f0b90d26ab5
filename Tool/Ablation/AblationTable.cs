using Spectre.Console;

namespace Squelch.Tool;

/// <summary>An ablation for a person: sentences, the effect of each change, and the pairs that do not add up.</summary>
/// <param name="results">What was found.</param>
internal sealed class AblationTable(AblationResults results)
{
    /// <summary>Pairs that differ from the sum by less are not shown, in points.</summary>
    private const double LeastInteraction = 0.25;

    private const int MostPairs = 8;

    private bool HasSeveralCells => results.Cells.Count > 1;

    /// <summary>An aspect in words.</summary>
    public static string Word(Aspect aspect) => aspect.ToString().ToLowerInvariant();

    /// <summary>Writes all of it.</summary>
    public void Write(IAnsiConsole console)
    {
        foreach (string sentence in AblationAnswer.Of(results))
        {
            console.WriteNote(sentence);
        }

        console.WriteTable(Changes(Terminal.IsWatched(console)));
        PairEffect[] pairs = [.. results.Pairs.Where(pair => Math.Abs(pair.Interaction) >= LeastInteraction).Take(MostPairs)];
        if (pairs.Length > 0)
        {
            console.WriteLine();
            console.WriteTable(Pairs(pairs));
        }

        console.WriteNote("Points of token hit rate against the policy as it is. alone: this change and no other, in the mean of the cells; in all: with and without it, in the mean of all combinations of the other parts.");
        if (pairs.Length > 0)
        {
            console.WriteNote("over the sum: what two changes do together less what they do one by one. Where both lose the same hits, it is above 0.");
        }

        foreach (string note in results.Space.Notes)
        {
            console.WriteNote(note);
        }
    }

    /// <summary>A program wants every cell of a row, a person what differs from the row above.</summary>
    private Table Changes(bool forPerson)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("as it is");
        table.AddColumn("instead");
        foreach (string header in HasSeveralCells ? (string[])["alone", "worst cell", "best cell", "in all"] : ["alone", "in all"])
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (IGrouping<Aspect, ChangeEffect> aspect in results.Effects.GroupBy(effect => effect.Change.Aspect))
        {
            foreach ((int row, ChangeEffect effect) in aspect.Index())
            {
                string beginning = forPerson && row > 0 ? "" : $"{Word(aspect.Key)}:\n{results.Space.AsItIs(aspect.Key)}";
                string[] places = HasSeveralCells ? [Place(effect, effect.Worst), Place(effect, effect.Best)] : [];
                table.AddRow([.. ((string[])[beginning, effect.Change.Name, Number.Points(effect.Mean), .. places, Number.Points(effect.Everywhere)]).Select(Markup.Escape)]);
            }
        }

        return table;
    }

    private static Table Pairs(IEnumerable<PairEffect> pairs)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("first change");
        table.AddColumn("second change");
        foreach (string header in (string[])["first alone", "second alone", "both", "over the sum"])
        {
            table.AddColumn(new TableColumn(header).RightAligned());
        }

        foreach (PairEffect pair in pairs)
        {
            table.AddRow([.. ((string[])[Name(pair.First), Name(pair.Second), Number.Points(pair.First.Mean), Number.Points(pair.Second.Mean), Number.Points(pair.Joint), Number.Points(pair.Interaction)]).Select(Markup.Escape)]);
        }

        return table;
    }

    private static string Name(ChangeEffect effect) => $"{Word(effect.Change.Aspect)}: {effect.Change.Name}";

    private string Place(ChangeEffect effect, (double Points, AblationCell Cell) at)
    {
        string place = effect.Worst.Points == effect.Best.Points ? "" : $" at {ByteSize.Format(at.Cell.CapacityBytes)}{(results.Traces > 1 ? $"\n{at.Cell.Trace}" : "")}";
        return Number.Points(at.Points) + place;
    }
}
