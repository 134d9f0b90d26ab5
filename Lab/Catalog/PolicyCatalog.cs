using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Squelch.Lab;

/// <summary>A policy that can be run by name.</summary>
public abstract class RegisteredPolicy
{
    /// <summary>The policy's type.</summary>
    public abstract Type Type { get; }

    /// <summary>What is known of the policy.</summary>
    public abstract PolicyDescriptor Descriptor { get; }

    /// <summary>Replays a trace under the policy.</summary>
    /// <inheritdoc cref="Lab.Replay.Run{TPolicy}"/>
    public abstract ReplayResult Replay(Trace trace, ReplayOptions options);

    /// <summary>A selector over the nodes of one tree.</summary>
    /// <param name="tunables">One value per tunable, in descriptor order.</param>
    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="seed">The seed of <c>draw</c>.</param>
    public abstract IVictimSelector CreateSelector(ReadOnlySpan<double> tunables, NodeTable nodes, ulong seed);
}

/// <summary>The policies of some assemblies, found by their type; nothing is registered by hand.</summary>
public sealed class PolicyCatalog
{
    private const string Untrimmed = "Policies are found by looking through an assembly; where programs are trimmed or compiled ahead of time, name the policy: Replay.Run<TPolicy>.";

    private PolicyCatalog(ImmutableArray<RegisteredPolicy> policies) => Policies = policies;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<RegisteredPolicy> Policies { get; }

    /// <summary>The policies of these assemblies.</summary>
    [RequiresUnreferencedCode(Untrimmed)]
    [RequiresDynamicCode(Untrimmed)]
    public static PolicyCatalog From(IEnumerable<Assembly> assemblies)
        => new([.. assemblies.SelectMany(Find).OrderBy(policy => policy.Descriptor.Name, StringComparer.Ordinal)]);

    /// <summary>These policies and those of one more assembly.</summary>
    /// <exception cref="SquelchException">The assembly has no policy, or one whose name is taken: two of a name could not be told apart.</exception>
    [RequiresUnreferencedCode(Untrimmed)]
    [RequiresDynamicCode(Untrimmed)]
    public PolicyCatalog With(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        RegisteredPolicy[] added = [.. Find(assembly)];
        if (added.Length == 0)
        {
            throw new SquelchException(None(assembly));
        }

        foreach (RegisteredPolicy policy in added)
        {
            if (Policies.Concat(added).FirstOrDefault(other => other != policy && string.Equals(other.Descriptor.Name, policy.Descriptor.Name, StringComparison.OrdinalIgnoreCase)) is { } other)
            {
                throw new SquelchException($"{assembly.GetName().Name} has a policy {policy.Type.FullName}, whose name {other.Type.FullName} of {other.Type.Assembly.GetName().Name} has already: results could not tell them apart. Rename one.");
            }
        }

        return new([.. Policies.Concat(added).OrderBy(policy => policy.Descriptor.Name, StringComparer.Ordinal)]);
    }

    /// <summary>The policy of that name, upper and lower case alike.</summary>
    /// <exception cref="SquelchException">There is none; the message offers the nearest.</exception>
    public RegisteredPolicy Find(string name)
    {
        RegisteredPolicy? found = Policies.FirstOrDefault(policy => string.Equals(policy.Descriptor.Name, name, StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            return found;
        }

        string? nearest = NearestName.Find(name, Policies.Select(policy => policy.Descriptor.Name));
        throw new SquelchException($"There is no policy '{name}'" + (nearest is null ? $"; there are {string.Join(", ", Policies.Select(policy => policy.Descriptor.Name))}." : $"; did you mean '{nearest}'?"));
    }

    [RequiresUnreferencedCode(Untrimmed)]
    [RequiresDynamicCode(Untrimmed)]
    private static IEnumerable<RegisteredPolicy> Find(Assembly assembly)
    {
        Type[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            throw new SquelchException($"{assembly.GetName().Name} cannot be read: {exception.LoaderExceptions[0]?.Message}. Build it against this version of Squelch.", exception);
        }

        foreach (Type type in types)
        {
            if (type.IsValueType && !type.IsGenericTypeDefinition && IsPolicy(type))
            {
                yield return (RegisteredPolicy)Activator.CreateInstance(typeof(Entry<>).MakeGenericType(type))!;
            }
        }
    }

    /// <summary>What to say of an assembly without a policy. NuGet keeps a package's compiler from projects that get it through another project.</summary>
    [RequiresUnreferencedCode(Untrimmed)]
    private static string None(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        return assembly.GetTypes().FirstOrDefault(type => type.IsDefined(typeof(EvictionPolicyAttribute), inherit: false)) is { } uncompiled
            ? $"{name} was built without the policy compiler, so {uncompiled.Name} has [EvictionPolicy] and no code to run. The compiler comes with the package Squelch: reference the package in the project of {name} itself, with its analyzers, and build it again."
            : $"{name} holds no policy; a policy is a readonly partial struct with [EvictionPolicy], in a project that references the package Squelch.";
    }

    /// <summary>True for a compiled formula and for a policy written by hand.</summary>
    [RequiresUnreferencedCode(Untrimmed)]
    private static bool IsPolicy(Type type)
        => type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEvictionPolicy<>));

    private sealed class Entry<TPolicy> : RegisteredPolicy
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        public override Type Type => typeof(TPolicy);

        public override PolicyDescriptor Descriptor => TPolicy.Descriptor;

        public override ReplayResult Replay(Trace trace, ReplayOptions options) => Lab.Replay.Run<TPolicy>(trace, options);

        public override IVictimSelector CreateSelector(ReadOnlySpan<double> tunables, NodeTable nodes, ulong seed)
            => TPolicy.FromTunables(tunables).CreateSelector(nodes, seed);
    }
}
