using System.Globalization;

namespace Squelch.Tool;

/// <summary>
/// Policies that had the same hits in every replay: the same tokens, requests, FLOPs and costs. They are one row, one line and one name. What knows the future
/// stays apart from what does not.
/// </summary>
/// <param name="Policies">One or more; the first stands for all. The user's own comes first, then LRU, Marconi, and the rest in the order of the plan.</param>
internal sealed record EqualPolicies(IReadOnlyList<PolicySettings> Policies)
{
    /// <summary>More names than this are a count.</summary>
    private const int MostNames = 5;

    /// <summary>The one that stands for all.</summary>
    public PolicySettings First => Policies[0];

    /// <summary>True where they know the future.</summary>
    public bool NeedsFuture => First.Policy.Descriptor.NeedsFuture;

    /// <summary>The first's name.</summary>
    public string FirstName => NameOf(First);

    /// <summary>The names of the others, as <c>Lru, Ttl</c>; empty where there are none.</summary>
    public string OtherNames => string.Join(", ", Policies.Skip(1).Select(NameOf));

    /// <summary>The first, and those of the others that are always shown.</summary>
    public IReadOnlyList<PolicySettings> Named => [First, .. Policies.Skip(1).Where(AlwaysShown.Includes)];

    /// <summary>Short, for charts: <c>SglangPlus +2</c>, or <c>Lru = Marconi +1</c>.</summary>
    public string ShortName => string.Join(" = ", Named.Select(NameOf)) + (Policies.Count > Named.Count ? $" +{Policies.Count - Named.Count}" : "");

    /// <summary>The names that the short name leaves out.</summary>
    public string UnnamedNames => string.Join(", ", Policies.Except(Named).Select(NameOf));

    /// <summary>For sentences: <c>SglangPlus (= Lru, Ttl)</c>.</summary>
    public string Name
        => Policies.Count == 1 ? FirstName
            : Policies.Count <= MostNames ? $"{FirstName} (= {OtherNames})"
            : $"{FirstName} (= {string.Join(", ", Policies.Skip(1).Take(MostNames - 2).Select(NameOf))} and {Policies.Count - MostNames + 1} more)";

    /// <summary>Finds equals among outcomes, of one trace or of many.</summary>
    /// <param name="outcomes">In the order of the plan.</param>
    /// <returns>All policies, those always shown first, then in the order of the plan.</returns>
    public static IReadOnlyList<EqualPolicies> Of(IEnumerable<ReplayOutcome> outcomes)
        => [.. outcomes
            .GroupBy(outcome => outcome.Cell.Policy)
            .GroupBy(policy => Hits([.. policy]), policy => policy.Key)
            .Select(equal => new EqualPolicies([.. equal.OrderBy(AlwaysShown.Rank)]))
            .OrderBy(equal => AlwaysShown.Rank(equal.First))];

    /// <summary>True where the policy is one of these.</summary>
    public bool Contains(PolicySettings policy) => Policies.Contains(policy);

    private static string NameOf(PolicySettings policy) => policy.Policy.Descriptor.Name;

    private static string Hits(IReadOnlyList<ReplayOutcome> outcomes)
        => $"{outcomes[0].NeedsFuture};" + string.Join(';', outcomes.Select(outcome => string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Result.HitTokens} {outcome.Result.HitRequests} {outcome.Result.FlopsSaved.Total} {outcome.Result.CostSaved}")));
}
