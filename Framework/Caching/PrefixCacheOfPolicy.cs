namespace Squelch;

/// <summary>A prefix cache under one policy.</summary>
/// <typeparam name="TPolicy">The policy.</typeparam>
public sealed class PrefixCache<TPolicy> : PrefixCache
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private TPolicy _policy;

    /// <summary>A cache under the policy's defaults.</summary>
    /// <param name="options">Budget, model, clock.</param>
    public PrefixCache(PrefixCacheOptions options)
        : this(Default(), options)
    {
    }

    /// <summary>A cache.</summary>
    /// <param name="policy">The policy with its tunables.</param>
    /// <param name="options">Budget, model, clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is smaller than one checkpoint and one token.</exception>
    /// <exception cref="SquelchException">A tunable is out of its range.</exception>
    public PrefixCache(TPolicy policy, PrefixCacheOptions options)
        : base(TPolicy.Descriptor, options, Checked(policy, stackalloc double[TPolicy.Descriptor.Tunables.Length]).CreateSelector)
        => _policy = policy;

    /// <summary>The policy; a new value takes effect at the next selection and keeps all nodes.</summary>
    /// <exception cref="SquelchException">A tunable is out of its range; nothing has changed.</exception>
    public TPolicy Policy
    {
        get => _policy;
        set
        {
            Span<double> tunables = stackalloc double[Descriptor.Tunables.Length];
            _policy = Checked(value, tunables);
            Selector.Retune(tunables);
        }
    }

    private static TPolicy Checked(TPolicy policy, Span<double> tunables)
    {
        policy.CopyTunables(tunables);
        TPolicy.Descriptor.CheckTunables(tunables);
        return policy;
    }

    private static TPolicy Default()
    {
        PolicyDescriptor descriptor = TPolicy.Descriptor;
        Span<double> tunables = stackalloc double[descriptor.Tunables.Length];
        for (int i = 0; i < tunables.Length; i++)
        {
            tunables[i] = descriptor.Tunables[i].Default;
        }

        return TPolicy.FromTunables(tunables);
    }
}
