namespace Squelch.Lab;

/// <summary>The runs of all requests so far, and who covered each prefix of the trace last.</summary>
/// <param name="prefixes">How many prefixes there are.</param>
internal sealed class RunList(int prefixes)
{
    private const int Nobody = -1;

    private readonly int[] _coveredBy = Filled(prefixes);
    private readonly int[] _kvFrom = new int[prefixes];
    private readonly int[] _endOf = Filled(prefixes);
    private readonly bool[] _isNode = new bool[prefixes];

    public List<int> KvFrom { get; } = [];

    public List<int> CheckpointFrom { get; } = [];

    public List<int> EndTokens { get; } = [];

    public List<bool> CanEnd { get; } = [];

    /// <summary>Runs so far.</summary>
    public int Count => EndTokens.Count;

    /// <summary>True where an earlier request that was kept covered the prefix.</summary>
    public bool IsKnown(int prefix) => _coveredBy[prefix] != Nobody;

    /// <summary>True where an earlier sequence ended, or two of them parted.</summary>
    public bool IsNode(int prefix) => _isNode[prefix];

    public void SetNode(int prefix) => _isNode[prefix] = true;

    /// <summary>A sequence ends here.</summary>
    public void SetEnd(int prefix, int request)
    {
        _isNode[prefix] = true;
        _endOf[prefix] = request;
    }

    /// <summary>A request covers a prefix.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="request">The request.</param>
    /// <param name="kvFrom">The slot from which the KV is not forced.</param>
    public void Cover(int prefix, int request, int kvFrom)
    {
        _coveredBy[prefix] = request;
        _kvFrom[prefix] = kvFrom;
    }

    /// <summary>One more part of a request's input; joined with the one before where no hit can end between them.</summary>
    /// <param name="prefix">Ends there.</param>
    /// <param name="first">The request's first run.</param>
    /// <param name="tokens">Input tokens up to there.</param>
    /// <param name="canEnd">A hit can end there.</param>
    public void Add(int prefix, int first, int tokens, bool canEnd)
    {
        // What the end of the last request's sequence holds is forced with its KV.
        bool isForcedEnd = _endOf[prefix] == _coveredBy[prefix];
        int checkpointFrom = isForcedEnd ? _kvFrom[prefix] : _coveredBy[prefix];
        if (Count > first && !CanEnd[^1] && KvFrom[^1] == _kvFrom[prefix])
        {
            (EndTokens[^1], CanEnd[^1], CheckpointFrom[^1]) = (tokens, canEnd, checkpointFrom);
            return;
        }

        KvFrom.Add(_kvFrom[prefix]);
        CheckpointFrom.Add(checkpointFrom);
        EndTokens.Add(tokens);
        CanEnd.Add(canEnd);
    }

    private static int[] Filled(int count)
    {
        int[] filled = new int[count];
        filled.AsSpan().Fill(Nobody);
        return filled;
    }
}
