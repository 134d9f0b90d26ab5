namespace Squelch.Tool;

/// <summary>The terms of a policy's score, as its selector shows them of a node.</summary>
/// <param name="Names">Of each term; none where the selector is written by hand.</param>
/// <param name="Weights">Of each term.</param>
/// <param name="IsScaled">Of each term: it is scaled over the candidates, and weighs something.</param>
internal sealed record ScoreTerms(string[] Names, double[] Weights, bool[] IsScaled)
{
    private const long Roomy = 1L << 40;
    private static readonly int[] s_sequence = [1, 2, 3, 4];

    /// <summary>How many.</summary>
    public int Count => Names.Length;

    /// <summary>What cannot be left out, and why.</summary>
    public IEnumerable<string> WhatStays
    {
        get
        {
            string[] unscaled = Count < 2 ? [] : [.. Names.Where((_, i) => Weights[i] != 0 && !IsScaled[i])];
            return Count == 0 ? ["score: the selector is written by hand, so its score can be replaced, but not taken apart"]
                : unscaled.Length > 0 ? [$"score: not scaled over the candidates, and so never left out: {string.Join(", ", unscaled)}"]
                : [];
        }
    }

    /// <summary>Finds them in a cache of one node.</summary>
    public static ScoreTerms Of(RegisteredPolicy policy, double[] tunables)
    {
        using var cache = new PrefixCache(policy.Descriptor, new() { CapacityBytes = Roomy }, (nodes, seed) => policy.CreateSelector(tunables, nodes, seed));
        Lease lease = cache.Lookup(s_sequence.AsSpan(0, 3));
        cache.Commit(lease, s_sequence);
        Span<int> node = stackalloc int[1];
        if (cache.Selector is not FormulaSelector formula || formula.Lowest(cache.Now, node) == 0)
        {
            return new([], [], []);
        }

        TermValue[] terms = formula.Explain(node[0], cache.Now);
        int only = node[0];
        return new(
            [.. terms.Select(term => term.Name)],
            [.. terms.Select(term => term.Weight)],
            [.. terms.Select((term, i) => terms.Length > 1 && ScoreAt(i, term.Raw) != ScoreAt(i, term.Raw + 1))]);

        // At its lowest a scaled term is 0, where it cannot move it is 1; other terms do not change.
        double ScoreAt(int term, double high)
        {
            var scales = new Extremes<double>[terms.Length];
            scales[term] = new(terms[term].Raw, high);
            return formula.ScoreWith(0, only, cache.Now, scales);
        }
    }

    /// <summary>True where other terms weigh something.</summary>
    public bool HasOthers(int term) => Weights.Where((weight, i) => i != term && weight != 0).Any();

    /// <summary>True where the score goes on without the term.</summary>
    public bool CanLeaveOut(int term) => IsScaled[term] && HasOthers(term);
}
