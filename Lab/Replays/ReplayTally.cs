namespace Squelch.Lab;

/// <summary>Sums over the requests of one replay.</summary>
internal sealed class ReplayTally(ModelShape model, int requests)
{
    private readonly int[] _inputs = new int[requests];
    private readonly int[] _uncached = new int[requests];
    private int _count;

    public long InputTokens { get; private set; }

    public long HitTokens { get; private set; }

    public int HitRequests { get; private set; }

    /// <summary>Requests with more left to prefill than was ever measured.</summary>
    public int Extrapolated { get; private set; }

    public FlopCount FlopsSaved { get; private set; }

    public Int128 FlopsWithoutCache { get; private set; }

    public double? CostSaved { get; private set; }

    public double? CostWithoutCache { get; private set; }

    public void Add(Request request, int hitTokens)
    {
        InputTokens += request.InputTokens;
        FlopsWithoutCache += model.Flops(request.InputTokens).Total;
        _inputs[_count] = request.InputTokens;
        _uncached[_count++] = request.InputTokens - hitTokens;
        Extrapolated += request.InputTokens - hitTokens > TtftMap.ProfiledTokens ? 1 : 0;
        if (!double.IsNaN(request.Cost))
        {
            CostWithoutCache = (CostWithoutCache ?? 0) + request.Cost;
            CostSaved = (CostSaved ?? 0) + (hitTokens > 0 ? request.Cost : 0);
        }

        if (hitTokens > 0)
        {
            HitRequests++;
            HitTokens += hitTokens;
            FlopsSaved += model.Flops(hitTokens);
        }
    }

    /// <summary>Per request the input tokens that were not reused, ascending. No request can be added after that.</summary>
    public ReadOnlySpan<int> SortedUncachedTokens() => Sorted(_uncached);

    /// <summary>Per request the input tokens, ascending. No request can be added after that.</summary>
    public ReadOnlySpan<int> SortedInputTokens() => Sorted(_inputs);

    private Span<int> Sorted(int[] tokens)
    {
        Span<int> sorted = tokens.AsSpan(0, _count);
        sorted.Sort();
        return sorted;
    }
}
