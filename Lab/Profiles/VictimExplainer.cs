namespace Squelch.Lab;

/// <summary>Explains the victims of one request of a replay.</summary>
/// <param name="cache">The cache.</param>
/// <param name="selector">Its selector.</param>
/// <param name="request">Index of the request.</param>
internal sealed class VictimExplainer(PrefixCache cache, FormulaSelector selector, int request)
{
    private const int MostShown = 10;

    private readonly List<VictimExplanation> _explained = [];

    /// <summary>In the order in which they went.</summary>
    public IReadOnlyList<VictimExplanation> Explained => _explained;

    /// <summary>A victim is about to go.</summary>
    public void Victim(in VictimRecord record)
    {
        if (record.Request != request)
        {
            return;
        }

        Span<int> lowest = stackalloc int[MostShown];
        int count = selector.Lowest(cache.Now, lowest);
        bool lastResort = !selector.IsCandidate(record.Node);
        if (lastResort)
        {
            lowest[0] = record.Node;
            count = 1;
        }

        var shown = new List<CandidateScore>(count);
        foreach (int node in lowest[..count])
        {
            NodeTable nodes = cache.Nodes;
            shown.Add(new(
                nodes.DepthTokens(node),
                nodes.Tokens(node),
                nodes.Children(node),
                nodes.BytesFreed(node),
                nodes.TokensLost(node),
                nodes.Creation(node),
                selector.Score(node, cache.Now),
                selector.Explain(node, cache.Now)));
        }

        _explained.Add(new(record, selector.CandidateCount, shown, lastResort));
    }
}
