namespace Squelch.Lab;

/// <summary>Quantiles as numpy computes them by default.</summary>
public static class Quantile
{
    /// <summary>The quantile by linear interpolation between neighbours; NaN where there are no values.</summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Linear(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        double part = position - below;
        double step = sorted[above] - sorted[below];

        // numpy interpolates from the nearer end, so that both ends are hit exactly.
        return part < 0.5 ? sorted[below] + (step * part) : sorted[above] - (step * (1 - part));
    }
}
