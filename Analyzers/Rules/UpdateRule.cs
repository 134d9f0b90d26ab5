using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ1009: a custom feature is never updated, or an update refers to itself before it has a value.</summary>
internal sealed class UpdateRule : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        foreach (CustomFeatureModel feature in policy.Model.Features)
        {
            if (feature.Insert is null && feature.Hit is null)
            {
                yield return Report(policy, feature, "is never updated, so it is always 0: mark its method with [OnInsert], [OnHit] or both");
            }
            else if (feature.Insert is { } insert && ReadsItself(insert, feature))
            {
                yield return Report(policy, feature, "reads itself when its node is made, before it has a value: give it a method for [OnInsert] and another of the same name for [OnHit]");
            }
            else if (feature.Hit is null && ConstantAtInsert(feature.Insert!) is { } constant)
            {
                yield return Report(policy, feature, $"is computed when its node is made, where '{constant.Name}' is always {constant.Value}, and never again: mark it with [OnHit] too");
            }
        }

        foreach (StateModel state in policy.Model.States.Where(state => policy.Model.Selector is null && policy.Model.Updates.All(update => update.State != state.Name)))
        {
            yield return Problem.At(RuleIds.NeverUpdated, policy.Sources.MemberOf(state), state.Name, $"is never written, so it is always 0: give it a method with [OnEvict(nameof({state.Name}))], [OnHit(nameof({state.Name}))] or [OnInsert(nameof({state.Name}))], or make it a [Tunable]");
        }
    }

    /// <summary>An input that a new node has the same value of whatever it is.</summary>
    private static (string Name, int Value)? ConstantAtInsert(Expression body)
    {
        foreach (Read read in ExpressionTree.Reads(body).Where(read => read.Kind == ReadKind.Feature))
        {
            switch (FeatureTable.Of(read.Name).Source)
            {
                case FeatureSource.Use:
                    return (read.Name, 1);
                case FeatureSource.Children:
                    return (read.Name, 0);
            }
        }

        return null;
    }

    private static bool ReadsItself(Expression body, CustomFeatureModel feature)
        => ExpressionTree.Reads(body).Any(read => read.Kind == ReadKind.CustomFeature && read.Name == feature.Name);

    private static Problem Report(ValidPolicy policy, CustomFeatureModel feature, string what)
        => Problem.At(RuleIds.NeverUpdated, policy.Sources.MemberOf(feature), feature.Name, what);
}
