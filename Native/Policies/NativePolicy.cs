namespace Squelch.Native;

/// <summary>A policy that hosts of a native library choose by name.</summary>
public abstract class NativePolicy
{
    private protected NativePolicy()
    {
    }

    internal abstract PolicyDescriptor Descriptor { get; }

    /// <summary>A policy of this type.</summary>
    /// <typeparam name="TPolicy">The policy.</typeparam>
    public static NativePolicy Of<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => new NativePolicy<TPolicy>();

    /// <summary>Makes policies known by name, beside those of Squelch.Policies. The policy compiler writes the call: it is <c>sq_register</c>.</summary>
    /// <param name="policies">The policies. Those that are known already are left as they are.</param>
    /// <returns>Their number, or a code where another policy has the name of one: then none is taken.</returns>
    public static int Register(params ReadOnlySpan<NativePolicy> policies)
    {
        try
        {
            return PolicyNames.Add(policies);
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
    }

    /// <summary>A cache under the policy.</summary>
    /// <param name="tunables">One value per tunable, in descriptor order.</param>
    /// <param name="options">Budget, model, clock.</param>
    internal abstract PrefixCache CreateCache(ReadOnlySpan<double> tunables, PrefixCacheOptions options);

    /// <summary>A pool under the policy.</summary>
    /// <param name="tunables">One value per tunable, in descriptor order.</param>
    /// <param name="options">Model, bounds.</param>
    internal abstract VictimPool CreatePool(ReadOnlySpan<double> tunables, VictimPoolOptions options);
}

/// <inheritdoc/>
internal sealed class NativePolicy<TPolicy> : NativePolicy
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    internal override PolicyDescriptor Descriptor => TPolicy.Descriptor;

    internal override PrefixCache CreateCache(ReadOnlySpan<double> tunables, PrefixCacheOptions options)
        => new PrefixCache<TPolicy>(TPolicy.FromTunables(tunables), options);

    internal override VictimPool CreatePool(ReadOnlySpan<double> tunables, VictimPoolOptions options)
        => new(TPolicy.Descriptor, options, TPolicy.FromTunables(tunables).CreateSelector);
}
