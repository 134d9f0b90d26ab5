namespace Squelch;

/// <summary>What an engine tells of an entry of its own, in place of what the model says; 0 is not told.</summary>
/// <param name="Tokens">Feature <c>tokens</c>.</param>
/// <param name="Bytes">Feature <c>kvBytes</c>.</param>
/// <param name="Flops">Feature <c>flopsSaved</c>.</param>
/// <param name="PathBytes">KV bytes from the root to the entry's end.</param>
/// <param name="PathFlops">Feature <c>pathFlops</c>.</param>
internal readonly record struct ToldSize(int Tokens, long Bytes, double Flops, long PathBytes, double PathFlops)
{
    /// <summary>Bytes of one.</summary>
    public const int Size = 5 * sizeof(long);

    /// <summary>What is told of a node that takes over its parent's edge: the sum of both, where anything was told of either. Its end stays.</summary>
    public ToldSize With(NodeTable nodes, int parent, int node)
    {
        ToldSize upper = nodes.Told(parent);
        return this with
        {
            Tokens = Tokens > 0 || upper.Tokens > 0 ? nodes.Tokens(node) + nodes.Tokens(parent) : 0,
            Bytes = Bytes > 0 || upper.Bytes > 0 ? nodes.KvBytes(node) + nodes.KvBytes(parent) : 0,
            Flops = Flops > 0 || upper.Flops > 0 ? nodes.FlopsSaved(node) + nodes.FlopsSaved(parent) : 0,
        };
    }
}
