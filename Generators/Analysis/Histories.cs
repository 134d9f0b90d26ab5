using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>
/// Short lives of a node, from its making over some uses to its eviction, played as a cache would: custom features and policy states have the
/// values that their own methods give them, so every situation is one that can happen.
/// </summary>
internal sealed class Histories
{
    /// <summary>Tokens, depth, KV bytes, checkpoint bytes, path bytes, FLOPs saved, path FLOPs.</summary>
    private static readonly double[][] s_shapes =
    [
        [1, 1, 1, 0, 1, 1, 1],
        [64, 1024, 1 << 20, 1 << 20, 1 << 25, 1e12, 2e12],
        [1, 1, 0, 1, 1, 0, 0],
        [int.MaxValue, int.MaxValue, 1L << 50, 0, 1L << 50, 1e22, 1e22],
    ];

    /// <summary>Made, first use, second use, selection.</summary>
    private static readonly double[][] s_times = [[1, 1, 1, 1], [0, 0, 0, 0], [1, 2, 3, 1000], [1, 1000, 1001, 1001], [0, 1, 1e6, 9007199254740991]];

    /// <summary>Priority, expiry, next use, draw.</summary>
    private static readonly double[][] s_hints = [[0, double.PositiveInfinity, double.PositiveInfinity, 0.5], [1, 1000, 1000, 0], [0, 0, 0, 0]];

    private readonly PolicyModel _model;
    private readonly Action<Expression, double, IReadOnlyList<Fault>, Situation> _played;
    private readonly Evaluator _evaluator;
    private readonly bool _hints;
    private readonly double _rounded;

    private Situation _situation = new();

    /// <param name="played">Called with each formula that is computed, its value, what went wrong, and the situation, which changes afterwards.</param>
    public Histories(PolicyModel model, Action<Expression, double, IReadOnlyList<Fault>, Situation> played)
    {
        _model = model;
        _played = played;
        _evaluator = new Evaluator(read => _situation.Of(read));
        _hints = model.Bodies.SelectMany(ExpressionTree.Reads).Any(read => read.Kind == ReadKind.Feature && read.Name is "priority" or "expires" or "nextUse" or "turn" or "sessionGap" or "category" or "draw");
        _rounded = model.SinglePrecision ? (float)1e22 : 1e22;
    }

    /// <summary>Plays all lives.</summary>
    public void Play()
    {
        foreach (double[] hints in _hints ? s_hints : s_hints.Take(1))
        {
            for (int setting = 0; setting < (_model.Tunables.Count == 0 ? 1 : 3); setting++)
            {
                foreach (double[] times in s_times)
                {
                    foreach (double[] shape in s_shapes)
                    {
                        Play(shape, times, hints, setting);
                    }
                }
            }
        }
    }

    /// <summary>Three nodes, one after the other, used never, once and twice, so that the second and third meet the states that evictions leave.</summary>
    private void Play(double[] shape, double[] times, double[] hints, int setting)
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
            Make(shape, times[0], hints);
            for (int use = 1; use <= uses; use++)
            {
                Use(times[use], use + 1);
            }

            Set("now", times[3]);
            Set("children", 0);
            Evict(Score());
        }
    }

    private void Make(double[] shape, double time, double[] hints)
    {
        Set("tokens", shape[0]);
        Set("depthTokens", shape[1]);
        Set("kvBytes", shape[2]);
        Set("checkpointBytes", shape[3]);
        Set("bytesHeld", shape[2] + shape[3]);
        Set("pathBytes", shape[4]);
        Set("flopsSaved", Math.Min(shape[5], _rounded));
        Set("pathFlops", Math.Min(shape[6], _rounded));
        Set("priority", hints[0]);
        Set("expires", hints[1]);
        Set("nextUse", hints[2]);
        Set("turn", Math.Max(1, Math.Floor(hints[0])));
        Set("sessionGap", hints[2]);
        Set("category", Math.Floor(hints[0]));
        Set("draw", hints[3]);
        Set("children", 0);
        Set("hits", 1);
        Set("inserted", time);
        Set("lastAccess", time);
        Set("now", time);
        foreach (CustomFeatureModel feature in _model.Features)
        {
            _situation[ReadKind.CustomFeature, feature.Name] = 0;
        }

        foreach (CustomFeatureModel feature in _model.Features.Where(feature => feature.Insert is not null))
        {
            _situation[ReadKind.CustomFeature, feature.Name] = Run(feature.Insert!);
        }
    }

    private void Use(double time, int hits)
    {
        Set("hits", hits);
        Set("lastAccess", time);
        Set("now", time);
        foreach (CustomFeatureModel feature in _model.Features.Where(feature => feature.Hit is not null))
        {
            _situation[ReadKind.CustomFeature, feature.Name] = Run(feature.Hit!);
        }
    }

    /// <summary>The score of a node that is the only candidate: normalised terms are 1.</summary>
    private double Score()
    {
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
        foreach (EvictionModel eviction in _model.Evictions)
        {
            _situation[ReadKind.State, eviction.State] = Run(eviction.Body);
        }
    }

    private double Run(Expression body)
    {
        double value = _evaluator.Run(body);
        _played(body, value, _evaluator.Faults, _situation);
        return value;
    }

    private void Set(string feature, double value) => _situation[ReadKind.Feature, feature] = value;
}
