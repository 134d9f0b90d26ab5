namespace Squelch;

/// <summary>Sums over the requests of one replay.</summary>
internal sealed class ReplayTally(ModelShape model, int requests)
{
    private readonly double[] _ttft = new double[requests];
    private int _count;

    public long InputTokens { get; private set; }

    public long HitTokens { get; private set; }

    public int HitRequests { get; private set; }

    public FlopCount FlopsSaved { get; private set; }

    public Int128 FlopsWithoutCache { get; private set; }

    public void Add(int inputTokens, int hitTokens)
    {
        InputTokens += inputTokens;
        FlopsWithoutCache += model.Flops(inputTokens).Total;
        _ttft[_count++] = TtftMap.Milliseconds(inputTokens - hitTokens);
        if (hitTokens > 0)
        {
            HitRequests++;
            HitTokens += hitTokens;
            FlopsSaved += model.Flops(hitTokens);
        }
    }

    public TtftSummary Ttft() => TtftMap.Summarize(_ttft.AsSpan(0, _count));
}
