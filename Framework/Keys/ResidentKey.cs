namespace Squelch;

/// <summary>A node of a <see cref="KeyCache"/> as the key that it stands for.</summary>
internal readonly struct ResidentKey : INodeKey
{
    public static ulong Of(NodeTable nodes, int node) => nodes.Key(node);
}
