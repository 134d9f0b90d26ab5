using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>
/// Short lives of a node, from its making over some uses to its eviction, played as a cache would: custom features and policy states have the
/// values that their own methods give them, so every situation is one that can happen.
/// </summary>
internal sealed class Histories
{
    /// <summary>Made, first use, second use, selection.</summary>
    private static readonly double[][] s_times = [[1, 1, 1, 1], [0, 0, 0, 0], [1, 2, 3, 1000], [1, 1000, 1001, 1001], [0, 1, 1e6, 9007199254740991]];

    private static readonly int s_edges = FeatureTable.Of("tokens").Examples.Length;

    private static readonly int s_requests = FeatureTable.Of("priority").Examples.Length;

    private readonly PolicyModel _model;
    private readonly Action<Expression, double, IReadOnlyList<Fault>, Situation> _played;
    private readonly Evaluator _evaluator;
    private readonly int _requests;
    private readonly Read[] _parents;
    private readonly bool _continues;

    private Situation _situation = new();

    /// <param name="played">Called with each formula that is computed, its value, what went wrong, and the situation, which changes afterwards.</param>
    public Histories(PolicyModel model, Action<Expression, double, IReadOnlyList<Fault>, Situation> played)
    {
        _model = model;
        _played = played;
        _evaluator = new Evaluator(read => _situation.Of(read));
        _requests = model.Bodies.SelectMany(ExpressionTree.Reads).Any(read => read.Kind == ReadKind.Feature && FeatureTable.Of(read.Name).Source is FeatureSource.Hint or FeatureSource.Ghost or FeatureSource.Draw or FeatureSource.Reuse) ? s_requests : 1;
        Read[] reads = [.. model.Bodies.SelectMany(ExpressionTree.Reads).Distinct()];
        _parents = [.. reads.Where(read => read.Kind == ReadKind.Parent)];
        _continues = _parents.Length > 0 || reads.Any(read => read is { Kind: ReadKind.Feature, Name: "continues" });
    }

    /// <summary>Plays all lives.</summary>
    public void Play()
    {
        for (int request = 0; request < _requests; request++)
        {
            for (int setting = 0; setting < (_model.Tunables.Count == 0 ? 1 : 3); setting++)
            {
                foreach (double[] times in s_times)
                {
                    for (int edge = 0; edge < s_edges; edge++)
                    {
                        Play(edge, times, request, setting, continues: false);
                        if (_continues)
                        {
                            Play(edge, times, request, setting, continues: true);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Three nodes, one after the other, used never, once and twice, so that the second and third meet the states that evictions leave; each may continue the one before.</summary>
    private void Play(int edge, double[] times, int request, int setting, bool continues)
    {
        _situation = new Situation();
        foreach (TunableModel tunable in _model.Tunables)
        {
            double[] values = Situations.Values(tunable);
            _situation[ReadKind.Tunable, tunable.Name] = values[setting % values.Length];
        }

        foreach (StateModel state in _model.States)
        {
            _situation[ReadKind.State, state.Name] = 0;
        }

        for (int uses = 0; uses < 3; uses++)
        {
            Make(edge, times[0], request, continues && uses > 0);
            for (int use = 1; use <= uses; use++)
            {
                Use(times[use], use + 1);
            }

            Set("now", times[3]);
            Set("children", 0);
            Evict(Score());
        }
    }

    private void Make(int edge, double time, int request, bool continues)
    {
        double[] before = [.. _parents.Select(read => continues ? _situation.Of(read.OwnOfParent()) : 0)];
        for (int i = 0; i < before.Length; i++)
        {
            _situation[ReadKind.Parent, _parents[i].Name] = before[i];
        }

        foreach (FeatureRow feature in FeatureTable.All)
        {
            double value = feature.Source switch
            {
                FeatureSource.Clock or FeatureSource.Access or FeatureSource.Insert => time,
                FeatureSource.Continuation => continues ? 1 : 0,
                FeatureSource.Use or FeatureSource.Subtree or FeatureSource.Sessions => 1,
                FeatureSource.Children => 0,
                FeatureSource.Edge or FeatureSource.Place => feature.Examples[edge],
                _ => feature.Examples[request],
            };

            // Single precision rounds the greatest numbers down.
            Set(feature.Name, _model.SinglePrecision && value == feature.High ? Math.Min(value, (float)value) : value);
        }

        foreach (CustomFeatureModel feature in _model.Features)
        {
            _situation[ReadKind.CustomFeature, feature.Name] = 0;
        }

        Update(UpdateEvents.Insert, feature => feature.Insert);
    }

    private void Use(double time, int hits)
    {
        Set("hits", hits);
        Set("subtreeHits", hits);
        Set("sessions", hits);
        Set("lastAccess", time);
        Set("now", time);
        Update(UpdateEvents.Hit, feature => feature.Hit);
    }

    /// <summary>Features of the author's own and policy states, in the order of their declaration.</summary>
    private void Update(UpdateEvents at, Func<CustomFeatureModel, Expression?> bodyOf)
    {
        for (int i = 0; i <= _model.Features.Count; i++)
        {
            Write(at, i);
            if (i < _model.Features.Count && bodyOf(_model.Features[i]) is { } body)
            {
                _situation[ReadKind.CustomFeature, _model.Features[i].Name] = Run(body);
            }
        }
    }

    /// <summary>The policy states that an event writes behind so many features.</summary>
    private void Write(UpdateEvents at, int? after = null)
    {
        foreach (StateUpdateModel update in _model.Updates.Where(update => (update.At & at) != 0 && (after is null || update.After == after)))
        {
            // What is not a number is not taken.
            double value = Run(update.Body);
            _situation[ReadKind.State, update.State] = double.IsNaN(value) ? _situation[ReadKind.State, update.State] : value;
        }
    }

    /// <summary>The score of a node that is the only candidate: normalised terms are 1.</summary>
    private double Score()
    {
        if (_model.ReuseTable is { } table)
        {
            Run(table.Class);
        }

        if (_model.Scores.Count > 0)
        {
            double[] scores = [.. _model.Scores.Select(score => Run(score.Body))];
            return scores[0];
        }

        return _model.Terms.Sum(term => Run(term.Body) is var value && term.MinMax ? Weight(term) : Weight(term) * value);
    }

    private double Weight(TermModel term)
        => term.Weight.Tunable is { } name ? _situation[ReadKind.Tunable, name] : term.Weight.Constant;

    private void Evict(double score)
    {
        _situation[ReadKind.VictimScore, "victimScore"] = score;
        Write(UpdateEvents.Evict);
    }

    private double Run(Expression body)
    {
        double value = _evaluator.Run(body);
        _played(body, value, _evaluator.Faults, _situation);
        return value;
    }

    private void Set(string feature, double value) => _situation[ReadKind.Feature, feature] = value;
}
