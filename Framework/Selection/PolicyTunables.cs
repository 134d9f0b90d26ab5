namespace Squelch;

/// <summary>The tunables of a policy value, for what is made under one policy.</summary>
/// <typeparam name="TPolicy">The policy.</typeparam>
internal static class PolicyTunables<TPolicy>
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    /// <summary>The policy with its defaults.</summary>
    public static TPolicy Default()
    {
        PolicyDescriptor descriptor = TPolicy.Descriptor;
        Span<double> tunables = stackalloc double[descriptor.Tunables.Length];
        for (int i = 0; i < tunables.Length; i++)
        {
            tunables[i] = descriptor.Tunables[i].Default;
        }

        return TPolicy.FromTunables(tunables);
    }

    /// <summary>The policy as it is, once its tunables are written and found to be within their ranges.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="tunables">Room for one value per tunable.</param>
    /// <exception cref="SquelchException">A tunable is out of its range.</exception>
    public static TPolicy Checked(TPolicy policy, Span<double> tunables)
    {
        policy.CopyTunables(tunables);
        TPolicy.Descriptor.CheckTunables(tunables);
        return policy;
    }
}
