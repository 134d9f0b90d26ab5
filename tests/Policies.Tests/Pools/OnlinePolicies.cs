namespace Squelch.Policies.Tests.Pools;

/// <summary>The built-in policies that an engine can use: those that know no future, and nothing that only a tree knows.</summary>
internal static class OnlinePolicies
{
    public static IReadOnlyList<RegisteredPolicy> All { get; } =
        [.. PolicyCatalog.From([typeof(Lru).Assembly]).Policies.Where(policy => !policy.Descriptor.NeedsFuture && !policy.Descriptor.Features.Any(feature => feature.Name is "subtreeHits" or "subtreeBytes"))];

    public static TheoryData<string> Names => [.. All.Select(policy => policy.Descriptor.Name)];

    public static RegisteredPolicy Find(string name) => All.Single(policy => policy.Descriptor.Name == name);

    /// <summary>A selector under tunables in the middle of their ranges, so that none is switched off.</summary>
    public static IVictimSelector CreateSelector(string name, NodeTable nodes, ulong seed)
    {
        RegisteredPolicy policy = Find(name);
        double[] tunables = [.. policy.Descriptor.Tunables.Select(tunable => (tunable.Minimum + tunable.Maximum) / 2)];
        return policy.CreateSelector(tunables, nodes, seed);
    }

    public static VictimPool CreatePool(string name, VictimPoolOptions? options = null)
        => new(Find(name).Descriptor, options ?? new(), (nodes, seed) => CreateSelector(name, nodes, seed));
}
