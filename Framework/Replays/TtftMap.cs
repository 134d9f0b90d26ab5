namespace Squelch;

/// <summary>
/// Estimates the time to first token from the tokens left to prefill. The paper's map is the least-squares line through a profile of
/// Jamba-1.5-Mini on four A100 (50 to 31,950 tokens; Marconi, section 5.1): reuse, queueing and loading of states cost nothing in it, and below
/// some 600 tokens it lies under the measured floor of 48 ms.
/// </summary>
/// <param name="Intercept">Milliseconds of an empty prefill.</param>
/// <param name="Slope">Milliseconds per token.</param>
public sealed record TtftMap(double Intercept, double Slope)
{
    /// <summary>The paper's map.</summary>
    public static TtftMap Paper { get; } = new(17.813576829442987, 0.05296438724334766);

    /// <summary>Milliseconds to the first token.</summary>
    public double Milliseconds(long tokensToPrefill) => Intercept + (Slope * tokensToPrefill);

    /// <summary>Mean and quantiles, interpolated linearly between the two nearest ranks. Sorts the values.</summary>
    public static TtftSummary Summarize(Span<double> milliseconds)
    {
        if (milliseconds.IsEmpty)
        {
            return default;
        }

        double sum = 0;
        foreach (double value in milliseconds)
        {
            sum += value;
        }

        milliseconds.Sort();
        return new(sum / milliseconds.Length, At(milliseconds, 0.05), At(milliseconds, 0.5), At(milliseconds, 0.95), At(milliseconds, 0.99));
    }

    private static double At(ReadOnlySpan<double> sorted, double quantile)
    {
        double rank = quantile * (sorted.Length - 1);
        int below = (int)rank;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((rank - below) * (sorted[below + 1] - sorted[below]));
    }
}
