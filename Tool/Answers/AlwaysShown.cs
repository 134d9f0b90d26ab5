using Squelch.Policies;

namespace Squelch.Tool;

/// <summary>The policies that readers look for, so that no table or chart leaves them out: those of the user's own assemblies, LRU and Marconi.</summary>
internal static class AlwaysShown
{
    private const int NotShown = 3;

    /// <summary>True where the policy is one of them.</summary>
    public static bool Includes(PolicySettings policy) => Rank(policy) < NotShown;

    /// <summary>Their order: the user's own, LRU, Marconi; then all others.</summary>
    public static int Rank(PolicySettings policy)
        => IsOwn(policy) ? 0
            : IsLru(policy) ? 1
            : policy.Policy.Type == typeof(Marconi) ? 2
            : NotShown;

    /// <summary>True for a policy that came with <c>--policies</c>.</summary>
    public static bool IsOwn(PolicySettings policy) => policy.Policy.Type.Assembly != typeof(Lru).Assembly;

    /// <summary>True for LRU, which the others are measured against.</summary>
    public static bool IsLru(PolicySettings policy) => policy.Policy.Type == typeof(Lru);
}
