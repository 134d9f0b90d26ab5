namespace Squelch.Tool;

/// <summary>What became of a claim.</summary>
internal enum Verdict
{
    /// <summary>An effect to the same side, at least half as large; or a number that formulas give, within 1 %.</summary>
    Reproduced,

    /// <summary>An effect to the same side, but less than half as large.</summary>
    TrendOnly,

    /// <summary>No effect that can be told from none, or one to the other side.</summary>
    Not,
}

/// <summary>Tells verdicts from numbers.</summary>
internal static class Judging
{
    private const double Enough = 0.5;
    private const double Least = 0.1;
    private const double Exact = 0.01;

    /// <summary>How verdicts are told, for readers.</summary>
    public const string Rule =
        "A claim is reproduced (yes) where the effect goes to the paper's side and is at least half as large, it is a trend where it is smaller, and not reproduced (no) where it is less than a tenth, goes to the other "
        + "side, or cannot be told from none: of seeds the 95 % interval of the mean (Student's t) must leave out no effect, of given traces the median counts. Ratios are compared by their logarithms.";

    /// <summary>Compares an effect with the paper's.</summary>
    /// <param name="measure">Says what no effect is.</param>
    /// <param name="paper">The paper's number.</param>
    /// <param name="here">The number here.</param>
    /// <param name="isInterval">True where the range of <paramref name="here"/> tells how sure it is.</param>
    public static Verdict OfEffect(Measure measure, double paper, Estimate here, bool isInterval)
    {
        // In parts of the paper's effect: negative ones go to the other side.
        double effect = Part(here.Value);
        double surely = isInterval ? Math.Min(Part(here.Low), Part(here.High)) : effect;
        return surely > 0 && effect >= Least ? (effect >= Enough ? Verdict.Reproduced : Verdict.TrendOnly) : Verdict.Not;

        double Part(double value) => measure.Effect(value) / measure.Effect(paper);
    }

    /// <summary>Compares a shortfall with the paper's: it may be at most as large, or twice that for a trend.</summary>
    public static Verdict OfLimit(double paper, Estimate here)
        => here.Value <= paper ? Verdict.Reproduced : here.Value <= paper / Enough ? Verdict.TrendOnly : Verdict.Not;

    /// <summary>Compares what formulas give.</summary>
    public static Verdict OfFormula(double paper, double here) => Math.Abs(here - paper) <= Exact * Math.Abs(paper) ? Verdict.Reproduced : Verdict.Not;
}
