namespace Squelch.Lab;

/// <summary>The pages of chains, each from its root. Chains that begin alike share them, since a long answer stored block by block makes many.</summary>
internal sealed class ChainPages
{
    /// <summary>Half a GiB of pages.</summary>
    private const long MostPages = 1 << 27;

    private readonly KvChains _chains;
    private readonly int[] _depths;
    private readonly int[]?[] _holders;
    private long _held;

    /// <exception cref="SquelchException">Blocks hang from each other in a circle.</exception>
    public ChainPages(KvChains chains, string file)
    {
        _chains = chains;
        _depths = new int[chains.Nodes.Length];
        _holders = new int[]?[chains.Nodes.Length];
        FindDepths(file);
    }

    /// <summary>The pages of some chains.</summary>
    /// <param name="ends">The last block of each.</param>
    /// <param name="file">What messages call the log.</param>
    /// <exception cref="SquelchException">They are too many.</exception>
    public ReadOnlyMemory<int>[] Of(IReadOnlyList<(double Time, int End)> ends, string file)
    {
        var pages = new ReadOnlyMemory<int>[ends.Count];

        // Later chains are longer, as a rule, and hold the pages of earlier ones.
        for (int i = ends.Count - 1; i >= 0; i--)
        {
            int end = ends[i].End;
            pages[i] = (_holders[end] ?? Hold(end, file)).AsMemory(0, _depths[end]);
        }

        return pages;
    }

    private int[] Hold(int end, string file)
    {
        _held += _depths[end];
        if (_held > MostPages)
        {
            throw new TraceLine(file, 0).Error($"its requests have more than {MostPages} blocks in all", "Split the log into parts");
        }

        int[] pages = new int[_depths[end]];
        for (int node = end; node != KvChains.Node.Root; node = _chains.Nodes[node].Parent)
        {
            if (_holders[node] is { } known)
            {
                Array.Copy(known, pages, _depths[node]);
                break;
            }

            _holders[node] = pages;
            pages[_depths[node] - 1] = _chains.Nodes[node].Page;
        }

        return pages;
    }

    private void FindDepths(string file)
    {
        const int onPath = -1;
        ReadOnlySpan<KvChains.Node> nodes = _chains.Nodes;
        var path = new List<int>();
        for (int start = 0; start < nodes.Length; start++)
        {
            int at = start;
            for (; at != KvChains.Node.Root && _depths[at] == 0; at = nodes[at].Parent)
            {
                _depths[at] = onPath;
                path.Add(at);
            }

            if (at != KvChains.Node.Root && _depths[at] == onPath)
            {
                throw new TraceLine(file, 0).Error($"block {_chains.Content(nodes[at].Page).Hash} hangs from itself, over {KvEventNotes.Count(path.Count, "block", "blocks")}", "Its parents are wrong: record the log again");
            }

            int depth = at == KvChains.Node.Root ? 0 : _depths[at];
            for (; path.Count > 0; path.RemoveAt(path.Count - 1))
            {
                _depths[path[^1]] = ++depth;
            }
        }
    }
}
