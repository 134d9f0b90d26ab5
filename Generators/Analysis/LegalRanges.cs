using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>What the inputs of a policy's formulas can be: features as the table says, tunables in their range, policy states from 0 on, custom features as their methods give them.</summary>
internal sealed class LegalRanges
{
    private const int Rounds = 5;

    private readonly PolicyModel _model;
    private readonly Dictionary<string, ValueRange> _states = [];
    private readonly Dictionary<string, ValueRange> _features = [];

    public LegalRanges(PolicyModel model)
    {
        _model = model;
        foreach (StateModel state in model.States)
        {
            _states[Names.Camel(state.Name)] = ValueRange.Point(0);
        }

        foreach (CustomFeatureModel feature in model.Features)
        {
            _features[feature.Name] = ValueRange.Point(0);
        }

        // States and features grow from each other; a bound that still grows after some rounds is taken to grow without end, and what that moves is followed to
        // where nothing grows.
        for (int round = 0; Grow(endless: round >= Rounds); round++)
        {
        }
    }

    /// <summary>Ranges while candidates are scored.</summary>
    public IntervalAnalysis Scoring() => new(leaf => Of(leaf, scoring: true));

    /// <summary>Ranges while a node is made or used.</summary>
    public IntervalAnalysis Updating() => new(leaf => Of(leaf, scoring: false));

    /// <summary>Ranges while a policy state is written.</summary>
    public IntervalAnalysis Writing(StateUpdateModel update) => update.OnlyEvicts ? Scoring() : Updating();

    /// <summary>The value of a formula is never NaN.</summary>
    public static bool IsNumber(IntervalAnalysis ranges, Expression formula) => !ranges.Of(formula).MayBeNaN;

    /// <summary>The range of a feature; candidates have few children, and free something.</summary>
    public ValueRange OfFeature(string name, bool scoring)
    {
        FeatureRow feature = FeatureTable.Of(name);
        double high = scoring && feature.Source == FeatureSource.Children && _model.Candidates != "Checkpoints" ? (_model.Candidates == "Leaves" ? 0 : 1) : feature.High;
        high = name == "checkpointBytes" && _model.Checkpoints is ["None"] ? 0 : high;

        // A node with one child may hold nothing but its edge, which stays.
        double low = scoring && name == "bytesFreed" && _model.Candidates != "AtMostOneChild" ? 1 : feature.Low;
        return _model.SinglePrecision ? new((float)low, (float)high) : new(low, high);
    }

    public static ValueRange OfTunable(TunableModel tunable)
        => new(Math.Min(tunable.Minimum, tunable.Default), Math.Max(tunable.Maximum, tunable.Default));

    private ValueRange Of(Expression leaf, bool scoring) => leaf switch
    {
        Read { Kind: ReadKind.Feature } read => OfFeature(read.Name, scoring),
        Read { Kind: ReadKind.Tunable } read => OfTunable(_model.Tunables.First(tunable => Names.Camel(tunable.Name) == Names.Camel(read.Name))),
        Read { Kind: ReadKind.State } read => _states[Names.Camel(read.Name)],
        Read { Kind: ReadKind.CustomFeature } read => _features[read.Name],
        // Under a root there is no parent to read: its features are 0.
        Read { Kind: ReadKind.Parent } read => Of(read.OwnOfParent(), scoring: false).Join(ValueRange.Point(0)),
        Read { Kind: ReadKind.VictimScore } => VictimScore(),
        _ => ValueRange.Unknown,
    };

    private ValueRange VictimScore()
    {
        IntervalAnalysis scoring = Scoring();
        if (_model.Scores.Count > 0)
        {
            return scoring.Of(_model.Scores[0].Body);
        }

        ValueRange sum = ValueRange.Point(0);
        foreach (TermModel term in _model.Terms)
        {
            ValueRange value = scoring.Of(term.Body);
            ValueRange weight = term.Weight.Tunable is { } name ? OfTunable(_model.Tunables.First(tunable => tunable.Name == name)) : ValueRange.Point(term.Weight.Constant);
            double magnitude = (term.MinMax ? 1 : value.Magnitude) * weight.Magnitude;
            sum = new(sum.Low - magnitude, sum.High + magnitude, sum.MayBeNaN || value.MayBeNaN || (term.MinMax && value.MayBeInfinite));
        }

        return sum;
    }

    private bool Grow(bool endless)
    {
        bool grown = false;
        foreach (CustomFeatureModel feature in _model.Features)
        {
            ValueRange value = feature.Bodies.Aggregate(_features[feature.Name], (range, body) => range.Join(Updating().Of(body)));
            grown |= Set(_features, feature.Name, value, endless);
        }

        foreach (StateUpdateModel update in _model.Updates)
        {
            string name = Names.Camel(update.State);
            grown |= Set(_states, name, _states[name].Join(Writing(update).Of(update.Body)), endless);
        }

        return grown;
    }

    private static bool Set(Dictionary<string, ValueRange> ranges, string name, ValueRange value, bool endless)
    {
        ValueRange before = ranges[name];
        if (value == before)
        {
            return false;
        }

        ranges[name] = endless
            ? new(value.Low < before.Low ? double.NegativeInfinity : value.Low, value.High > before.High ? double.PositiveInfinity : value.High, value.MayBeNaN)
            : value;
        return true;
    }
}
