namespace Squelch.Caching;

/// <summary>Which policies a cache of values can use: all whose features have a meaning for keys.</summary>
internal static class KeyPolicy
{
    /// <summary>Refuses a policy that a cache of values cannot use.</summary>
    /// <exception cref="SquelchException">The policy needs what such a cache does not know.</exception>
    public static void Check(PolicyDescriptor policy, CacheClock clock)
    {
        string[] ofTrees = [.. policy.Features.Where(feature => feature.NeedsTree).Select(feature => feature.Name)];
        if (ofTrees.Length > 0)
        {
            throw new SquelchException($"{policy.Name} reads {string.Join(", ", ofTrees)}, which only a prefix tree has; a cache of values gives hits, lastAccess, inserted, bytesHeld, cost, priority and expires. Use another policy, or leave that out of the formula");
        }

        if (policy.NeedsFuture)
        {
            throw new SquelchException($"{policy.Name} needs to know when keys come again, which only a replay does. Use another policy");
        }

        if (!Enum.IsDefined(clock))
        {
            throw new SquelchException($"{nameof(PolicyCacheOptions.Clock)} is {clock}; it is one of {string.Join(", ", Enum.GetNames<CacheClock>())}");
        }

        if (clock == CacheClock.Requests && policy.Features.Any(feature => feature.Name == "expires"))
        {
            throw new SquelchException($"{policy.Name} reads expires, a time, but the cache's clock counts requests. Set {nameof(PolicyCacheOptions.Clock)} to {nameof(CacheClock)}.{nameof(CacheClock.Seconds)}");
        }
    }

    /// <summary>True where hits have to be told what is said of their entries.</summary>
    public static bool ReadsHints(PolicyDescriptor policy)
        => policy.Plan.Kind == PlanKind.Custom || policy.Features.Any(feature => feature.Name is "priority" or "expires");
}
