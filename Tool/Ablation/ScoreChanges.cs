using Squelch.Policies;

namespace Squelch.Tool;

/// <summary>Other scores for a policy: weights of its terms at 0 and at 1, a term left out, recency alone, chance.</summary>
internal static class ScoreChanges
{
    private static readonly double[] s_weights = [0, 1];

    /// <summary>All that differ from the score as it is.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="tunables">Its tunables.</param>
    /// <param name="catalog">Has <see cref="Lru"/> and <see cref="RandomNode"/>.</param>
    public static IReadOnlyList<AblationChange> Of(RegisteredPolicy policy, double[] tunables, PolicyCatalog catalog)
    {
        ScoreSetting[] weighted = [.. Weighted(policy, tunables)];
        ScoreSetting[] all = [new("", tunables, ScoreTerms.Of(policy, tunables)), .. weighted];
        return
        [
            .. weighted.Select(setting => Change(setting.Name, (nodes, seed) => policy.CreateSelector(setting.Tunables, nodes, seed))),
            .. Enumerable.Range(0, all[0].Terms.Count).SelectMany(term => WithoutTerm(policy, term, all)),
            .. Instead(policy, catalog.Find(nameof(Lru)), "recency alone"),
            .. Instead(policy, catalog.Find(nameof(RandomNode)), "random"),
        ];
    }

    /// <summary>Tunables that weigh a term, at 0 and at 1.</summary>
    private static IEnumerable<ScoreSetting> Weighted(RegisteredPolicy policy, double[] tunables)
    {
        double[] weights = ScoreTerms.Of(policy, tunables).Weights;
        return
            from at in policy.Descriptor.Tunables.Index()
            from weight in s_weights
            where weight != tunables[at.Index] && weight >= at.Item.Minimum && weight <= at.Item.Maximum
            let changed = (double[])[.. tunables[..at.Index], weight, .. tunables[(at.Index + 1)..]]
            let terms = ScoreTerms.Of(policy, changed)
            where !terms.Weights.SequenceEqual(weights)
            select new ScoreSetting($"{at.Item.Name} {Number.Exact(weight)}", changed, terms);
    }

    /// <summary>A term left out of the score as it is, or where the rest weighs nothing there, of the first in which it does; nothing where a weight of 0 says the same.</summary>
    private static IEnumerable<AblationChange> WithoutTerm(RegisteredPolicy policy, int term, ScoreSetting[] settings)
        => settings.Any(setting => setting.Terms.Weights[term] == 0 && setting.Terms.HasOthers(term)) || settings.FirstOrDefault(setting => setting.Terms.CanLeaveOut(term)) is not { } chosen
            ? []
            : [Change(
                $"without {chosen.Terms.Names[term]}{(chosen.Name.Length > 0 ? $", {chosen.Name}" : "")}",
                (nodes, seed) => new TermLeftOut((FormulaSelector)policy.CreateSelector(chosen.Tunables, nodes, seed), term, chosen.Terms.Count))];

    private static IEnumerable<AblationChange> Instead(RegisteredPolicy policy, RegisteredPolicy other, string name)
        => policy.Descriptor.Formula.SequenceEqual(other.Descriptor.Formula) ? [] : [Change(name, (nodes, seed) => other.CreateSelector([], nodes, seed))];

    private static AblationChange Change(string name, Func<NodeTable, ulong, IVictimSelector> create)
        => new(Aspect.Score, name, parts => parts with { CreateSelector = create });

    private sealed record ScoreSetting(string Name, double[] Tunables, ScoreTerms Terms);
}
