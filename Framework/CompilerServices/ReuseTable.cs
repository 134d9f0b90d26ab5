using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>
/// Counts how old nodes of each class are when they are hit or evicted, and makes statistics of that from time to time. Ages are spaced as floating-point
/// numbers are, eight to an octave, over sixteen octaves; the unit, the age at which they begin, doubles until the oldest that was seen has room.
/// </summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReuseTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Ages per class.</summary>
    internal const int Ages = 128;

    /// <summary>Ages per doubling.</summary>
    internal const int AgesPerOctave = 8;

    /// <summary>The first unit, a millionth of a tick: clocks that count seconds tell microseconds.</summary>
    private const double FirstUnit = 1.0 / (1 << 20);

    private const int FirstUpdate = 256;
    private const int LastUpdate = 32768;

    /// <summary>What counts keep at an update.</summary>
    private const double Fading = 0.9;

    /// <summary>So many of the lives of all classes count in each of them: a class that has seen little reads what most have.</summary>
    private const double Shared = 16;

    // By class and age; the last class is all of them together.
    private readonly double[] _hits;
    private readonly double[] _ends;
    private readonly int _classes;
    private readonly List<ReuseStatistic<T>> _statistics = [];
    private readonly ReuseCurve _curve = new();
    private double _unit = FirstUnit;
    private double _oldest;
    private bool _learnt;
    private int _events;
    private int _update = FirstUpdate;

    /// <summary>An empty table.</summary>
    /// <param name="classes">How many classes.</param>
    public ReuseTable(int classes)
    {
        _classes = classes;
        _hits = new double[(classes + 1) * Ages];
        _ends = new double[_hits.Length];
    }

    /// <summary>A statistic, kept current from now on.</summary>
    /// <param name="measure">Which.</param>
    public ReuseStatistic<T> Keep(ReuseMeasure measure)
    {
        var statistic = new ReuseStatistic<T>(measure, _classes);
        _statistics.Add(statistic);
        statistic.Forget(FirstUnit);
        return statistic;
    }

    /// <summary>A node is made.</summary>
    public void Insert() => Update();

    /// <summary>A node was hit, so that its age begins anew.</summary>
    /// <param name="kind">Its class before the hit.</param>
    /// <param name="age">Ticks since it was used before.</param>
    public void Hit(T kind, double age)
    {
        Count(kind, age, 1);
        Update();
    }

    /// <summary>A node is about to be evicted. Nothing that is read changes, so that several victims of one moment are those of one at a time.</summary>
    /// <param name="kind">Its class.</param>
    /// <param name="age">Ticks since it was used.</param>
    public void Evicting(T kind, double age) => Count(kind, age, 0);

    private void Count(T kind, double age, double hits)
    {
        if (!(age >= 0 && double.IsFinite(age)))
        {
            // A clock that ran backwards, or none at all.
            return;
        }

        if (ReuseAges.Bucket(age, _unit) >= Ages)
        {
            _oldest = Math.Max(_oldest, age);
            if (hits > 0 || !_learnt)
            {
                MakeRoom();
            }
        }

        int bucket = Math.Clamp(ReuseAges.Bucket(age, _unit), 0, Ages - 1);
        Add((ReuseStatistic<T>.Class(kind, _classes) * Ages) + bucket, hits);
        Add((_classes * Ages) + bucket, hits);
        _events++;
    }

    private void Update()
    {
        if (_oldest > 0)
        {
            MakeRoom();
        }

        if (_events >= _update)
        {
            _events = 0;
            _update = Math.Min(LastUpdate, _update * 2);
            _learnt = true;
            Learn();
            Fade(_hits);
            Fade(_ends);
        }
    }

    private void Add(int cell, double hits)
    {
        _hits[cell] += hits;
        _ends[cell]++;
    }

    private void Learn()
    {
        double lives = 0;
        foreach (double ends in _ends.AsSpan(_classes * Ages))
        {
            lives += ends;
        }

        double share = Math.Min(1, Shared / Math.Max(lives, 1));
        for (int kind = 0; kind < _classes; kind++)
        {
            _curve.Fit(Row(_hits, kind), Row(_ends, kind), Row(_hits, _classes), Row(_ends, _classes), share, _unit);
            foreach (ReuseStatistic<T> statistic in _statistics)
            {
                statistic.Set(kind, _curve);
            }
        }

        foreach (ReuseStatistic<T> statistic in _statistics)
        {
            statistic.Bound(_unit);
        }
    }

    private static ReadOnlySpan<double> Row(double[] counts, int kind) => counts.AsSpan(kind * Ages, Ages);

    /// <summary>Doubles the unit until the oldest age that was seen has room.</summary>
    private void MakeRoom()
    {
        for (; ReuseAges.Bucket(_oldest, _unit) >= Ages; _unit *= 2)
        {
            Coarsen(_hits);
            Coarsen(_ends);
        }

        _oldest = 0;
        if (_learnt)
        {
            Learn();
        }
    }

    /// <summary>Counts move by an octave, and the youngest ages become one.</summary>
    private void Coarsen(double[] counts)
    {
        for (int kind = 0; kind <= _classes; kind++)
        {
            Span<double> ages = counts.AsSpan(kind * Ages, Ages);
            double youngest = 0;
            foreach (double count in ages[..(AgesPerOctave + 1)])
            {
                youngest += count;
            }

            ages[AgesPerOctave..].CopyTo(ages);
            ages[^AgesPerOctave..].Clear();
            ages[0] = youngest;
        }
    }

    private static void Fade(double[] counts)
    {
        foreach (ref double count in counts.AsSpan())
        {
            count *= Fading;
        }
    }
}
