namespace Squelch.Tool;

/// <summary>What an ablation says, in sentences.</summary>
internal static class AblationAnswer
{
    /// <summary>Less than this is not worth a sentence, in points.</summary>
    private const double Least = 0.5;

    /// <summary>Two things pay only together where each by itself brings no more than this share of what both do.</summary>
    private const double Alone = 0.2;

    private const int MostPairs = 2;

    /// <summary>What a reader should learn first.</summary>
    public static IEnumerable<string> Of(AblationResults results) => [Basis(results), .. Largest(results), .. Together(results).Take(MostPairs), Best(results)];

    private static string Basis(AblationResults results)
    {
        AblationSpace space = results.Space;
        string tunables = string.Concat(space.Tunables.Select(tunable => $", {tunable.Key} {Number.Exact(tunable.Value)}"));
        string untuned = space.Settings.IsTuned ? ", untuned" : "";
        return $"{space.Settings.Policy.Descriptor.Name} as it is{tunables}{untuned}: {Number.Percent(results.AsItIs)} % of input tokens are hits, in the mean of {Number.Counted(results.Cells.Count, "cell")} ({Number.Counted(results.Traces, "trace")} at {Number.Counted(results.Cells.Count / results.Traces, "size")} of the cache).";
    }

    private static IEnumerable<string> Largest(AblationResults results)
    {
        ChangeEffect[] felt = [.. results.Effects.Where(effect => Math.Abs(effect.Mean) >= Least).OrderByDescending(effect => Math.Abs(effect.Mean))];
        if (felt.Length == 0)
        {
            return [$"No change alone is worth {Number.Exact(Least)} points."];
        }

        ChangeEffect most = felt[0];
        ChangeEffect? other = felt.FirstOrDefault(effect => effect.Mean > 0 != most.Mean > 0);
        string opposite = other is null
            ? $"no change alone {(most.Mean > 0 ? "costs" : "gains")} as much as {Number.Exact(Least)}"
            : $"{(other.Mean > 0 ? "the most gained" : "the most lost")} is by {Name(other.Change)} ({Number.Points(other.Mean)})";
        return [$"What matters most: {Name(most.Change)}, {Number.Points(most.Mean)} points; {opposite}."];
    }

    /// <summary>Pairs of which one half alone brings next to nothing: of what the policy has, and of what it could have.</summary>
    private static IEnumerable<string> Together(AblationResults results)
        => from pair in results.Pairs
           from found in (IEnumerable<(double Both, double First, double Second, string Text)>)
           [
               (-pair.Joint, pair.Second.Mean - pair.Joint, pair.First.Mean - pair.Joint, $"{Own(results.Space, pair.First)} and {Own(results.Space, pair.Second)}, as it is, pay only together: over {Name(pair.First.Change)} and {Name(pair.Second.Change)}"),
               (pair.Joint, pair.First.Mean, pair.Second.Mean, $"{Name(pair.First.Change)} and {Name(pair.Second.Change)} pay only together"),
           ]
           where found.Both >= Least && Math.Max(found.First, found.Second) <= Alone * found.Both
           orderby found.Both descending
           select $"{Capital(found.Text)}{(found.Text.EndsWith("together", StringComparison.Ordinal) ? ":" : "")} {Number.Points(found.Both)} points, the first alone {Number.Points(found.First)}, the second alone {Number.Points(found.Second)}.";

    private static string Best(AblationResults results)
    {
        string of = $"Of all {Number.Count(results.Space.Combinations.Count)} combinations";
        return results.Best.Changes.Count == 0
            ? $"{of} the policy as it is is the best."
            : $"{of} the best is {string.Join(" + ", results.Best.Changes.Select(Name))}: {Number.Points(results.Best.Mean)} points.";
    }

    private static string Own(AblationSpace space, ChangeEffect effect) => Name(effect.Change.Aspect, space.AsItIs(effect.Change.Aspect));

    private static string Name(AblationChange change) => Name(change.Aspect, change.Name);

    private static string Name(Aspect aspect, string what) => $"{AblationTable.Word(aspect)} \"{what}\"";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
