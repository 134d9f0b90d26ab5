namespace Squelch;

/// <summary>A victim pool under one policy.</summary>
/// <typeparam name="TPolicy">The policy.</typeparam>
public sealed class VictimPool<TPolicy> : VictimPool
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private TPolicy _policy;

    /// <summary>A pool under the policy's defaults.</summary>
    /// <param name="options">Model, bounds; null for the defaults.</param>
    public VictimPool(VictimPoolOptions? options = null)
        : this(PolicyTunables<TPolicy>.Default(), options)
    {
    }

    /// <summary>A pool with these tunables.</summary>
    /// <param name="policy">The policy with its tunables.</param>
    /// <param name="options">Model, bounds; null for the defaults.</param>
    /// <exception cref="SquelchException">A tunable is out of its range.</exception>
    public VictimPool(TPolicy policy, VictimPoolOptions? options = null)
        : base(TPolicy.Descriptor, options ?? new(), PolicyTunables<TPolicy>.Checked(policy, stackalloc double[TPolicy.Descriptor.Tunables.Length]).CreateSelector)
        => _policy = policy;

    /// <summary>The policy; a new value takes effect at the next selection and keeps all entries.</summary>
    /// <exception cref="SquelchException">A tunable is out of its range; nothing has changed.</exception>
    public TPolicy Policy
    {
        get => _policy;
        set
        {
            Span<double> tunables = stackalloc double[Descriptor.Tunables.Length];
            value.CopyTunables(tunables);
            Retune(tunables);
        }
    }

    private protected override void Retuned(ReadOnlySpan<double> tunables) => _policy = TPolicy.FromTunables(tunables);
}
