using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>Selects by an order that does not change with time: the first columns are the keys.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class OrderedSelector<T> : FormulaSelector<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IndexedHeap<KeyOrder<T>>? _heap;
    private readonly OrderedList<KeyOrder<T>>? _list;
    private readonly int _keys;
    private readonly string[] _names;

    // Where the search in the list begins: no candidate stands before it. -1 for the list's head.
    private int _from = -1;

    /// <summary>A selector over a tree's nodes.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="list">True for a list, false for a heap.</param>
    /// <param name="names">Names of the scores, one per key column.</param>
    protected OrderedSelector(NodeTable nodes, int columns, bool list, string[] names)
        : base(nodes, columns)
    {
        _keys = names.Length;
        _names = names;
        if (list)
        {
            _list = new();
        }
        else
        {
            _heap = new();
        }
    }

    /// <inheritdoc/>
    public sealed override PlanKind Plan => _list is null ? PlanKind.Heap : PlanKind.List;

    private KeyOrder<T> Order => new(Columns, 0, _keys, Nodes);

    /// <inheritdoc/>
    public sealed override int Select(double now)
    {
        if (_heap is not null)
        {
            return _heap.First;
        }

        // The list holds every node, so that becoming a candidate costs nothing; nodes that are none stand at its head only where they tie
        // with their own children, or are held.
        int node = Candidates.Count == 0 ? -1 : _from >= 0 ? _from : _list!.First;
        while (node >= 0 && !Candidates.Contains(node))
        {
            node = _list!.Next(node);
        }

        _from = node;
        return node;
    }

    /// <inheritdoc/>
    public sealed override int SelectBy(Backend backend, double now) => backend switch
    {
        Backend.Ordered => Select(now),
        Backend.Pruned => throw new NotSupportedException("The order does not change with time, so the plan keeps it and has no bounds to prune by."),
        _ => Scan.ArgMin<T, ColumnKernel<T>, KeyOrder<T>>(backend, new(Columns[0]), new(Columns, 1, _keys, Nodes), Candidates),
    };

    /// <inheritdoc/>
    public sealed override double Score(int node, double now) => ReadColumn(0, node);

    /// <inheritdoc/>
    public sealed override void Score(double now, ReadOnlySpan<int> nodes, Span<double> scores)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            scores[i] = ReadColumn(0, nodes[i]);
        }
    }

    /// <inheritdoc/>
    public sealed override double RawTerm(int term, int node, double now) => ReadColumn(term, node);

    /// <inheritdoc/>
    public sealed override double ScoreWith(int order, int node, double now, ReadOnlySpan<Extremes<double>> scales) => ReadColumn(order, node);

    /// <inheritdoc/>
    public sealed override TermValue[] Explain(int node, double now)
    {
        var values = new TermValue[_keys];
        for (int key = 0; key < _keys; key++)
        {
            double value = ReadColumn(key, node);
            values[key] = new(_names[key], value, value, 1, value);
        }

        return values;
    }

    /// <inheritdoc/>
    public sealed override void Remove(int node)
    {
        base.Remove(node);
        if (_list is not null && _list.Contains(node))
        {
            Unlist(node);
        }
    }

    /// <inheritdoc/>
    protected sealed override Comparison<int> Ranking(double now)
    {
        KeyOrder<T> order = Order;
        return (a, b) => a == b ? 0 : order.Before(a, b) ? -1 : 1;
    }

    /// <inheritdoc/>
    protected sealed override void Changed(int node)
    {
        if (_list is not null)
        {
            if (_list.Contains(node))
            {
                Unlist(node);
            }

            _list.Add(node, Order);
            BeginAt(node);
        }
        else if (_heap!.Contains(node))
        {
            _heap.Update(node, Order);
        }
    }

    /// <inheritdoc/>
    protected override void Grown(int rows)
    {
        _heap?.Grow(rows);
        _list?.Grow(rows);
    }

    /// <inheritdoc/>
    protected sealed override void CandidateChanged(int node, bool candidate)
    {
        if (_heap is null)
        {
            BeginAt(node);
        }
        else if (candidate)
        {
            _heap.Add(node, Order);
        }
        else
        {
            _heap.Remove(node, Order);
        }
    }

    private void Unlist(int node)
    {
        if (_from == node)
        {
            _from = _list!.Next(node);
        }

        _list!.Remove(node);
    }

    /// <summary>A candidate before the place where the search begins: it begins there.</summary>
    private void BeginAt(int node)
    {
        if (_from >= 0 && Candidates.Contains(node) && _list!.Contains(node) && Order.Before(node, _from))
        {
            _from = node;
        }
    }
}
