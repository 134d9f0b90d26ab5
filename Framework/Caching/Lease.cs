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
    /// (speculative insertion; Marconi, section 4.1); 0 where there is no such point, or the policy wants no checkpoint there.
    /// </summary>
    public int BranchTokens { get; }

    internal int Cache { get; }

    internal int Slot { get; }

    internal int Generation { get; }
}
