namespace Squelch;

/// <summary>The three kinds that FLOPs are reported by.</summary>
public enum LayerKind
{
    /// <summary>Attention: KV per token, FLOPs quadratic in the prefix.</summary>
    Attention,

    /// <summary>Recurrent: a state of fixed size, FLOPs linear in the prefix.</summary>
    Recurrent,

    /// <summary>MLP: no state, FLOPs linear in the prefix.</summary>
    Mlp,
}

/// <summary>
/// Layers of one form. A prefill of L tokens costs <c>Count * (LinearFlops * L + QuadraticFlops * L^2)</c>;
/// a multiplication and an addition count as two FLOPs.
/// </summary>
/// <param name="Count">How many such layers the model has.</param>
public abstract record LayerGroup(int Count)
{
    /// <summary>The kind that the FLOPs are reported under.</summary>
    public abstract LayerKind Kind { get; }

    /// <summary>FLOPs per token of one layer.</summary>
    public abstract long LinearFlops { get; }

    /// <summary>FLOPs per token squared of one layer.</summary>
    public virtual long QuadraticFlops => 0;

    /// <summary>KV bytes per token of one layer.</summary>
    public virtual long KvBytesPerToken => 0;

    /// <summary>Bytes of one layer's recurrent state, convolution included.</summary>
    public virtual long StateBytes => 0;

    /// <summary>FLOPs of a prefill of any length, once.</summary>
    internal virtual long FixedFlops => 0;

    /// <summary>The sizes, by the names that JSON and messages use; all must be positive.</summary>
    internal abstract IEnumerable<(string Name, int Value)> Sizes { get; }

    /// <summary>The sizes that may also be 0, for what the layer does without.</summary>
    internal virtual IEnumerable<(string Name, int Value)> OptionalSizes => [];
}
