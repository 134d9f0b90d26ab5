namespace Squelch;

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
