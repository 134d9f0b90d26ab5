namespace Squelch;

/// <summary>Holds a looked-up path in place while its request runs. Ends with one commit or one abandon.</summary>
public readonly record struct Lease
{
    internal Lease(int cache, int slot, int generation, int hitTokens, int branchTokens)
    {
        Cache = cache;
        Slot = slot;
        Generation = generation;
        HitTokens = hitTokens;
        BranchTokens = branchTokens;
    }

    /// <summary>Input tokens whose states can be reused.</summary>
    public int HitTokens { get; }

    /// <summary>
    /// Tokens after which the engine should capture a checkpoint during prefill, because the request leaves a known edge there
    /// (speculative insertion; Marconi, section 4.1); 0 where there is no such point.
    /// </summary>
    public int BranchTokens { get; }

    internal int Cache { get; }

    internal int Slot { get; }

    internal int Generation { get; }
}

/// <summary>Hints of an engine about a request; features of the same names.</summary>
/// <param name="Priority">Feature <c>priority</c>.</param>
/// <param name="Expires">Feature <c>expires</c>, on the cache's clock.</param>
/// <param name="NextUse">Feature <c>nextUse</c>, on the cache's clock.</param>
/// <param name="Turn">Feature <c>turn</c>.</param>
/// <param name="SessionGap">Feature <c>sessionGap</c>, in ticks of the cache's clock.</param>
/// <param name="Category">Feature <c>category</c>.</param>
public readonly record struct RequestHints(
    double Priority = 0,
    double Expires = double.PositiveInfinity,
    double NextUse = double.PositiveInfinity,
    double Turn = 1,
    double SessionGap = double.PositiveInfinity,
    double Category = 0)
{
    /// <summary>This request, at a time.</summary>
    internal Access At(double now) => new(now, Priority, Expires, NextUse, Turn, SessionGap, Category);
}

/// <summary>A node that a commit will make.</summary>
/// <param name="Tokens">Tokens from the root to its end.</param>
/// <param name="Checkpoint">True where a checkpoint is wanted there.</param>
public readonly record struct PlannedNode(int Tokens, bool Checkpoint);

/// <summary>What became of a commit.</summary>
public readonly ref struct CommitResult
{
    internal CommitResult(bool admitted, ReadOnlySpan<StateAction> actions)
    {
        Admitted = admitted;
        Actions = actions;
    }

    /// <summary>True where the whole sequence is in the cache now.</summary>
    public bool Admitted { get; }

    /// <summary>What the engine has to do with its handles, in order; valid until the cache's next call.</summary>
    public ReadOnlySpan<StateAction> Actions { get; }
}
