namespace Squelch.Tool;

/// <summary>Which rows of a long table are shown: the best, those that readers look for, and the best rule that knows the future.</summary>
/// <param name="Shown">How many, where the table is cut.</param>
/// <param name="Uncut">A table of no more is not cut.</param>
/// <param name="Rest">What shows the rest.</param>
internal sealed record ShownRows(int Shown, int Uncut, string Rest)
{
    /// <summary>Ten of more than twelve.</summary>
    public static ShownRows Ten { get; } = new(10, 12, "--all");

    /// <summary>All of them.</summary>
    public static ShownRows All { get; } = new(int.MaxValue, int.MaxValue, "");

    /// <summary>The policies whose rows are shown.</summary>
    /// <param name="policies">The best first.</param>
    /// <param name="named">What the answer names besides; null for nothing.</param>
    public IReadOnlySet<EqualPolicies> Of(IReadOnlyList<EqualPolicies> policies, EqualPolicies? named = null)
    {
        if (policies.Count <= Uncut)
        {
            return policies.ToHashSet();
        }

        HashSet<EqualPolicies> kept = [.. policies.Where(equal => AlwaysShown.Includes(equal.First))];
        kept.UnionWith(policies.Where(equal => equal.NeedsFuture).Take(1));
        kept.UnionWith(policies.Where(equal => equal == named));
        kept.UnionWith(policies.Where(equal => !equal.NeedsFuture && !kept.Contains(equal)).Take(Math.Max(1, Shown - kept.Count)));
        return kept;
    }
}
