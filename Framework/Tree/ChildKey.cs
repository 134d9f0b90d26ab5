namespace Squelch;

/// <summary>A node as its parent's child: the parent's id and the key of the edge between them.</summary>
internal readonly struct ChildKey : INodeKey
{
    public static ulong Of(int parent, int edgeKey) => ((ulong)(uint)parent << 32) | (uint)edgeKey;

    public static ulong Of(NodeTable nodes, int node) => Of(nodes.Parent(node), nodes.EdgeKey(node));
}
