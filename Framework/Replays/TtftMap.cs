namespace Squelch;

/// <summary>
/// Estimated time to first token: the Marconi paper's map (arXiv 2411.19379, section 5), a straight line through a prefill profile of
/// Jamba-1.5-Mini on four A100-40GB. It is a map of one model on one machine, whatever model is replayed: use it to compare policies.
/// Reused tokens cost nothing in it, and below about 575 tokens it lies under the 48 ms floor of the profile.
/// </summary>
public static class TtftMap
{
    /// <summary>
    /// Milliseconds of an empty prefill. Ordinary least squares over all 639 points of the profile behind the paper's figures
    /// (50, 100, ..., 31,950 tokens; latencies in ms, warm-up points included as the paper does); R^2 is 0.9987.
    /// </summary>
    public const double InterceptMs = 17.813576829440592;

    /// <summary>Milliseconds per token, of the same fit.</summary>
    public const double MsPerToken = 0.05296438724334775;

    /// <summary>Milliseconds to the first token of a request with so many tokens left to prefill.</summary>
    public static double Milliseconds(long tokensToPrefill) => InterceptMs + (MsPerToken * tokensToPrefill);

    /// <summary>Mean and percentiles (linear interpolation, as numpy); sorts the values in place. All NaN where there are none.</summary>
    public static TtftSummary Summarize(Span<double> milliseconds)
    {
        if (milliseconds.IsEmpty)
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        milliseconds.Sort();
        double sum = 0;
        foreach (double value in milliseconds)
        {
            sum += value;
        }

        return new(
            sum / milliseconds.Length,
            Quantile.Linear(milliseconds, 0.05),
            Quantile.Linear(milliseconds, 0.50),
            Quantile.Linear(milliseconds, 0.95),
            Quantile.Linear(milliseconds, 0.99));
    }
}
