namespace Squelch.Lab;

/// <summary>
/// Estimated time to first token from the tokens left to prefill: a straight line through what was measured of one model on one machine, whatever model is
/// replayed. Use it to compare policies. Reused tokens cost nothing in it. <see cref="Paper"/> and <see cref="Floored"/> are after a prefill profile of
/// Jamba-1.5-Mini on four A100-40GB; beyond <see cref="ProfiledTokens"/> their line goes on where nothing was measured.
/// </summary>
public sealed class TtftMap
{
    /// <summary>
    /// Milliseconds of an empty prefill. Ordinary least squares over all 639 points of the profile behind the paper's figures
    /// (50, 100, ..., 31,950 tokens; latencies in ms, warm-up points included as the paper does); R^2 is 0.9987.
    /// </summary>
    public const double InterceptMs = 17.813576829440592;

    /// <summary>Milliseconds per token, of the same fit.</summary>
    public const double MsPerToken = 0.05296438724334775;

    /// <summary>The profile's floor: the median latency from 150 to 500 tokens, where it is flat. No measured prefill took less than 48.1 ms.</summary>
    public const double FloorMs = 48.5220195;

    /// <summary>Tokens of the longest prefill in the profile. What takes longer is extrapolated, and too short for attention, whose time grows with the square.</summary>
    public const int ProfiledTokens = 31_950;

    private readonly double _interceptMs;
    private readonly double _msPerToken;
    private readonly double _leastMs;

    private TtftMap(string name, string meaning, double leastMs, double interceptMs = InterceptMs, double msPerToken = MsPerToken)
    {
        Name = name;
        Meaning = meaning;
        _leastMs = leastMs;
        _interceptMs = interceptMs;
        _msPerToken = msPerToken;
    }

    /// <summary>The Marconi paper's map (arXiv 2411.19379, section 5): the straight line, which lies under the profile's floor below about 580 tokens.</summary>
    public static TtftMap Paper { get; } = new("paper", "the Marconi paper's straight line through its prefill profile; below about 580 tokens it promises less than was ever measured", 0);

    /// <summary>The paper's line where it lies above the measured floor, and the floor elsewhere.</summary>
    public static TtftMap Floored { get; } = new("floored", "the same line, but never below the 48.5 ms that the shortest prefills took", FloorMs);

    /// <summary>
    /// The tiny hybrid of the sample HybridChat in llama.cpp, on one thread of an AMD EPYC with AVX-512: the least squares line through the processor
    /// times of 834 requests with up to 1,919 tokens left to prefill, restored states included (R^2 0.984), but never below the 1 ms that the shortest took. See https://github.com/squelch/squelch/blob/main/docs/hybrid.md.
    /// </summary>
    public static TtftMap TinyHybrid { get; } = new("tiny-hybrid", "a tiny hybrid with random weights in llama.cpp, on one thread of a processor", leastMs: 1, interceptMs: -1.783, msPerToken: 0.16553);

    /// <summary>All maps.</summary>
    public static IReadOnlyList<TtftMap> All { get; } = [Paper, Floored, TinyHybrid];

    /// <summary>The map of this name; case is ignored.</summary>
    /// <exception cref="SquelchException">There is none; the message offers those that there are.</exception>
    public static TtftMap Find(string name)
        => All.FirstOrDefault(map => string.Equals(map.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SquelchException($"no map of times to first token is called '{name}'. Known: {string.Join(", ", All.Select(map => map.Name))}.");

    /// <summary>Its name in options and reports.</summary>
    public string Name { get; }

    /// <summary>What it says, in a phrase.</summary>
    public string Meaning { get; }

    /// <summary>Milliseconds to the first token of a request with so many tokens left to prefill.</summary>
    public double Milliseconds(long tokensToPrefill) => Math.Max(_leastMs, _interceptMs + (_msPerToken * tokensToPrefill));

    /// <summary>Mean and percentiles over requests (linear interpolation, as numpy). All NaN where there are none.</summary>
    /// <param name="sortedTokens">Tokens left to prefill, ascending.</param>
    public TtftSummary Summarize(ReadOnlySpan<int> sortedTokens)
    {
        double[] milliseconds = Map(sortedTokens);
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

    /// <summary>The times at 0, 1, ..., 100 % of the requests.</summary>
    /// <param name="sortedTokens">Tokens left to prefill, ascending.</param>
    public IReadOnlyList<double> Quantiles(ReadOnlySpan<int> sortedTokens)
    {
        double[] milliseconds = Map(sortedTokens);
        return [.. Enumerable.Range(0, 101).Select(percent => Quantile.Linear(milliseconds, percent / 100.0))];
    }

    private double[] Map(ReadOnlySpan<int> tokens)
    {
        var milliseconds = new double[tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            milliseconds[i] = Milliseconds(tokens[i]);
        }

        return milliseconds;
    }
}
