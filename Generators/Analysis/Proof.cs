using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>What can be said of a term or score for all legal values of its features.</summary>
/// <param name="Unit">In words.</param>
/// <param name="Certainty">Member name of Squelch.Certainty.</param>
/// <param name="Trends">Features and member names of Squelch.Trend.</param>
internal sealed record Proof(string Name, ValueRange Range, string Unit, string Certainty, IReadOnlyList<(string Feature, string Trend)> Trends)
{
    /// <summary>Of each term, or of each score.</summary>
    public static IEnumerable<Proof> Of(PolicyModel model)
    {
        var ranges = new LegalRanges(model);
        var units = new UnitAnalysis(model);
        return model.Terms.Select(term => Of(ranges, units, term.Name, term.Body)).Concat(model.Scores.Select(score => Of(ranges, units, score.Name, score.Body)));
    }

    /// <summary>Of the formula that chooses among places.</summary>
    public static Proof Of(PolicyModel model, CheckpointModel checkpoint) => Of(new(model), new(model), checkpoint.Name, checkpoint.Body);

    private static Proof Of(LegalRanges ranges, UnitAnalysis units, string name, Expression body)
    {
        IntervalAnalysis intervals = ranges.Scoring();
        ValueRange range = intervals.Of(body);
        return new(
            name,
            range,
            units.Of(body).ToString(),
            range.MayBeNaN ? "Guarded" : range.MayBeInfinite ? "Number" : "Finite",
            [
                .. ExpressionTree.Reads(body)
                    .Where(read => read.Kind is ReadKind.Feature or ReadKind.CustomFeature && read.Name != "draw")
                    .Select(read => (read.Name, TrendOf(Monotonicity.InInput(intervals, read.Kind, read.Name, body)))),
            ]);
    }

    private static string TrendOf(Direction direction) => direction switch
    {
        Direction.Up => "Rises",
        Direction.Down => "Falls",
        _ => "Open",
    };
}
