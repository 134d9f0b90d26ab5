namespace Squelch;

/// <summary>Where a commit's sequence leaves the tree. It is told of each node that goes while room is made, and steps back or over.</summary>
internal sealed class CommitCursor(NodeTable nodes)
{
    private static readonly Position s_nowhere = new(NodeTable.None, 0, NodeTable.None, 0);

    /// <summary>The root of the commit's namespace, which stays though it may be empty; <see cref="NodeTable.None"/> between commits.</summary>
    public int Root { get; private set; } = NodeTable.None;

    public Position Position { get; private set; } = s_nowhere;

    /// <summary>How deep, in tokens from the root, the lookup has counted the request as a use of its path already.</summary>
    public int UsedTokens { get; private set; }

    public void Start(int root, in Position position, int usedTokens)
    {
        Root = root;
        Position = position;
        UsedTokens = usedTokens;
    }

    public void End()
    {
        Root = NodeTable.None;
        Position = s_nowhere;
    }

    /// <summary>Call before a leaf is dropped.</summary>
    public void Dropping(int leaf)
    {
        if (leaf == Position.Child)
        {
            Position = Position with { Child = NodeTable.None, ChildPages = 0 };
        }
        else if (leaf == Position.Node)
        {
            Position = new Position(nodes.Parent(leaf), Position.NodePages - nodes.Pages(leaf), NodeTable.None, 0);
        }
    }

    /// <summary>Call after a leaf has lost its last pages.</summary>
    public void Trimmed(int leaf)
    {
        int pages = nodes.Pages(leaf);
        if (leaf == Position.Child && pages <= Position.ChildPages)
        {
            Position = new Position(leaf, Position.NodePages + pages, NodeTable.None, 0);
        }
    }

    /// <summary>Call before a node is joined with its only child.</summary>
    public void Joining(int node, int child)
    {
        if (node == Position.Node)
        {
            int pages = nodes.Pages(node);
            Position = new Position(nodes.Parent(node), Position.NodePages - pages, child, pages + Position.ChildPages);
        }
        else if (node == Position.Child)
        {
            Position = Position with { Child = child };
        }
    }
}
