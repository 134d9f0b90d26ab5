using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Squelch.CompilerServices;

/// <summary>
/// One statistic of a reuse table, by class and age: for one node, for a vector of nodes, and its least and greatest over a block of nodes. All give the same
/// bits. Before anything is learnt it falls with the age alone, as under LRU.
/// </summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReuseStatistic<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Ages = ReuseTable<T>.Ages;

    /// <summary>Of ages: spans of 1, 2, 4, ... buckets.</summary>
    private const int Levels = 8;

    /// <summary>Lanes of the widest vectors, of single precision.</summary>
    private const int MostLanes = 16;

    /// <summary>Rates per tick are at most this: a unit is at least a millionth of a tick.</summary>
    private const double MostRate = 1 << 20;

    private readonly ReuseMeasure _measure;
    private readonly int _classes;
    private readonly T _most;
    private readonly T[] _values;

    // Per level the extremes of so many buckets from each on; the last class is all of them together.
    private readonly T[][] _least;
    private readonly T[][] _greatest;
    private T _unit;
    private long _first;

    internal ReuseStatistic(ReuseMeasure measure, int classes)
    {
        _measure = measure;
        _classes = classes;
        _most = T.CreateChecked(IsRate ? MostRate : 1);
        _values = new T[classes * Ages];
        _least = [.. Enumerable.Range(0, Levels).Select(_ => new T[(classes + 1) * Ages])];
        _greatest = [.. Enumerable.Range(0, Levels).Select(_ => new T[(classes + 1) * Ages])];
    }

    private static int Shift => typeof(T) == typeof(double) ? ReuseAges.Shift : 20;

    private bool IsRate => _measure is ReuseMeasure.HitDensity or ReuseMeasure.Hazard;

    /// <summary>Of one node.</summary>
    /// <param name="kind">Its class.</param>
    /// <param name="age">Ticks since it was used.</param>
    public T At(T kind, T age)
    {
        age = T.Max(age, T.Zero);
        return T.Min(_values[(Class(kind, _classes) * Ages) + Bucket(age)] / (_unit + age), _most);
    }

    /// <summary>Of a vector of nodes.</summary>
    /// <param name="kind">Their classes.</param>
    /// <param name="age">Ticks since they were used.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V>(V kind, V age)
        where V : struct, ILanes<V, T>
    {
        age = V.Max(age, T.Zero);
        V bucket = V.MinWhole(V.MaxWhole(V.SubtractWhole(V.ShiftRightWhole(age, Shift), V.CreateWhole(_first)), V.CreateWhole(0)), V.CreateWhole(Ages - 1));
        V row = V.ToWhole(V.Floor(V.Min(V.Max(kind, T.Zero), T.CreateTruncating(_classes - 1))) * V.Create(T.CreateTruncating(Ages)));
        Span<T> cells = stackalloc T[MostLanes];
        V.CopyTo(V.AddWhole(row, bucket), cells);
        for (int lane = 0; lane < V.Count; lane++)
        {
            cells[lane] = _values[typeof(T) == typeof(double) ? (int)Unsafe.BitCast<T, long>(cells[lane]) : Unsafe.BitCast<T, int>(cells[lane])];
        }

        return V.Min(V.From(cells) / (V.Create(_unit) + age), _most);
    }

    /// <summary>No node of such classes and ages has less; NaN where they are none.</summary>
    public T Least(T leastKind, T mostKind, T leastAge, T mostAge) => Bound(_least, leastKind, mostKind, leastAge, mostAge, mostAge);

    /// <summary>No node of such classes and ages has more; NaN where they are none.</summary>
    public T Greatest(T leastKind, T mostKind, T leastAge, T mostAge) => Bound(_greatest, leastKind, mostKind, leastAge, mostAge, leastAge);

    /// <summary>The least of each of a vector of blocks.</summary>
    public V Least<V>(V leastKind, V mostKind, V leastAge, V mostAge)
        where V : struct, ILanes<V, T>
        => Bounds(_least, leastKind, mostKind, leastAge, mostAge, least: true);

    /// <summary>The greatest of each of a vector of blocks.</summary>
    public V Greatest<V>(V leastKind, V mostKind, V leastAge, V mostAge)
        where V : struct, ILanes<V, T>
        => Bounds(_greatest, leastKind, mostKind, leastAge, mostAge, least: false);

    /// <summary>The class that a number stands for: the whole number below it, within those that there are; of NaN the first.</summary>
    internal static int Class(T kind, int classes) => int.CreateSaturating(T.Floor(T.Min(T.Max(kind, T.Zero), T.CreateTruncating(classes - 1))));

    /// <summary>Nothing is learnt yet: the younger a node, the more it is worth.</summary>
    internal void Forget(double unit)
    {
        _values.AsSpan().Fill(IsRate ? T.One : T.CreateTruncating(unit));
        Bound(unit);
    }

    /// <summary>Takes over what was learnt of a class.</summary>
    internal void Set(int kind, ReuseCurve curve)
    {
        for (int bucket = 0; bucket < Ages; bucket++)
        {
            _values[(kind * Ages) + bucket] = T.CreateTruncating(curve.Of(_measure, bucket));
        }
    }

    /// <summary>Makes the bounds, after all classes were set.</summary>
    internal void Bound(double unit)
    {
        _unit = T.CreateTruncating(unit);
        _first = Number(_unit);
        Extremes(_least, static (left, right) => right < left ? right : left);
        Extremes(_greatest, static (left, right) => right > left ? right : left);
    }

    private void Extremes(T[][] levels, Func<T, T, T> better)
    {
        T[] first = levels[0];
        _values.CopyTo(first, 0);
        for (int bucket = 0; bucket < Ages; bucket++)
        {
            T all = _values[bucket];
            for (int kind = 1; kind < _classes; kind++)
            {
                all = better(all, _values[(kind * Ages) + bucket]);
            }

            first[(_classes * Ages) + bucket] = all;
        }

        for (int level = 1; level < Levels; level++)
        {
            T[] halves = levels[level - 1];
            T[] spans = levels[level];
            int half = 1 << (level - 1);
            for (int cell = 0; cell < spans.Length; cell++)
            {
                spans[cell] = (cell & (Ages - 1)) + half < Ages ? better(halves[cell], halves[cell + half]) : halves[cell];
            }
        }
    }

    private V Bounds<V>(T[][] levels, V leastKind, V mostKind, V leastAge, V mostAge, bool least)
        where V : struct, ILanes<V, T>
    {
        Span<T> lowKinds = stackalloc T[MostLanes];
        Span<T> highKinds = stackalloc T[MostLanes];
        Span<T> lowAges = stackalloc T[MostLanes];
        Span<T> highAges = stackalloc T[MostLanes];
        V.CopyTo(leastKind, lowKinds);
        V.CopyTo(mostKind, highKinds);
        V.CopyTo(leastAge, lowAges);
        V.CopyTo(mostAge, highAges);
        for (int lane = 0; lane < V.Count; lane++)
        {
            lowKinds[lane] = Bound(levels, lowKinds[lane], highKinds[lane], lowAges[lane], highAges[lane], least ? highAges[lane] : lowAges[lane]);
        }

        return V.From(lowKinds);
    }

    /// <summary>The extreme over the buckets, of two spans that overlap, at the age at which what is read is most so.</summary>
    private T Bound(T[][] levels, T leastKind, T mostKind, T leastAge, T mostAge, T at)
    {
        int from = Bucket(T.Max(leastAge, T.Zero));
        int to = Bucket(T.Max(mostAge, T.Zero));
        if (from > to)
        {
            return T.NaN;
        }

        int kind = Class(leastKind, _classes);
        int row = (kind == Class(mostKind, _classes) ? kind : _classes) * Ages;
        int level = BitOperations.Log2((uint)(to - from + 1));
        T first = levels[level][row + from];
        T second = levels[level][row + to - (1 << level) + 1];
        T extreme = ReferenceEquals(levels, _least) == (second < first) ? second : first;
        return T.Min(extreme / (_unit + T.Max(at, T.Zero)), _most);
    }

    private int Bucket(T age) => (int)Math.Clamp(Number(age) - _first, 0, Ages - 1);

    private static long Number(T value)
        => typeof(T) == typeof(double) ? (long)(Unsafe.BitCast<T, ulong>(value) >> Shift) : Unsafe.BitCast<T, uint>(value) >> Shift;
}
