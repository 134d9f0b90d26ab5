namespace Squelch;

/// <summary>
/// Finds one tunable as the Marconi paper does (section 4.2): the policy keeps its default until the window, a multiple of the requests seen
/// before the first eviction, is full; then the window is replayed from an empty cache with each value of the grid, and the value that saves the
/// most FLOPs, or of keys with costs the most of these, is taken; ties go to the lowest value. It happens once.
/// </summary>
/// <typeparam name="TPolicy">The policy.</typeparam>
public sealed class BootstrapTuner<TPolicy>
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private readonly PrefixCache<TPolicy> _cache;
    private readonly int _multiplier;
    private readonly int _tunable;
    private readonly List<(ReadOnlyMemory<int> Sequence, int InputPages, int Tokens, double Cost)> _window = [];

    /// <summary>A tuner of a cache that has seen no request.</summary>
    /// <param name="cache">Its policy is set when the window is full.</param>
    /// <param name="multiplier">The window is this many times the requests before the first eviction; at least 1.</param>
    public BootstrapTuner(PrefixCache<TPolicy> cache, int multiplier)
    {
        ArgumentNullException.ThrowIfNull(cache);
        if (multiplier < 1)
        {
            throw new SquelchException($"{cache.Descriptor.Name}.BootstrapMultiplier = {multiplier} is out of range; give a whole number from 1.");
        }

        _cache = cache;
        _multiplier = multiplier;
        _tunable = cache.Descriptor.TunableIndex(
            cache.Descriptor.BootstrapTunable ?? throw new SquelchException($"{cache.Descriptor.Name} has no tunable to find; name it with [BootstrapTuner] on the policy."));
    }

    /// <summary>Requests in the window, or null before the first eviction.</summary>
    public long? Window => _cache.LookupsBeforeEviction * _multiplier;

    /// <summary>The value chosen, or null before that.</summary>
    public double? Chosen { get; private set; }

    /// <summary>Call between a request's lookup and its commit.</summary>
    /// <param name="sequence">Input and output pages; kept until the window is full.</param>
    /// <param name="inputPages">How many of them were looked up.</param>
    /// <param name="tokens">Tokens of the sequence.</param>
    /// <param name="cost">As <see cref="RequestHints.Cost"/> of the lookup.</param>
    public void Observe(ReadOnlyMemory<int> sequence, int inputPages, int tokens, double cost = double.NaN)
    {
        if (Chosen is not null)
        {
            return;
        }

        _window.Add((sequence, inputPages, tokens, cost));
        if (_cache.Lookups >= Window)
        {
            Chosen = Choose();
            _cache.Policy = With(Chosen.Value);
            _window.Clear();
            _window.TrimExcess();
        }
    }

    private double Choose()
    {
        double[] grid = [.. _cache.Descriptor.Tunables[_tunable].Grid()];
        var saved = new (double Cost, FlopCount Flops)[grid.Length];
        Parallel.For(0, grid.Length, i => saved[i] = Saved(With(grid[i])));
        int best = 0;
        for (int i = 1; i < grid.Length; i++)
        {
            if (Exceeds(saved[i], saved[best]))
            {
                best = i;
            }
        }

        return grid[best];
    }

    // The specification compares (recurrent, attention, MLP) in that order.
    private static bool Exceeds(in (double Cost, FlopCount Flops) left, in (double Cost, FlopCount Flops) right)
        => (left.Cost, left.Flops.Recurrent, left.Flops.Attention, left.Flops.Mlp).CompareTo((right.Cost, right.Flops.Recurrent, right.Flops.Attention, right.Flops.Mlp)) > 0;

    private (double Cost, FlopCount Flops) Saved(TPolicy policy)
    {
        using var cache = new PrefixCache<TPolicy>(policy, _cache.Options with { OnVictim = null, Clock = null, Accelerate = null, ChecksCommits = false });
        FlopCount flops = default;
        double costs = 0;
        foreach ((ReadOnlyMemory<int> sequence, int inputPages, int tokens, double cost) in _window)
        {
            ReadOnlySpan<int> pages = sequence.Span;
            int input = (int)Math.Min(tokens, (long)inputPages * cache.Options.PageTokens);
            Lease lease = cache.Lookup(pages[..inputPages], hints: new() { Cost = cost }, tokens: input);
            cache.Commit(lease, pages, tokens);
            flops += cache.Options.Model.Flops(lease.HitTokens);
            costs += lease.HitTokens > 0 && !double.IsNaN(cost) ? cost : 0;
        }

        return (costs, flops);
    }

    private TPolicy With(double value)
    {
        Span<double> tunables = stackalloc double[_cache.Descriptor.Tunables.Length];
        _cache.Policy.CopyTunables(tunables);
        tunables[_tunable] = value;
        return TPolicy.FromTunables(tunables);
    }
}
