using System.ComponentModel;

namespace Squelch;

/// <summary>What every generated selector offers to tests, benchmarks and tools besides choosing victims.</summary>
public abstract class FormulaSelector : IVictimSelector
{
    /// <summary>The plan.</summary>
    public abstract PlanKind Plan { get; }

    /// <summary>The number of columns.</summary>
    public abstract int ColumnCount { get; }

    /// <summary>Reads a column.</summary>
    public abstract double ReadColumn(int column, int node);

    /// <summary>Writes a column, as if the node had changed.</summary>
    public abstract void WriteColumn(int column, int node, double value);

    /// <summary>Selects in the given way.</summary>
    /// <exception cref="NotSupportedException">The plan cannot be carried out in that way.</exception>
    public abstract int SelectBy(Backend backend, double now);

    /// <summary>The victim for each value of the first tunable; the policy's own value stays.</summary>
    public abstract void SelectMany(double now, ReadOnlySpan<double> tunableValues, Span<int> victims);

    /// <summary>The parts of a node's score: one entry per term, or per score of a lexicographic order.</summary>
    public abstract TermValue[] Explain(int node, double now);

    /// <summary>The (first) score of a node.</summary>
    public abstract double Score(int node, double now);

    /// <inheritdoc/>
    public abstract void Grow(int capacity);

    /// <inheritdoc/>
    public abstract void Insert(int node, in Access access);

    /// <inheritdoc/>
    public virtual void Hit(int node, in Access access)
    {
    }

    /// <inheritdoc/>
    public virtual void Touch(int node, in Access access)
    {
    }

    /// <inheritdoc/>
    public virtual void EdgeChanged(int node)
    {
    }

    /// <inheritdoc/>
    public virtual void ChildrenChanged(int node)
    {
    }

    /// <inheritdoc/>
    public abstract void SetCandidate(int node, bool candidate);

    /// <inheritdoc/>
    public virtual void Evicting(int node, double now)
    {
    }

    /// <inheritdoc/>
    public abstract void Remove(int node);

    /// <inheritdoc/>
    public abstract int Select(double now);

    /// <inheritdoc/>
    public virtual void Retune(ReadOnlySpan<double> tunables)
    {
    }
}

/// <summary>Columns and candidates, which all plans share.</summary>
/// <typeparam name="T">double or float.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FormulaSelector<T> : FormulaSelector
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    /// <summary>A selector over a tree's nodes.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="columns">Number of columns.</param>
    protected FormulaSelector(NodeTable nodes, int columns)
    {
        Nodes = nodes;
        Columns = [.. Enumerable.Range(0, columns).Select(_ => Array.Empty<T>())];
    }

    /// <summary>The nodes.</summary>
    protected NodeTable Nodes { get; }

    /// <summary>One array per column, by node id.</summary>
    protected T[][] Columns { get; }

    /// <summary>The candidates.</summary>
    protected CandidateSet Candidates { get; } = new();

    /// <inheritdoc/>
    public sealed override int ColumnCount => Columns.Length;

    /// <inheritdoc/>
    public sealed override double ReadColumn(int column, int node) => double.CreateTruncating(Columns[column][node]);

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
    public override void SelectMany(double now, ReadOnlySpan<double> tunableValues, Span<int> victims)
    {
        double own = FirstTunable;
        try
        {
            for (int index = 0; index < tunableValues.Length; index++)
            {
                FirstTunable = tunableValues[index];
                victims[index] = Select(now);
            }
        }
        finally
        {
            FirstTunable = own;
        }
    }

    /// <summary>The value that <see cref="SelectMany"/> varies.</summary>
    protected virtual double FirstTunable
    {
        get => throw new NotSupportedException("The policy has no tunable.");
        set => throw new NotSupportedException("The policy has no tunable.");
    }

    /// <summary>Columns of the node that the plan reads were written.</summary>
    protected abstract void Changed(int node);

    /// <summary>Rows were added.</summary>
    protected abstract void Grown(int rows);

    /// <summary>The node became, or is no longer, a candidate.</summary>
    protected abstract void CandidateChanged(int node, bool candidate);
}
