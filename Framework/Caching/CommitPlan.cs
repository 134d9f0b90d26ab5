namespace Squelch;

/// <summary>One new node of a commit.</summary>
/// <param name="Pages">Pages from the root to its end. It cuts an edge where they are known pages.</param>
/// <param name="Node">What the engine is told of it.</param>
internal readonly record struct CommitStep(int Pages, PlannedNode Node);

/// <summary>What a commit would make of a tree: computed from where its sequence leaves the tree, and nothing is changed.</summary>
internal sealed class CommitPlan(Admission admission, NodeTable nodes, int pageTokens)
{
    private CommitStep[] _steps = new CommitStep[16];
    private PlannedNode[] _planned = new PlannedNode[16];
    private int _count;

    /// <summary>The new nodes as an engine sees them; valid until the next call.</summary>
    public ReadOnlySpan<PlannedNode> Nodes(scoped in Position position, scoped in CommitShape shape)
    {
        ReadOnlySpan<CommitStep> steps = Steps(position, shape);
        if (_planned.Length < steps.Length)
        {
            _planned = new PlannedNode[_steps.Length];
        }

        for (int i = 0; i < steps.Length; i++)
        {
            _planned[i] = steps[i].Node;
        }

        return _planned.AsSpan(0, steps.Length);
    }

    /// <summary>The new nodes, shallowest first; valid until the next call.</summary>
    /// <param name="position">Where the sequence leaves the tree.</param>
    /// <param name="shape">How much of it is kept.</param>
    public ReadOnlySpan<CommitStep> Steps(scoped in Position position, scoped in CommitShape shape)
    {
        _count = 0;
        int from = position.Pages;
        if (position.Child != NodeTable.None)
        {
            int aligned = admission.AlignedBranch(position, shape);
            if (aligned > position.NodePages && aligned < from)
            {
                Add(position, shape, aligned, checkpoint: true);
            }

            if (admission.Splits(position, shape))
            {
                Add(position, shape, from, admission.SplitCheckpoint(position, shape));
            }
        }

        while (from < shape.Pages)
        {
            from = admission.NextEnd(from, shape);
            Add(position, shape, from, admission.EndCheckpoint(from));
        }

        return _steps.AsSpan(0, _count);
    }

    /// <summary>Bytes that the new nodes take.</summary>
    public long Bytes(in Position position, in CommitShape shape)
    {
        int newPages = Math.Max(0, shape.Pages - position.Pages);
        long newTokens = newPages == 0 ? 0 : shape.Tokens - ((long)position.Pages * pageTokens);
        return (admission.NewCheckpoints(position, shape) * nodes.CheckpointBytesEach) + nodes.Model.KvBytes(newTokens);
    }

    private void Add(in Position position, in CommitShape shape, int pages, bool checkpoint)
    {
        if (_count == _steps.Length)
        {
            Array.Resize(ref _steps, _count * 2);
        }

        _steps[_count++] = new(pages, new(EndTokens(position, shape, pages), checkpoint));
    }

    private int EndTokens(in Position position, in CommitShape shape, int pages)
    {
        int tokens = pages == shape.Pages ? shape.Tokens : pages * pageTokens;
        int depth = nodes.DepthTokens(position.Node);
        int end = depth + tokens - (position.NodePages * pageTokens);

        // Block traces may give one id two sizes; an end stays inside its edge all the same.
        return position.Child != NodeTable.None && pages <= position.Pages
            ? Math.Clamp(end, depth + 1, nodes.DepthTokens(position.Child) - 1)
            : end;
    }
}
