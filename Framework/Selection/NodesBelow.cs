namespace Squelch;

/// <summary>Tells selectors of nodes whose surroundings change, though they do not.</summary>
internal static class NodesBelow
{
    /// <summary>A checkpoint at a node, or above it, came or went: tells those below that reach up to there, where the selector has asked for that.</summary>
    public static void Tell(NodeTable nodes, IVictimSelector selector, int node)
    {
        ChildLinks? links = nodes.Links;
        int at = links is null ? NodeTable.None : links.First(node);
        while (at != NodeTable.None)
        {
            selector.EdgeChanged(at);
            int next = nodes.HasCheckpoint(at) ? NodeTable.None : links!.First(at);
            while (next == NodeTable.None && at != node)
            {
                next = links!.Next(at);
                at = nodes.Parent(at);
            }

            at = next;
        }
    }
}
