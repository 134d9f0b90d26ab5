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
    private readonly int _alignTokens;
    private readonly bool _branch;
    private readonly bool _last;

    public Admission(AdmissionDescriptor descriptor, int pageTokens)
    {
        _pageTokens = pageTokens;
        _branch = descriptor.Checkpoints.HasFlag(Checkpoints.BranchPoint);
        _last = descriptor.Checkpoints.HasFlag(Checkpoints.LastToken);
        _alignTokens = Math.Max(1, descriptor.Align);
        _align = _alignTokens / GreatestCommonDivisor(_alignTokens, pageTokens);

        // An interval is no longer than it was asked for, unless pages or the alignment leave no other place.
        int every = descriptor.Every / pageTokens;
        _every = descriptor.Checkpoints.HasFlag(Checkpoints.Interval) ? Math.Max(_align, every - (every % _align)) : 0;
        BlockPages = descriptor.WholeBlocks ? _every : 0;
    }

    /// <summary>Pages per block where whole blocks alone are kept; else 0.</summary>
    public int BlockPages { get; }

    /// <summary>The part of a sequence that is kept: an end without a checkpoint could never be reused.</summary>
    public CommitShape Shape(int pages, int tokens)
    {
        if (tokens % _alignTokens != 0 && tokens % _pageTokens != 0)
        {
            // The last page is partial, and a checkpoint at its end would stand where the engine has none.
            tokens -= tokens % _pageTokens;
            pages--;
        }

        int unit = _every > 0 && !_last ? _every : _align;
        int rest = pages % unit;
        return rest == 0 ? new(pages, tokens) : new(pages - rest, (pages - rest) * _pageTokens);
    }

    /// <summary>Where a lookup's engine should capture a checkpoint, in tokens; 0 for nowhere.</summary>
    public int BranchTokens(in Position end, int nodeTokens)
    {
        int aligned = end.Pages - (end.Pages % _align);
        return _branch && aligned > end.NodePages ? nodeTokens + ((aligned - end.NodePages) * _pageTokens) : 0;
    }

    /// <summary>True where a branch point at a node's end, which holds no checkpoint, should have one.</summary>
    public bool RestoresBranch(in Position end) => _branch && end.Pages % _align == 0;

    /// <summary>The branch point's checkpoint, in pages; -1 where none is wanted.</summary>
    public int AlignedBranch(in Position position, in CommitShape shape)
        => _branch && position.Pages < shape.Pages ? position.Pages - (position.Pages % _align) : -1;

    /// <summary>True where the partially matched child is cut at the sequence's way out.</summary>
    public bool Splits(in Position position, in CommitShape shape)
        => position.Child != NodeTable.None && (position.Pages < shape.Pages || SplitCheckpoint(position, shape));

    /// <summary>True where that cut holds a checkpoint.</summary>
    public bool SplitCheckpoint(in Position position, in CommitShape shape)
        => IsInterval(position.Pages) || (position.Pages < shape.Pages ? AlignedBranch(position, shape) == position.Pages : _last);

    /// <summary>True where a node that ends a run of new pages holds a checkpoint.</summary>
    public bool EndCheckpoint(int pages) => _last || IsInterval(pages);

    /// <summary>True where an interval ends, whatever else is there.</summary>
    public bool IsInterval(int pages) => _every > 0 && pages % _every == 0;

    /// <summary>Where the next new node ends.</summary>
    public int NextEnd(int from, in CommitShape shape) => _every == 0 ? shape.Pages : Math.Min(shape.Pages, from - (from % _every) + _every);

    // BigInteger has one, and brings a library for random numbers into what is compiled ahead of time.
    private static int GreatestCommonDivisor(int left, int right) => right == 0 ? left : GreatestCommonDivisor(right, left % right);
}
