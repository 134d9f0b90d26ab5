using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>A value for each input of a formula.</summary>
internal sealed class Situation
{
    private readonly Dictionary<(ReadKind Kind, string Name), double> _values;

    public Situation() => _values = [];

    private Situation(Situation other) => _values = new(other._values);

    public double this[ReadKind kind, string name]
    {
        get => _values[(kind, Names.Camel(name))];
        set => _values[(kind, Names.Camel(name))] = value;
    }

    public double Of(Read read) => _values.TryGetValue((read.Kind, Names.Camel(read.Name)), out double value) ? value : 0;

    /// <summary>The value of the input that a formula's parameter of this name reads.</summary>
    public double? OfParameter(string name)
    {
        foreach (ReadKind kind in (ReadKind[])[ReadKind.VictimScore, ReadKind.Feature, ReadKind.CustomFeature, ReadKind.Parent, ReadKind.Tunable, ReadKind.State])
        {
            if (_values.TryGetValue((kind, name), out double value))
            {
                return value;
            }
        }

        return null;
    }

    public Situation Copy() => new(this);

    /// <summary>Features keep their ranges, whole numbers are whole, and none exceeds another that it never exceeds.</summary>
    public bool IsLegal(Func<string, ValueRange> rangeOf)
    {
        foreach (KeyValuePair<(ReadKind Kind, string Name), double> pair in _values)
        {
            if (pair.Key.Kind != ReadKind.Feature)
            {
                continue;
            }

            FeatureRow feature = FeatureTable.Of(pair.Key.Name);
            if (!rangeOf(feature.Name).Contains(pair.Value) || (feature.Whole && Math.Floor(pair.Value) != pair.Value))
            {
                return false;
            }

            for (string? limit = feature.AtMost; limit is not null; limit = FeatureTable.Of(limit).AtMost)
            {
                if (_values.TryGetValue((ReadKind.Feature, limit), out double most) && pair.Value > most)
                {
                    return false;
                }
            }
        }

        return !_values.TryGetValue((ReadKind.Feature, "kvBytes"), out double kv)
            || !_values.TryGetValue((ReadKind.Feature, "checkpointBytes"), out double checkpoint)
            || (_values.TryGetValue((ReadKind.Feature, "bytesHeld"), out double held)
                ? kv + checkpoint == held
                : kv + checkpoint >= 1 && (!_values.TryGetValue((ReadKind.Feature, "pathBytes"), out double path) || kv + checkpoint <= path));
    }
}
