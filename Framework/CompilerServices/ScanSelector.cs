using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>Selects by scores that change with time or with the other candidates: a scan, pruned by bounds where the formula allows it.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ScanSelector<T> : FormulaSelector<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Below this many rows a scan takes no longer than the bounds.</summary>
    private const int PrunedFrom = 1024;

    /// <summary>How many selections scan after bounds proved too loose.</summary>
    private const int ScansAfterLooseBounds = 15;

    private const double MaxTicks = 9007199254740991;

    private readonly TermShape[] _terms;
    private readonly ColumnRange[] _ranges;
    private readonly bool _vectors;
    private readonly LowestRows<T> _lowest = new();
    private double _lastNow = double.NaN;
    private long _lastChanges;
    private bool _severalAtOnce;
    private int _scansLeft;

    /// <summary>A selector over a tree's nodes.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="terms">The terms, or scores of a lexicographic order.</param>
    /// <param name="ranges">One per column that the scores read; those columns come first.</param>
    /// <param name="pruned">The formula has a bound.</param>
    /// <param name="vectors">The formula has a vector form.</param>
    protected ScanSelector(NodeTable nodes, int columns, TermShape[] terms, ColumnRange[] ranges, bool pruned, bool vectors)
        : base(nodes, columns)
    {
        _terms = terms;
        _ranges = ranges;
        _vectors = vectors;
        Scales = new Extremes<T>[terms.Length];
        Bounds = pruned ? new(ranges.Length) : null;
    }

    /// <inheritdoc/>
    public sealed override PlanKind Plan => Bounds is null ? PlanKind.FullScan : PlanKind.PrunedScan;

    /// <summary>Per term, its extremes over the candidates of this selection.</summary>
    protected Extremes<T>[] Scales { get; }

    /// <summary>Bounds per block, or null where the plan does not prune.</summary>
    protected BlockBounds<T>? Bounds { get; }

    /// <summary>The search that uses them.</summary>
    protected PrunedSearch<T> Search { get; } = new();

    /// <inheritdoc/>
    public sealed override int Select(double now)
    {
        bool again = now == _lastNow;
        bool changed = _lastChanges != ScoreChanges;
        if (changed)
        {
            _lowest.Forget();
        }

        // Scores that the last victim changed are likely to be changed by this one, too.
        bool several = KeepsLowest && (again ? !changed : _severalAtOnce);
        (_lastNow, _lastChanges, _severalAtOnce) = (now, ScoreChanges, again);
        if (!several)
        {
            return SelectBySearch(now);
        }

        if (!_lowest.AreOf(now))
        {
            _lowest.Start(now);
            Search.Lowest = _lowest;
            int victim = SelectBySearch(now);
            Search.Lowest = null;
            return victim;
        }

        return LowestOfKept(now);
    }

    private int SelectBySearch(double now)
    {
        if (Bounds is null || Candidates.Rows < PrunedFrom || _scansLeft > 0)
        {
            _scansLeft = Math.Max(0, _scansLeft - 1);
            return SelectBy(_vectors ? Backend.Simd : Backend.Scalar, now);
        }

        int victim = SelectBy(Backend.Pruned, now);

        // Bounds that leave much to look at cost more than they save: scan for a while, then try again.
        _scansLeft = Search.Visited * 2 > Candidates.Rows / 64 ? ScansAfterLooseBounds : 0;
        return victim;
    }

    /// <inheritdoc/>
    public sealed override int SelectBy(Backend backend, double now)
    {
        backend = Accept(backend);
        if (Candidates.Count == 0)
        {
            return -1;
        }

        if (backend == Backend.Pruned)
        {
            Bounds!.Refresh(Columns, Candidates);
            if (PrepareByBounds(now))
            {
                return BestPruned(now);
            }

            backend = Scan.Widest;
        }

        Prepare(backend, now);
        return Best(backend, now);
    }

    /// <inheritdoc/>
    public sealed override double Score(int node, double now)
    {
        Prepare(_vectors ? Scan.Widest : Backend.Scalar, now);
        return double.CreateTruncating(ScoreAt(node, now));
    }

    /// <inheritdoc/>
    public sealed override void Score(double now, ReadOnlySpan<int> nodes, Span<double> scores)
    {
        Prepare(_vectors ? Scan.Widest : Backend.Scalar, now);
        for (int i = 0; i < nodes.Length; i++)
        {
            scores[i] = double.CreateTruncating(ScoreAt(nodes[i], now));
        }
    }

    /// <inheritdoc/>
    public sealed override TermValue[] Explain(int node, double now)
    {
        Prepare(Backend.Scalar, now);
        var values = new TermValue[_terms.Length];
        for (int term = 0; term < values.Length; term++)
        {
            T raw = TermOf(term, node, now);
            T normalized = _terms[term].Normalized ? Scales[term].Normalize(raw) : raw;
            T weight = WeightOf(term);
            values[term] = new(
                _terms[term].Name,
                double.CreateTruncating(raw),
                double.CreateTruncating(normalized),
                double.CreateTruncating(weight),
                double.CreateTruncating(weight * normalized));
        }

        return values;
    }

    /// <inheritdoc/>
    public sealed override double RawTerm(int term, int node, double now) => double.CreateTruncating(TermOf(term, node, now));

    /// <inheritdoc/>
    public sealed override double ScoreWith(int order, int node, double now, ReadOnlySpan<Extremes<double>> scales)
    {
        if (order > 0)
        {
            return RawTerm(FirstFurther + order - 1, node, now);
        }

        for (int term = 0; term < _terms.Length; term++)
        {
            if (_terms[term].Normalized)
            {
                Scales[term] = new(T.CreateTruncating(scales[term].Low), T.CreateTruncating(scales[term].High));
            }
        }

        return double.CreateTruncating(ScoreAt(node, now));
    }

    /// <inheritdoc/>
    protected sealed override Comparison<int> Ranking(double now)
    {
        Prepare(Backend.Scalar, now);
        return (a, b) => ScoreOrder.Compare(ScoreAt(a, now), ScoreAt(b, now)) is not 0 and int order ? order : CompareTied(a, b, now);
    }

    /// <summary>The order of two nodes of equal first score.</summary>
    private int CompareTied(int a, int b, double now)
    {
        int order = 0;
        for (int term = FirstFurther; order == 0 && term < _terms.Length; term++)
        {
            order = ScoreOrder.Compare(TermOf(term, a, now), TermOf(term, b, now));
        }

        return order != 0 ? order : Nodes.Creation(a).CompareTo(Nodes.Creation(b));
    }

    /// <summary>The lowest of the rows that were the lowest of this moment and those that have changed since.</summary>
    private int LowestOfKept(double now)
    {
        int victim = _lowest.Rows[0];
        T lowest = _lowest.Scores[0];
        foreach (int row in _lowest.ChangedRows)
        {
            T score = ScoreAt(row, now);
            if (score < lowest || (score == lowest && CompareTied(row, victim, now) < 0))
            {
                (victim, lowest) = (row, score);
            }
        }

        return victim;
    }

    /// <summary>The first of the terms that only decide between equal scores.</summary>
    protected virtual int FirstFurther => _terms.Length;

    /// <summary>
    /// True where scores of one moment change with their own rows alone, or where <see cref="FormulaSelector.ScoresChanged"/> says so: the lowest rows of one search then serve for
    /// the later victims of the moment.
    /// </summary>
    protected virtual bool KeepsLowest => false;

    /// <summary>The victim by a scan.</summary>
    /// <param name="backend">How.</param>
    /// <param name="score">Scores of rows.</param>
    /// <param name="order">Order of ties.</param>
    protected int Find<K, O>(Backend backend, K score, O order)
        where K : struct, IRowKernel<T>
        where O : struct, ITieOrder
        => Search.Lowest is null ? Scan.ArgMin<T, K, O>(backend, score, order, Candidates) : Scan.Lowest(backend, score, order, Candidates, Search.Lowest);

    /// <summary>Finds the terms' extremes over the candidates.</summary>
    protected void Prepare(Backend backend, double now)
    {
        for (int term = 0; term < _terms.Length; term++)
        {
            TermShape shape = _terms[term];
            if (!shape.Normalized)
            {
                continue;
            }

            if (backend == Backend.Scalar || shape.Column < 0
                || !FromColumn(term, shape.Column, Scan.Extremes<T, ColumnKernel<T>>(backend, new(Columns[shape.Column]), Candidates), now))
            {
                Scales[term] = TermExtremes(term, backend, now);
            }
        }
    }

    /// <summary>The extremes of a term over the candidates.</summary>
    protected virtual Extremes<T> TermExtremes(int term, Backend backend, double now) => throw new NotSupportedException();

    /// <summary>The value of a term that reads one column, where that column holds the given value.</summary>
    protected virtual T TermAt(int term, T column, double now) => throw new NotSupportedException();

    /// <summary>The raw value of a term.</summary>
    protected abstract T TermOf(int term, int node, double now);

    /// <summary>The weight of a term.</summary>
    protected abstract T WeightOf(int term);

    /// <summary>The score of a node, extremes being known.</summary>
    protected abstract T ScoreAt(int node, double now);

    /// <summary>The victim by a scan, extremes being known.</summary>
    protected abstract int Best(Backend backend, double now);

    /// <summary>The victim by bounds, extremes being known.</summary>
    protected virtual int BestPruned(double now) => throw new NotSupportedException();

    /// <summary>True where the sign of tunables and states is the one that the bounds rely on.</summary>
    protected virtual bool BoundsHold => true;

    /// <inheritdoc/>
    protected sealed override void Changed(int node)
    {
        Bounds?.Mark(node);
        _lowest.Change(node, Candidates.Contains(node));
    }

    /// <inheritdoc/>
    protected override void Grown(int rows) => Bounds?.Grow(rows);

    /// <inheritdoc/>
    protected sealed override void CandidateChanged(int node, bool candidate)
    {
        Bounds?.Mark(node);
        _lowest.Change(node, candidate);
    }

    private Backend Accept(Backend backend) => backend switch
    {
        Backend.Ordered => throw new NotSupportedException("The scores change with time or with the other candidates, so no order is kept."),
        Backend.Pruned when Bounds is null => throw new NotSupportedException("The formula has no usable lower bound; the plan's reasons say why."),
        Backend.Simd when _vectors => Scan.Widest,
        Backend.Vector128 or Backend.Vector256 or Backend.Vector512 or Backend.Simd when !_vectors
            => throw new NotSupportedException("The formula has no vector form; the plan's reasons say why."),
        _ => backend,
    };

    /// <summary>Extremes from the bounds; false where a value lies outside the range for which the bounds are proven.</summary>
    private bool PrepareByBounds(double now)
    {
        if (Bounds!.AnyNaN || !BoundsHold || !IsTime(now))
        {
            return false;
        }

        for (int column = 0; column < _ranges.Length; column++)
        {
            if (!InRange(column, Bounds.Total(column), now))
            {
                return false;
            }
        }

        for (int term = 0; term < _terms.Length; term++)
        {
            TermShape shape = _terms[term];
            if (shape.Normalized && !FromColumn(term, shape.Column, Bounds.Total(shape.Column), now))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A monotone term takes its extremes where its column does. False where that is not proven.</summary>
    private bool FromColumn(int term, int column, Extremes<T> extremes, double now)
    {
        if (!IsTime(now) || !BoundsHold || !InRange(column, extremes, now))
        {
            return false;
        }

        T first = TermAt(term, extremes.Low, now);
        T second = TermAt(term, extremes.High, now);
        if (T.IsNaN(first) || T.IsNaN(second))
        {
            return false;
        }

        Scales[term] = first <= second ? new(first, second) : new(second, first);
        return true;
    }

    private bool InRange(int column, Extremes<T> extremes, double now)
    {
        ColumnRange range = _ranges[column];
        return double.CreateTruncating(extremes.Low) >= range.Low
            && double.CreateTruncating(extremes.High) <= range.High
            && !(range.AtMostNow && extremes.High > T.CreateTruncating(now));
    }

    private static bool IsTime(double now) => now is >= 0 and <= MaxTicks;
}
