namespace Squelch;

/// <summary>How much of a sequence is kept.</summary>
/// <param name="Pages">Pages kept.</param>
/// <param name="Tokens">Their tokens.</param>
internal readonly record struct CommitShape(int Pages, int Tokens);

/// <summary>Which nodes a commit makes and where checkpoints can stand, from the policy's declaration. Lengths are in pages.</summary>
internal sealed class Admission
{
    private readonly int _pageTokens;
    private readonly int _every;
    private readonly int _first;
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
        every = Math.Max(_align, every - (every % _align));
        _every = descriptor.Checkpoints.HasFlag(Checkpoints.Interval) ? every : 0;
        _first = descriptor.Checkpoints.HasFlag(Checkpoints.Logarithmic) ? every : 0;
        KeepsLags = descriptor.Checkpoints.HasFlag(Checkpoints.BranchLag);
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

    /// <summary>True where a node's end, which holds no checkpoint and where a sequence leaves the tree, is a place of one.</summary>
    public bool RestoresCheckpoint(in Position position, in CommitShape shape)
        => IsFixed(position.Pages) || (position.Pages < shape.Pages ? RestoresBranch(position) : _last);

    /// <summary>Where a checkpoint of the branch point can stand, in pages, whether one is wanted or not; -1 where there is no place.</summary>
    public int BranchPages(in Position position, in CommitShape shape)
    {
        int aligned = position.Pages - (position.Pages % _align);
        return position.Child != NodeTable.None && position.Pages < shape.Pages && aligned > position.NodePages ? aligned : -1;
    }

    /// <summary>True where sequences have a place of a checkpoint where former ones were left.</summary>
    public bool KeepsLags { get; }

    /// <summary>True where branch points are places of checkpoints.</summary>
    public bool KeepsBranches => _branch;

    /// <summary>True where the partially matched child is cut at the sequence's way out.</summary>
    public bool Splits(in Position position, in CommitShape shape)
        => position.Child != NodeTable.None && (position.Pages < shape.Pages || SplitCheckpoint(position, shape));

    /// <summary>True where that cut is a place of a checkpoint.</summary>
    public bool SplitCheckpoint(in Position position, in CommitShape shape)
        => IsFixed(position.Pages) || (position.Pages < shape.Pages ? _branch && BranchPages(position, shape) == position.Pages : _last);

    /// <summary>True where a node that ends a run of new pages is a place of a checkpoint: one that ends it before the sequence's end always is.</summary>
    public bool EndCheckpoint(int pages, in CommitShape shape, int lagPages) => _last || pages < shape.Pages || pages == lagPages || IsFixed(pages);

    /// <summary>True where a place is one whatever else is there: an interval ends, or as many tokens as a power of two says.</summary>
    public bool IsFixed(int pages)
        => (_every > 0 && pages % _every == 0) || (_first > 0 && pages % _first == 0 && int.IsPow2(pages / _first));

    /// <summary>Where the sequence is going to be left, in pages, if it goes as former ones did, whether a checkpoint is wanted there or not; 0 where there is no place.</summary>
    /// <param name="shape">The sequence.</param>
    /// <param name="lag">Tokens before its end.</param>
    public int LagPages(in CommitShape shape, double lag)
    {
        if (!(lag < shape.Tokens))
        {
            return 0;
        }

        int pages = (shape.Tokens - (int)lag) / _pageTokens;
        return pages - (pages % _align);
    }

    /// <summary>Where the next new node ends.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="shape">The sequence.</param>
    /// <param name="lagPages">See <see cref="LagPages"/>.</param>
    public int NextEnd(int from, in CommitShape shape, int lagPages)
    {
        int end = shape.Pages;
        end = _every == 0 ? end : (int)Math.Min(end, (long)from - (from % _every) + _every);
        end = _first == 0 ? end : (int)Math.Min(end, (long)_first * (from < _first ? 1 : 2L << int.Log2(from / _first)));
        return lagPages > from ? Math.Min(end, lagPages) : end;
    }

    // BigInteger has one, and brings a library for random numbers into what is compiled ahead of time.
    private static int GreatestCommonDivisor(int left, int right) => right == 0 ? left : GreatestCommonDivisor(right, left % right);
}
