using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>Columns and candidates, which all plans share.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FormulaSelector<T> : FormulaSelector
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A selector over a tree's nodes.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="columns">Number of columns.</param>
    protected FormulaSelector(NodeTable nodes, int columns)
    {
        Nodes = nodes;
        Columns = [.. Enumerable.Range(0, columns).Select(_ => Array.Empty<T>())];
    }

    /// <inheritdoc/>
    public sealed override NodeTable Nodes { get; }

    /// <inheritdoc/>
    public sealed override int CandidateCount => Candidates.Count;

    /// <inheritdoc/>
    public sealed override bool IsCandidate(int node) => node < Candidates.Rows && Candidates.Contains(node);

    /// <summary>One array per column, by node id.</summary>
    protected T[][] Columns { get; }

    /// <summary>The candidates.</summary>
    protected CandidateSet Candidates { get; } = new();

    /// <inheritdoc/>
    public sealed override int ColumnCount => Columns.Length;

    /// <inheritdoc/>
    public sealed override double ReadColumn(int column, int node) => double.CreateTruncating(Columns[column][node]);

    /// <inheritdoc/>
    public sealed override void CopyRows(ReadOnlySpan<int> rows, int columns, Span<ulong> into)
    {
        ReadOnlySpan<long> creations = Nodes.Creations;
        int stride = columns + 2;
        for (int index = 0; index < rows.Length; index++)
        {
            int row = rows[index];
            into[index * stride] = (ulong)row;
            into[(index * stride) + 1] = IsCandidate(row) ? (ulong)creations[row] : 0;
        }

        // Column by column: the reads of one row lie far apart, and those of one column can be under way together.
        for (int column = 0; column < columns; column++)
        {
            T[] cells = Columns[column];
            for (int index = 0; index < rows.Length; index++)
            {
                into[(index * stride) + 2 + column] = BitConverter.DoubleToUInt64Bits(double.CreateTruncating(cells[rows[index]]));
            }
        }
    }

    /// <inheritdoc/>
    public sealed override void WriteColumn(int column, int node, double value)
    {
        // No negative zero: plans divide by columns whose range begins at zero.
        Columns[column][node] = T.CreateTruncating(value + 0.0);
        Changed(node);
    }

    /// <inheritdoc/>
    public override void Grow(int capacity)
    {
        if (capacity <= Candidates.Rows)
        {
            return;
        }

        int rows = (capacity + CandidateSet.BlockRows - 1) / CandidateSet.BlockRows * CandidateSet.BlockRows;
        for (int column = 0; column < Columns.Length; column++)
        {
            Array.Resize(ref Columns[column], rows);
        }

        Candidates.Grow(rows);
        Grown(rows);
    }

    /// <inheritdoc/>
    public override void SetCandidate(int node, bool candidate)
    {
        if (Candidates.Set(node, candidate))
        {
            CandidateChanged(node, candidate);
        }
    }

    /// <inheritdoc/>
    public override void Remove(int node) => SetCandidate(node, false);

    /// <inheritdoc/>
    public sealed override int Lowest(double now, Span<int> victims)
    {
        var rows = new int[Candidates.Count];
        int count = 0;
        for (int row = Candidates.Next(0); row >= 0; row = Candidates.Next(row + 1))
        {
            rows[count++] = row;
        }

        Array.Sort(rows, Ranking(now));
        count = Math.Min(count, victims.Length);
        rows.AsSpan(0, count).CopyTo(victims);
        return count;
    }

    /// <summary>The order in which candidates would go.</summary>
    protected abstract Comparison<int> Ranking(double now);

    /// <summary>Columns of the node that the plan reads were written.</summary>
    protected abstract void Changed(int node);

    /// <summary>Rows were added.</summary>
    protected abstract void Grown(int rows);

    /// <summary>The node became, or is no longer, a candidate.</summary>
    protected abstract void CandidateChanged(int node, bool candidate);
}
