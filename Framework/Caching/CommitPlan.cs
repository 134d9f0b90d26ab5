namespace Squelch;

/// <summary>One new node of a commit.</summary>
/// <param name="Pages">Pages from the root to its end.</param>
/// <param name="IsCut">It cuts the edge of a node that is there, where the sequence leaves the tree.</param>
/// <param name="Node">What the engine is told of it.</param>
internal readonly record struct CommitStep(int Pages, bool IsCut, PlannedNode Node);

/// <summary>
/// What a commit makes of a tree: computed once, from where its sequence leaves the tree. While room is made, nodes may go that the plan counted on; then
/// steps are left out, but none is added, since the engine has states for the planned ones alone.
/// </summary>
/// <param name="admission">Where checkpoints can stand.</param>
/// <param name="choice">Which of these places get one.</param>
/// <param name="nodes">The tree's nodes.</param>
/// <param name="pageTokens">Tokens per page.</param>
/// <param name="restores">Checkpoints go alone, so that a sequence may leave the tree at a node that has lost its own.</param>
internal sealed class CommitPlan(Admission admission, CheckpointChoice choice, NodeTable nodes, int pageTokens, bool restores)
{
    private CommitStep[] _steps = new CommitStep[16];
    private PlannedNode[] _planned = new PlannedNode[16];
    private int _count;
    private Position _counted;
    private int _checkpoints;

    /// <summary>The new nodes as an engine sees them; valid until the next call.</summary>
    public ReadOnlySpan<PlannedNode> Nodes(scoped in Position position, scoped in CommitShape shape, scoped in CheckpointRequest request)
    {
        ReadOnlySpan<CommitStep> steps = Steps(position, shape, request);
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
    /// <param name="request">The request.</param>
    public ReadOnlySpan<CommitStep> Steps(scoped in Position position, scoped in CommitShape shape, scoped in CheckpointRequest request)
    {
        _count = 0;
        int from = position.Pages;
        int branch = admission.BranchPages(position, shape);
        int branchStep = -1;
        if (position.Child != NodeTable.None)
        {
            bool keepsBranch = branch > 0 && admission.KeepsBranches && from != request.RefusedPages;
            if (keepsBranch && branch < from)
            {
                branchStep = _count;
                Add(position, shape, branch, checkpoint: true);
            }

            if (admission.Splits(position, shape))
            {
                bool isBranchAlone = branch == from && !admission.IsFixed(from);
                branchStep = isBranchAlone && keepsBranch ? _count : branchStep;
                Add(position, shape, from, admission.SplitCheckpoint(position, shape) && (keepsBranch || !isBranchAlone));
            }
        }
        else if (LacksCheckpoint(position) && admission.RestoresCheckpoint(position, shape)
            && nodes.DepthTokens(position.Node) == (from == shape.Pages ? shape.Tokens : from * pageTokens))
        {
            bool isBranch = from < shape.Pages && !admission.IsFixed(from);
            if (!isBranch || from != request.RefusedPages)
            {
                branch = isBranch ? from : branch;
                branchStep = isBranch ? _count : branchStep;
                Add(position, shape, from, checkpoint: true);
            }
        }

        int lagPages = admission.LagPages(shape, choice.Lag?.Tokens ?? double.PositiveInfinity);
        int keptLag = admission.KeepsLags ? lagPages : 0;
        while (from < shape.Pages)
        {
            from = admission.NextEnd(from, shape, keptLag);
            Add(position, shape, from, admission.EndCheckpoint(from, shape, keptLag));
        }

        var marks = new SequenceMarks(
            branch < 0 ? -1 : EndTokens(position, shape, branch),
            lagPages <= 0 ? -1 : lagPages > position.Pages ? EndTokens(position, shape, lagPages) : lagPages * pageTokens,
            shape.Tokens);
        choice.Choose(_steps.AsSpan(0, _count), position.Node, branchStep, marks, request);
        LeaveOut(position, shape);
        Count(position, shape);
        return _steps.AsSpan(0, _count);
    }

    /// <summary>Drops the steps that would have been made for a checkpoint alone and got none: what is left ends the sequence, or is where it parts from another.</summary>
    private void LeaveOut(in Position position, in CommitShape shape)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            CommitStep step = _steps[i];
            if (step.Node.Checkpoint || (step.IsCut ? position.Child != NodeTable.None && step.Pages == position.Pages && step.Pages < shape.Pages : step.Pages == shape.Pages))
            {
                _steps[kept++] = step;
            }
        }

        _count = kept;
    }

    /// <summary>The steps of the last plan.</summary>
    public ReadOnlySpan<CommitStep> Planned => _steps.AsSpan(0, _count);

    /// <summary>
    /// False for a step that is left out: it would cut an edge that has gone since. The end of the sequence and a checkpoint that stands there anyway stay: they are leaves then.
    /// </summary>
    public bool Remains(in CommitStep step, in Position position, in CommitShape shape)
        => Restores(step, position)
            || (step.Pages > position.NodePages
                && (!step.IsCut || position.Child != NodeTable.None || step.Pages == shape.Pages || (step.Node.Checkpoint && admission.IsFixed(step.Pages))));

    /// <summary>True for a step that gives the node where the sequence leaves the tree its checkpoint back.</summary>
    public bool Restores(in CommitStep step, in Position position)
        => restores && step is { IsCut: true, Node.Checkpoint: true } && position.Child == NodeTable.None && step.Pages == position.NodePages;

    /// <summary>Where a lookup's engine should capture a checkpoint, in tokens; 0 for nowhere.</summary>
    public int BranchTokens(in Position end)
        => end.Child != NodeTable.None ? admission.BranchTokens(end, nodes.DepthTokens(end.Node))
            : LacksCheckpoint(end) && admission.RestoresBranch(end) && nodes.DepthTokens(end.Node) == end.Pages * pageTokens ? nodes.DepthTokens(end.Node)
            : 0;

    /// <summary>As much of a sequence, from its beginning, as its planned nodes find room for.</summary>
    /// <param name="position">Where the sequence leaves the tree.</param>
    /// <param name="shape">The whole sequence.</param>
    /// <param name="room">Free bytes.</param>
    public CommitShape Leading(in Position position, in CommitShape shape, long room)
    {
        var leading = new CommitShape(position.NodePages, position.NodePages * pageTokens);
        int checkpoints = 0;
        foreach (CommitStep step in Planned)
        {
            if (!Remains(step, position, shape) || (step.IsCut && !step.Node.Checkpoint))
            {
                // A cut without a checkpoint is there for what follows it.
                continue;
            }

            checkpoints += step.Node.Checkpoint ? 1 : 0;
            if ((checkpoints * nodes.CheckpointBytesEach) + nodes.Model.KvBytes(Math.Max(0, step.Node.Tokens - TokensThere(position))) > room)
            {
                break;
            }

            leading = new(step.Pages, step.Pages == shape.Pages ? shape.Tokens : step.Pages * pageTokens);
        }

        return leading;
    }

    /// <summary>Bytes that the planned nodes take, from where the sequence leaves the tree now.</summary>
    public long Bytes(in Position position, in CommitShape shape)
    {
        if (position != _counted)
        {
            Count(position, shape);
        }

        long newTokens = shape.Pages <= position.Pages || _count == 0 ? 0 : _steps[_count - 1].Node.Tokens - TokensThere(position);
        return (_checkpoints * nodes.CheckpointBytesEach) + nodes.Model.KvBytes(newTokens);
    }

    /// <summary>Tokens that are there of a sequence: up to a node, or up to the planned cut of an edge.</summary>
    private int TokensThere(in Position position)
    {
        int tokens = nodes.DepthTokens(position.Node);
        for (int step = 0; step < _count && _steps[step].IsCut && position.Child != NodeTable.None; step++)
        {
            tokens = _steps[step].Node.Tokens;
        }

        return tokens;
    }

    /// <summary>True where a sequence leaves the tree at a node whose checkpoint went alone.</summary>
    private bool LacksCheckpoint(in Position position)
        => restores && position.Child == NodeTable.None && !nodes.IsRoot(position.Node) && !nodes.HasCheckpoint(position.Node);

    private void Count(in Position position, in CommitShape shape)
    {
        _counted = position;
        _checkpoints = 0;
        foreach (CommitStep step in _steps.AsSpan(0, _count))
        {
            _checkpoints += step.Node.Checkpoint && Remains(step, position, shape) ? 1 : 0;
        }
    }

    private void Add(in Position position, in CommitShape shape, int pages, bool checkpoint)
    {
        if (_count == _steps.Length)
        {
            Array.Resize(ref _steps, _count * 2);
        }

        int end = EndTokens(position, shape, pages);
        _steps[_count++] = new(pages, pages <= position.Pages, new(end, checkpoint));
    }

    private int EndTokens(in Position position, in CommitShape shape, int pages)
    {
        if (position.Child == NodeTable.None && pages == position.Pages)
        {
            return nodes.DepthTokens(position.Node);
        }

        int tokens = pages == shape.Pages ? shape.Tokens : pages * pageTokens;
        if (position.Child == NodeTable.None || pages > position.Pages)
        {
            return TokensThere(position) + tokens - (position.Pages * pageTokens);
        }

        // Block traces may give one id two sizes; a cut leaves each page of its edge a token all the same.
        int depth = nodes.DepthTokens(position.Node);
        int above = pages - position.NodePages;
        int below = nodes.Pages(position.Child) - above;
        return Math.Clamp(depth + tokens - (position.NodePages * pageTokens), depth + above, nodes.DepthTokens(position.Child) - below);
    }
}
