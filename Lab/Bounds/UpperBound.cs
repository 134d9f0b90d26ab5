namespace Squelch.Lab;

/// <summary>
/// Proven upper bounds on the tokens that a cache of a capacity can hit in a trace. A hit of h tokens needs the KV of each of them since the last request that
/// covered it, and one checkpoint at h since the last request that passed h. Of one token, these spans of different hits never overlap, so each of them pays for
/// its own bytes; what all pay in a slot is no more than the capacity. Fractions of options are allowed, and a price per slot stands for the capacity
/// (Lagrange relaxation): any prices give a bound, whatever the search that picks them does. docs/bound.md has the proof.
/// </summary>
public static class UpperBound
{
    /// <summary>Sums of doubles are wrong by far less than this share.</summary>
    private const double Rounding = 1e-9;

    /// <summary>No policy exceeds it, whatever it admits and evicts.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="model">Gives bytes, unless the trace has a model of its own.</param>
    /// <param name="capacityBytes">The budget.</param>
    /// <param name="uses">The trace's prefixes, where they are there already.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Input tokens that are reused in all.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static long HitTokens(Trace trace, ModelShape model, long capacityBytes, FutureUses? uses = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(model);
        return Of(trace, uses, capacityBytes, CacheRules.Any(trace.Model ?? model, capacityBytes), cancellation);
    }

    /// <summary>
    /// No eviction exceeds it where checkpoints are admitted in this way and a <see cref="PrefixCache"/> keeps every sequence that fits. It holds for selectors
    /// that choose a victim while there is a candidate, as <see cref="IVictimSelector.Select"/> asks of them.
    /// </summary>
    /// <param name="trace">The trace.</param>
    /// <param name="model">Gives bytes, unless the trace has a model of its own.</param>
    /// <param name="capacityBytes">The budget.</param>
    /// <param name="admission">Which checkpoints are kept.</param>
    /// <param name="candidates">Which nodes are evicted. Where checkpoints are kept anywhere but at the end of whole blocks, the bound is for both.</param>
    /// <param name="uses">The trace's prefixes, where they are there already.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Input tokens that are reused in all.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static long HitTokens(
        Trace trace,
        ModelShape model,
        long capacityBytes,
        AdmissionDescriptor admission,
        Candidates candidates,
        FutureUses? uses = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(admission);
        return Of(trace, uses, capacityBytes, CacheRules.Of(trace.Model ?? model, capacityBytes, admission, candidates, trace.PageTokens), cancellation);
    }

    private static long Of(Trace trace, FutureUses? uses, long capacityBytes, CacheRules rules, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityBytes);
        if (trace.Requests.Count == 0)
        {
            return 0;
        }

        var prices = new SlotPrices(ReuseOptions.Of(trace, uses ?? FutureUses.Of(trace), rules), capacityBytes);
        double least = prices.Least(cancellation);

        // Without prices, all numbers are whole.
        return (long)Math.Min(prices.Endless, Math.Floor((least * (1 + Rounding)) + Rounding));
    }
}
