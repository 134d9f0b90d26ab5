namespace Squelch.Lab;

/// <summary>
/// When each prefix of a trace is asked for again: what the feature <c>nextUse</c> is in a replay. A radix tree over all inputs and whole
/// sequences of the trace, with a node wherever two of them part or one ends, and per node the requests whose input covers it.
/// </summary>
public sealed class FutureUses
{
    internal const int Root = 0;

    private readonly List<int> _parent = [-1];
    private readonly List<int> _endPages = [0];
    private readonly List<ReadOnlyMemory<int>> _edge = [default];
    private readonly Dictionary<(int Node, int Page), int> _children = [];
    private readonly int[] _sequenceEnd;
    private readonly int[] _inputEnd;
    private readonly int[] _firstUse;
    private readonly int[] _uses;

    private FutureUses(Trace trace)
    {
        PageTokens = trace.PageTokens;
        int count = trace.Requests.Count;
        _sequenceEnd = new int[count];
        int[] inputEnd = _inputEnd = new int[count];
        for (int i = 0; i < count; i++)
        {
            Request request = trace.Requests[i];
            inputEnd[i] = Add(request.ReusableInput);
            _sequenceEnd[i] = Add(request.ReusablePages);
        }

        // Uses by node, one after the other: counted, then filled in the order of the requests.
        _firstUse = new int[_parent.Count + 1];
        foreach (int end in inputEnd)
        {
            for (int node = end; node != Root; node = _parent[node])
            {
                _firstUse[node + 1]++;
            }
        }

        for (int node = 1; node < _firstUse.Length; node++)
        {
            _firstUse[node] += _firstUse[node - 1];
        }

        _uses = new int[_firstUse[^1]];
        int[] next = [.. _firstUse];
        for (int i = 0; i < count; i++)
        {
            for (int node = inputEnd[i]; node != Root; node = _parent[node])
            {
                _uses[next[node]++] = i;
            }
        }
    }

    /// <summary>No later request.</summary>
    public const int Never = int.MaxValue;

    /// <summary>Tokens per page of the trace.</summary>
    public int PageTokens { get; }

    /// <summary>Reads the whole trace once.</summary>
    public static FutureUses Of(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return new(trace);
    }

    /// <summary>The prefix of a request's sequence that has this many tokens.</summary>
    /// <param name="request">Index of the request.</param>
    /// <param name="tokens">Tokens from the root; at least 1.</param>
    public int PrefixOf(int request, int tokens)
    {
        return PrefixOfPages(request, (tokens + PageTokens - 1) / PageTokens);
    }

    /// <summary>The prefix of a request's sequence that has this many pages.</summary>
    internal int PrefixOfPages(int request, int pages)
    {
        int node = _sequenceEnd[request];
        while (_parent[node] != Root && _endPages[_parent[node]] >= pages)
        {
            node = _parent[node];
        }

        return node;
    }

    /// <summary>The first later request whose input covers a prefix, but not a longer one that serves it better.</summary>
    /// <param name="prefix">From <see cref="PrefixOf"/>.</param>
    /// <param name="longer">A prefix that begins with this one, or -1.</param>
    /// <param name="after">Index of a request.</param>
    /// <returns>Index of the request, or <see cref="Never"/>.</returns>
    public int NextUse(int prefix, int longer, int after)
    {
        ReadOnlySpan<int> better = longer < 0 ? [] : Later(longer, after);
        foreach (int use in Later(prefix, after))
        {
            if (better.IsEmpty || better[0] != use)
            {
                return use;
            }

            better = better[1..];
        }

        return Never;
    }

    /// <summary>Prefixes, the empty one included; each is a number below this.</summary>
    internal int Prefixes => _parent.Count;

    /// <summary>The prefix that a request looks up.</summary>
    internal int InputOf(int request) => _inputEnd[request];

    /// <summary>The prefix that a request commits.</summary>
    internal int SequenceOf(int request) => _sequenceEnd[request];

    /// <summary>The longest prefix that is known of a prefix.</summary>
    internal int Above(int prefix) => _parent[prefix];

    /// <summary>Pages of a prefix.</summary>
    internal int Pages(int prefix) => _endPages[prefix];

    /// <summary>True where a request's input covers the prefix.</summary>
    internal bool IsUsedBy(int prefix, int request) => _uses.AsSpan(_firstUse[prefix].._firstUse[prefix + 1]).BinarySearch(request) >= 0;

    private ReadOnlySpan<int> Later(int node, int after)
    {
        ReadOnlySpan<int> uses = _uses.AsSpan(_firstUse[node].._firstUse[node + 1]);
        int at = uses.BinarySearch(after);
        return uses[(at < 0 ? ~at : at + 1)..];
    }

    /// <summary>The node at the end of the pages; made where it is not there yet.</summary>
    private int Add(ReadOnlyMemory<int> pages)
    {
        int node = Root;
        while (!pages.IsEmpty)
        {
            int first = pages.Span[0];
            if (!_children.TryGetValue((node, first), out int child))
            {
                return New(node, first, pages);
            }

            int same = pages.Span.CommonPrefixLength(_edge[child].Span);
            if (same < _edge[child].Length)
            {
                child = Split(node, first, child, same);
            }

            pages = pages[same..];
            node = child;
        }

        return node;
    }

    private int New(int parent, int first, ReadOnlyMemory<int> edge)
    {
        int node = _parent.Count;
        _parent.Add(parent);
        _endPages.Add(_endPages[parent] + edge.Length);
        _edge.Add(edge);
        _children[(parent, first)] = node;
        return node;
    }

    private int Split(int parent, int first, int child, int pages)
    {
        int upper = New(parent, first, _edge[child][..pages]);
        _edge[child] = _edge[child][pages..];
        _parent[child] = upper;
        _children[(upper, _edge[child].Span[0])] = child;
        return upper;
    }
}
