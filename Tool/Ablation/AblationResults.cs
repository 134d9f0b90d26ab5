namespace Squelch.Tool;

/// <summary>One trace at one capacity.</summary>
/// <param name="Trace">The trace's name.</param>
/// <param name="CapacityBytes">The capacity.</param>
/// <param name="HitRates">The token hit rate of each combination.</param>
internal sealed record AblationCell(string Trace, long CapacityBytes, double[] HitRates);

/// <summary>What one change does to the policy as it is, in points of token hit rate.</summary>
/// <param name="Change">The change.</param>
/// <param name="Mean">Over the cells.</param>
/// <param name="Worst">The least, and where.</param>
/// <param name="Best">The most, and where.</param>
/// <param name="Everywhere">The mean over the cells and all combinations of changes of other aspects.</param>
internal sealed record ChangeEffect(AblationChange Change, double Mean, (double Points, AblationCell Cell) Worst, (double Points, AblationCell Cell) Best, double Everywhere);

/// <summary>What two changes of different aspects do together, in points in the mean over the cells.</summary>
/// <param name="First">One change.</param>
/// <param name="Second">The other.</param>
/// <param name="Joint">Both.</param>
internal sealed record PairEffect(ChangeEffect First, ChangeEffect Second, double Joint)
{
    /// <summary>What is more than the sum of the two.</summary>
    public double Interaction => Joint - First.Mean - Second.Mean;
}

/// <summary>What an ablation found.</summary>
internal sealed class AblationResults
{
    private const double Points = 100;

    /// <param name="space">What was changed.</param>
    /// <param name="cells">What came out.</param>
    public AblationResults(AblationSpace space, IReadOnlyList<AblationCell> cells)
    {
        (Space, Cells) = (space, cells);
        Effects = [.. space.Changes.Select(EffectOf)];
        Pairs =
        [
            .. from first in Effects
               from second in Effects
               where first.Change.Aspect < second.Change.Aspect
               let joint = MeanOf(space.IndexOf(first.Change, second.Change))
               let pair = new PairEffect(first, second, joint)
               orderby Math.Abs(pair.Interaction) descending
               select pair,
        ];
        Best = space.Combinations.Index().Select(combination => (Changes: combination.Item, Mean: MeanOf(combination.Index))).MaxBy(combination => combination.Mean);
    }

    /// <summary>What was changed.</summary>
    public AblationSpace Space { get; }

    /// <summary>By trace and capacity.</summary>
    public IReadOnlyList<AblationCell> Cells { get; }

    /// <summary>Of each change.</summary>
    public IReadOnlyList<ChangeEffect> Effects { get; }

    /// <summary>Of all pairs; those that differ most from the sum first.</summary>
    public IReadOnlyList<PairEffect> Pairs { get; }

    /// <summary>The combination that gains most in the mean; that without changes where none gains.</summary>
    public (IReadOnlyList<AblationChange> Changes, double Mean) Best { get; }

    /// <summary>The mean token hit rate of the policy as it is.</summary>
    public double AsItIs => Cells.Average(cell => cell.HitRates[0]);

    /// <summary>Traces replayed.</summary>
    public int Traces => Cells.DistinctBy(cell => cell.Trace).Count();

    private double MeanOf(int combination) => Points * Cells.Average(cell => cell.HitRates[combination] - cell.HitRates[0]);

    private ChangeEffect EffectOf(AblationChange change)
    {
        int alone = Space.IndexOf(change);
        (double Points, AblationCell Cell)[] cells = [.. Cells.Select(cell => (Points * (cell.HitRates[alone] - cell.HitRates[0]), cell))];
        double everywhere = Space.Combinations.Where(combination => combination.All(other => other.Aspect != change.Aspect))
            .Average(combination => MeanOf(Space.IndexOf([.. combination, change])) - MeanOf(Space.IndexOf(combination)));
        return new(change, cells.Average(cell => cell.Points), cells.MinBy(cell => cell.Points), cells.MaxBy(cell => cell.Points), everywhere);
    }
}
