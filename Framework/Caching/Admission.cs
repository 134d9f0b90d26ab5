namespace Squelch;

/// <summary>How much of a sequence is kept.</summary>
/// <param name="Pages">Pages kept.</param>
/// <param name="Tokens">Their tokens.</param>
internal readonly record struct CommitShape(int Pages, int Tokens);

/// <summary>Which nodes and checkpoints a commit makes, from the policy's declaration. Lengths are in pages.</summary>
internal sealed class Admission
{
    private readonly int _pageTokens;
    private readonly int _every;
    private readonly int _align;
    private readonly bool _branch;
    private readonly bool _last;

    public Admission(AdmissionDescriptor descriptor, int pageTokens)
    {
        _pageTokens = pageTokens;
        _branch = descriptor.Checkpoints.HasFlag(Checkpoints.BranchPoint);
        _last = descriptor.Checkpoints.HasFlag(Checkpoints.LastToken);
        _every = descriptor.Checkpoints.HasFlag(Checkpoints.Interval) ? Math.Max(1, descriptor.Every / pageTokens) : 0;
        _align = Math.Max(1, descriptor.Align / pageTokens);
        BlockPages = descriptor.WholeBlocks ? _every : 0;
    }

    /// <summary>Pages per block where whole blocks alone are kept; else 0.</summary>
    public int BlockPages { get; }

    /// <summary>The part of a sequence that is kept: an end without a checkpoint could never be reused.</summary>
    public CommitShape Shape(int pages, int tokens)
    {
        int unit = _every > 0 && !_last ? _every : _align;
        int rest = pages % unit;
        return rest == 0 ? new(pages, tokens) : new(pages - rest, (pages - rest) * _pageTokens);
    }

    /// <summary>The first blocks of a sequence that does not fit.</summary>
    public CommitShape LeadingBlocks(CommitShape shape, in Position position, long blocks)
    {
        int pages = (int)Math.Min(shape.Pages, position.Pages + (blocks * BlockPages));
        return pages == shape.Pages ? shape : new(pages, pages * _pageTokens);
    }

    /// <summary>Where a lookup's engine should capture a checkpoint, in tokens; 0 for nowhere.</summary>
    public int BranchTokens(in Position end, int nodeTokens)
    {
        int aligned = end.Pages - (end.Pages % _align);
        return _branch && aligned > end.NodePages ? nodeTokens + ((aligned - end.NodePages) * _pageTokens) : 0;
    }

    /// <summary>The branch point's checkpoint, in pages; -1 where none is wanted.</summary>
    public int AlignedBranch(in Position position, in CommitShape shape)
        => _branch && position.Pages < shape.Pages ? position.Pages - (position.Pages % _align) : -1;

    /// <summary>True where the partially matched child is cut at the sequence's way out.</summary>
    public bool Splits(in Position position, in CommitShape shape)
        => position.Child != NodeTable.None && (position.Pages < shape.Pages || SplitCheckpoint(position, shape));

    /// <summary>True where that cut holds a checkpoint.</summary>
    public bool SplitCheckpoint(in Position position, in CommitShape shape)
        => position.Pages < shape.Pages ? AlignedBranch(position, shape) == position.Pages : EndCheckpoint(position.Pages);

    /// <summary>True where a node that ends a run of new pages holds a checkpoint.</summary>
    public bool EndCheckpoint(int pages) => _last || (_every > 0 && pages % _every == 0);

    /// <summary>Where the next new node ends.</summary>
    public int NextEnd(int from, in CommitShape shape) => _every == 0 ? shape.Pages : Math.Min(shape.Pages, from - (from % _every) + _every);
}
