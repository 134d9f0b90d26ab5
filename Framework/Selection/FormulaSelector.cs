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

    /// <summary>Writes rows as a device takes them: per row its number, its creation number (0 where it is no candidate), and the bits of its first columns as doubles.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="into">Room for 2 + <paramref name="columns"/> numbers per row.</param>
    public abstract void CopyRows(ReadOnlySpan<int> rows, int columns, Span<ulong> into);

    /// <summary>Writes a column, as if the node had changed.</summary>
    public abstract void WriteColumn(int column, int node, double value);

    /// <summary>Selects in the given way.</summary>
    /// <exception cref="NotSupportedException">The plan cannot be carried out in that way.</exception>
    public abstract int SelectBy(Backend backend, double now);

    /// <summary>The parts of a node's score: one entry per term, or per score of a lexicographic order.</summary>
    public abstract TermValue[] Explain(int node, double now);

    /// <summary>The (first) score of a node.</summary>
    public abstract double Score(int node, double now);

    /// <summary>The nodes.</summary>
    public abstract NodeTable Nodes { get; }

    /// <summary>Number of candidates.</summary>
    public abstract int CandidateCount { get; }

    /// <summary>True where the node is a candidate.</summary>
    public abstract bool IsCandidate(int node);

    /// <summary>
    /// The lowest candidates, in order: what that many selections would give if the victims left and nothing else changed, the extremes of
    /// scaled terms included. For tools and tests: it ranks every candidate, and allocates.
    /// </summary>
    /// <param name="now">The clock.</param>
    /// <param name="victims">Receives the nodes.</param>
    /// <returns>How many there are.</returns>
    public abstract int Lowest(double now, Span<int> victims);

    /// <summary>The value of a term before it is scaled.</summary>
    public abstract double RawTerm(int term, int node, double now);

    /// <summary>
    /// A score of a node where the extremes of the terms are known already: what a back end that computes many scores elsewhere is held to.
    /// </summary>
    /// <param name="order">0 for the first score, 1 for the one that decides between equal ones, and so on.</param>
    /// <param name="node">The node.</param>
    /// <param name="now">The clock.</param>
    /// <param name="scales">The extremes of each term over the candidates; only those of scaled terms are read.</param>
    public abstract double ScoreWith(int order, int node, double now, ReadOnlySpan<Extremes<double>> scales);

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
        int at = 0;
        foreach (int row in rows)
        {
            into[at++] = (ulong)row;
            into[at++] = IsCandidate(row) ? (ulong)creations[row] : 0;
            for (int column = 0; column < columns; column++)
            {
                into[at++] = BitConverter.DoubleToUInt64Bits(ReadColumn(column, row));
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
