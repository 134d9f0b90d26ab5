using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ1010: a tunable, policy state or custom feature that no score depends on, directly or through others.</summary>
internal sealed class UnreadRule : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        PolicyModel model = policy.Model;
        if (model.Selector is not null)
        {
            // A hand-written selector may read what it likes.
            return [];
        }

        var read = new HashSet<(ReadKind Kind, string Name)>(model.Terms.Where(term => term.Weight.Tunable is not null).Select(term => (ReadKind.Tunable, Names.Camel(term.Weight.Tunable!))));
        var bodies = new Queue<Expression>(model.Terms.Select(term => term.Body).Concat(model.Scores.Select(score => score.Body)).Concat(model.Checkpoint is { } checkpoint ? [checkpoint.Body] : []));
        while (bodies.Count > 0)
        {
            foreach (Read input in ExpressionTree.Reads(bodies.Dequeue()).Select(read => read.Kind == ReadKind.Parent ? read.OwnOfParent() : read))
            {
                string name = Names.Camel(input.Name);
                if (read.Add((input.Kind, name)))
                {
                    foreach (Expression body in UpdatesOf(model, input.Kind, name))
                    {
                        bodies.Enqueue(body);
                    }
                }
            }
        }

        return model.Tunables.Where(tunable => !read.Contains((ReadKind.Tunable, Names.Camel(tunable.Name)))).Select(tunable => Report(policy, tunable, tunable.Name))
            .Concat(model.States.Where(state => !read.Contains((ReadKind.State, Names.Camel(state.Name)))).Select(state => Report(policy, state, state.Name)))
            .Concat(model.Features.Where(feature => !read.Contains((ReadKind.CustomFeature, feature.Name))).Select(feature => Report(policy, feature, feature.Name)))
            .Concat(model.ReuseTable is { } table && !read.Any(input => input.Kind == ReadKind.Feature && FeatureTable.Of(input.Name).Source == FeatureSource.Reuse) ? [Report(policy, table, table.Name)] : []);
    }

    private static IEnumerable<Expression> UpdatesOf(PolicyModel model, ReadKind kind, string name) => kind switch
    {
        ReadKind.CustomFeature => model.Features.First(feature => feature.Name == name).Bodies,
        ReadKind.Feature when model.ReuseTable is { } table && FeatureTable.Of(name).Source == FeatureSource.Reuse => [table.Class],
        ReadKind.State => model.Updates.Where(update => Names.Camel(update.State) == name).Select(update => update.Body),
        _ => [],
    };

    private static Problem Report(ValidPolicy policy, object declared, string name)
        => Problem.At(RuleIds.NeverRead, policy.Sources.MemberOf(declared), name);
}
