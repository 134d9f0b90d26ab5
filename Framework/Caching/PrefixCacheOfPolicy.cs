namespace Squelch;

/// <summary>A prefix cache under one policy.</summary>
/// <typeparam name="TPolicy">The policy.</typeparam>
public sealed class PrefixCache<TPolicy> : PrefixCache
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private TPolicy _policy;

    /// <summary>A cache under the policy's defaults, which its tuner, if it declares one, replaces by better ones: <see cref="PrefixCache.Tuning"/>.</summary>
    /// <param name="options">Budget, model, clock.</param>
    public PrefixCache(PrefixCacheOptions options)
        : this(PolicyTunables<TPolicy>.Default(), options, TuningMode.Background)
    {
    }

    /// <summary>A cache with these tunables, which it keeps, unless <see cref="TuningOptions.Mode"/> says otherwise.</summary>
    /// <param name="policy">The policy with its tunables.</param>
    /// <param name="options">Budget, model, clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is smaller than one checkpoint and one token.</exception>
    /// <exception cref="SquelchException">A tunable is out of its range.</exception>
    public PrefixCache(TPolicy policy, PrefixCacheOptions options)
        : this(policy, options, TuningMode.Off)
    {
    }

    private PrefixCache(TPolicy policy, PrefixCacheOptions options, TuningMode mode)
        : base(TPolicy.Descriptor, options, PolicyTunables<TPolicy>.Checked(policy, stackalloc double[TPolicy.Descriptor.Tunables.Length]).CreateSelector)
    {
        _policy = policy;
        Span<double> tunables = stackalloc double[Descriptor.Tunables.Length];
        policy.CopyTunables(tunables);
        Choice.Retune(tunables);
        Tuner = CreateTuning(options.Tuning.Mode ?? mode);
    }

    /// <summary>The policy; a new value takes effect at the next selection, keeps all nodes and ends the tuning.</summary>
    /// <exception cref="SquelchException">A tunable is out of its range; nothing has changed.</exception>
    public TPolicy Policy
    {
        get => _policy;
        set
        {
            Span<double> tunables = stackalloc double[Descriptor.Tunables.Length];
            _policy = PolicyTunables<TPolicy>.Checked(value, tunables);
            Tuner?.Dispose();
            base.Retune(tunables);
        }
    }

    private protected override void Retune(ReadOnlySpan<double> tunables)
    {
        _policy = TPolicy.FromTunables(tunables);
        base.Retune(tunables);
    }

    private CacheTuning? CreateTuning(TuningMode mode)
    {
        if (mode == TuningMode.Off || Descriptor.TunedTunables.IsEmpty)
        {
            return null;
        }

        double[] tunables = new double[Descriptor.Tunables.Length];
        _policy.CopyTunables(tunables);
        ITuner tuner = Descriptor.BootstrapTunable is null
            ? new ShadowTuner(Descriptor, tunables, Options.PageTokens)
            : new BootstrapTuner(Descriptor, Options.Tuning.BootstrapMultiplier ?? Descriptor.BootstrapMultiplier);
        return new CacheTuning(tuner, new ShadowFactory<TPolicy>(Options), tunables, mode, Options.Tuning.MostBytes);
    }
}
