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

    /// <summary>The (first) scores of nodes; extremes of scaled terms are found once for all.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="scores">Receives one score per node.</param>
    public abstract void Score(double now, ReadOnlySpan<int> nodes, Span<double> scores);

    /// <inheritdoc/>
    public bool SelectionLeavesNoTrace => true;

    /// <inheritdoc/>
    public virtual bool RemembersKeys => false;

    /// <summary>True where a leaf that gives up tokens, and will give up as many the next time, keeps its score, and all others keep theirs.</summary>
    public virtual bool TrimsKeepScores => false;

    /// <summary>How often scores changed in another way than by their nodes: by tunables or states.</summary>
    public long ScoreChanges { get; private set; }

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
    public virtual void Split(int node, int lower)
    {
    }

    /// <inheritdoc/>
    public virtual void Hit(int node, in Access access)
    {
    }

    /// <summary>Scores changed in another way than by their nodes.</summary>
    protected void ScoresChanged() => ScoreChanges++;

    /// <summary>A state that scores read was written: they changed if it did, be it from 0 to -0.</summary>
    /// <param name="before">The state as it was.</param>
    /// <param name="after">The state now.</param>
    protected void StateChanged(double before, double after)
    {
        if (BitConverter.DoubleToInt64Bits(before) != BitConverter.DoubleToInt64Bits(after))
        {
            ScoresChanged();
        }
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
    public virtual void CopyStates(Span<double> states)
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
