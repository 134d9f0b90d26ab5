namespace Squelch.Policies;

/// <summary>What the hand-written selectors share: nothing to do where they have nothing to note, and links for queues of nodes.</summary>
/// <param name="nodes">The tree's nodes; only candidates are chosen.</param>
internal abstract class HandWrittenSelector(NodeTable nodes) : IVictimSelector
{
    protected NodeTable Nodes { get; } = nodes;

    protected IdLinks Links { get; } = new();

    /// <inheritdoc/>
    public virtual bool RemembersKeys => false;

    /// <inheritdoc/>
    public virtual void Grow(int capacity) => Links.Grow(capacity);

    /// <inheritdoc/>
    public virtual void Arrive(in Access access)
    {
    }

    /// <inheritdoc/>
    public abstract void Insert(int node, in Access access);

    /// <inheritdoc/>
    public abstract void Hit(int node, in Access access);

    /// <inheritdoc/>
    public void Touch(int node, in Access access)
    {
    }

    /// <inheritdoc/>
    public void EdgeChanged(int node)
    {
    }

    /// <inheritdoc/>
    public void ChildrenChanged(int node)
    {
    }

    /// <inheritdoc/>
    public void SetCandidate(int node, bool candidate)
    {
    }

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

    /// <summary>The oldest candidate of a queue, or <see cref="NodeTable.None"/>.</summary>
    protected int OldestCandidate(IdQueue queue)
    {
        int node = queue.Oldest;
        while (node != NodeTable.None && !Nodes.IsCandidate(node))
        {
            node = queue.Newer(node);
        }

        return node;
    }
}
